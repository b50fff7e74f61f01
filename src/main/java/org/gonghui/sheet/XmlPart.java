package org.gonghui.sheet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a part of a workbook before the library reads it. What the library works out takes the square of its length, so
 * that a file of a few thousand bytes would keep a processor for minutes: numbers of a million digits, elements of a hundred
 * thousand attributes. No spreadsheet writes such.
 */
final class XmlPart {

    /** Characters of a number, with sign and exponent; spreadsheets write twenty-four at most. */
    static final int LONGEST_NUMBER = 64;

    /** Attributes of one element; spreadsheets write some twenty. */
    static final int MOST_ATTRIBUTES = 200;

    /** Letters of a cell's column, whose last is XFD: the library keeps a place for every column before it. */
    private static final Pattern CELL = Pattern.compile("[A-Za-z]{1,3}[0-9]{1,7}");

    /** Texts that cells may share: the library has them all in memory at once. */
    static final int MOST_TEXTS = 2_000_000;

    private static final int SIGN = 4;

    /** Frames of comments, which spreadsheets do not always write as XML; the library, should it read one, stops where we did. */
    private static final String DRAWING = ".vml";

    /** How the JDK's reader begins to say that one of its limits is passed. */
    private static final String LIMIT = "JAXP0001";

    /** The types of cells that the library takes as they are; every other it tries to read as a number. */
    private static final Set<String> TEXTS = Set.of("str", "inlineStr", "e", "b");

    private XmlPart() {}

    /** Refuses what would cost too much, and what begins like XML and is none; anything else passes. */
    static void check(String name, InputStream part) throws IOException {
        var content = new BufferedInputStream(part);
        content.mark(SIGN);
        byte[] sign = content.readNBytes(SIGN);
        content.reset();
        if (!beginsLikeXml(sign)) {
            return;
        }
        try {
            check(reader(content));
        } catch (XMLStreamException fault) {
            boolean tooMuch = String.valueOf(fault.getMessage()).contains(LIMIT);
            if (tooMuch || !name.endsWith(DRAWING)) {
                throw new Refused(SheetRefusal.BROKEN);
            }
        }
    }

    /** In whatever encoding: with a mark of its order of bytes, a blank, or at once. */
    private static boolean beginsLikeXml(byte[] sign) {
        if (sign.length < SIGN) {
            return false;
        }
        int first = sign[0] & 0xFF;
        int second = sign[1] & 0xFF;
        return switch (first) {
            case '<', ' ', '\t', '\r', '\n', 0xFE -> true;
            case 0xEF -> second == 0xBB;
            case 0xFF -> second == 0xFE;
            case 0 -> second == '<' || sign[3] == '<' || (second == 0 && (sign[2] & 0xFF) == 0xFE);
            default -> false;
        };
    }

    private static XMLStreamReader reader(InputStream content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(MOST_ATTRIBUTES));
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0"); // there is no entity but those of XML itself
        return factory.createXMLStreamReader(content);
    }

    private static void checkPlace(@Nullable String cell) {
        if (cell != null && !CELL.matcher(cell).matches()) {
            throw new Refused(SheetRefusal.BROKEN);
        }
    }

    private static void check(XMLStreamReader reader) throws XMLStreamException {
        boolean number = false;
        boolean value = false;
        int length = 0;
        int texts = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Refused(SheetRefusal.BROKEN);
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = reader.getLocalName();
                    if (name.equals("c")) {
                        String type = reader.getAttributeValue(null, "t");
                        number = type == null || !TEXTS.contains(type);
                        checkPlace(reader.getAttributeValue(null, "r"));
                    }
                    value = name.equals("v");
                    if (name.equals("si") && ++texts > MOST_TEXTS) {
                        throw new Refused(SheetRefusal.TOO_BIG);
                    }
                    length = 0;
                }
                case XMLStreamConstants.END_ELEMENT -> value = false;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    length += reader.getTextLength();
                    if (number && value && length > LONGEST_NUMBER) {
                        throw new Refused(SheetRefusal.BROKEN);
                    }
                }
                default -> {} // comments and instructions are nobody's number
            }
        }
    }
}
