package org.gonghui.sheet;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A part of a workbook, read as XML from its beginning to its end, within what spreadsheets write: no entities, no elements of a
 * hundred thousand attributes, no text without end.
 */
final class XmlPart implements AutoCloseable {

    /** Attributes of one element; spreadsheets write some twenty. */
    private static final int MOST_ATTRIBUTES = 200;

    /** What comes next: an element begins or ends, or text. */
    enum Event {
        BEGIN,
        END,
        TEXT
    }

    private final InputStream content;
    private final XMLStreamReader reader;
    private Event event = Event.BEGIN;

    XmlPart(InputStream content) throws XMLStreamException {
        this.content = content;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(MOST_ATTRIBUTES));
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0"); // there is no entity but those of XML itself
        reader = factory.createXMLStreamReader(content);
    }

    /** Goes to the next event; false at the end. */
    boolean next() throws XMLStreamException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Refused(SheetRefusal.BROKEN);
                case XMLStreamConstants.START_ELEMENT -> event = Event.BEGIN;
                case XMLStreamConstants.END_ELEMENT -> event = Event.END;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    event = Event.TEXT;
                default -> {
                    continue; // comments and instructions are nobody's
                }
            }
            return true;
        }
        return false;
    }

    Event event() {
        return event;
    }

    /** The name of the element that begins or ends here, without its prefix. */
    String name() {
        return reader.getLocalName();
    }

    /** True when an element of this name begins here. */
    boolean begins(String name) {
        return event == Event.BEGIN && reader.getLocalName().equals(name);
    }

    /** True when an element of this name ends here. */
    boolean ends(String name) {
        return event == Event.END && reader.getLocalName().equals(name);
    }

    /** An attribute without a prefix of the element that begins here. */
    @Nullable
    String attribute(String name) {
        return reader.getAttributeValue(null, name);
    }

    /** The same; {@code otherwise} without it. */
    String text(String name, String otherwise) {
        String value = attribute(name);
        return value == null ? otherwise : value;
    }

    /** The same as a number. */
    int number(String name, int otherwise) {
        String value = attribute(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** An attribute that refers to another part: it is called {@code id} and has a prefix. */
    String reference() {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String space = reader.getAttributeNamespace(i);
            if (reader.getAttributeLocalName(i).equals("id") && space != null && !space.isEmpty()) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /**
     * The text of the element that begins here, up to its end.
     *
     * @param most characters that it may have
     */
    String content(int most) throws XMLStreamException {
        var text = new StringBuilder();
        for (int depth = 1; depth > 0 && next(); ) {
            switch (event) {
                case BEGIN -> depth++;
                case END -> depth--;
                case TEXT -> {
                    if (text.length() + reader.getTextLength() > most) {
                        throw new Refused(SheetRefusal.BROKEN);
                    }
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
            }
        }
        return text.toString();
    }

    /** Goes to the end of the element that begins here. */
    void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0 && next(); ) {
            depth += switch (event) {
                case BEGIN -> 1;
                case END -> -1;
                case TEXT -> 0;
            };
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
