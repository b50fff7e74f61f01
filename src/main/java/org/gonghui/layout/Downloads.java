package org.gonghui.layout;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gonghui.sheet.SheetFormat;
import org.gonghui.sheet.SheetWriter;
import org.springframework.http.ContentDisposition;

/** Answers that are kept as a file and not shown. */
public final class Downloads {

    /** Below what file systems take, so that a browser may still add a number. */
    private static final int MOST_BYTES = 200;

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Cf}]");

    private Downloads() {}

    /**
     * A name by which the file is known in a folder: what it is about, the greatest first, such as union, figure and
     * period. What no file system takes is left out; where it all is too long, the longest is cut.
     *
     * @param extension without the dot
     */
    public static String name(String extension, String... about) {
        String[] parts = Stream.of(about).map(Downloads::safe).toArray(String[]::new);
        while (String.join("-", parts).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            int longest = IntStream.range(0, parts.length)
                    .boxed()
                    .max(Comparator.comparingInt(i -> parts[i].length()))
                    .orElseThrow();
            String part = parts[longest];
            parts[longest] = part.substring(0, part.offsetByCodePoints(part.length(), -1));
        }
        return String.join("-", parts) + "." + extension;
    }

    /** A part without what no file system takes; a name that begins with a dot would be hidden. */
    private static String safe(String part) {
        return NOT_IN_NAMES.matcher(part).replaceAll(" ").replaceAll(" +", " ").replaceAll("^[ .]+|[ .]+$", "");
    }

    /** What the file holds. */
    @FunctionalInterface
    public interface Content {
        /** Writes it all; what breaks off midway must not look like a file, so only what is whole is ended. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Sends a table for spreadsheets.
     *
     * @param title of its sheet
     * @param rows writes them; what breaks off midway is no table
     */
    public static void table(
            HttpServletResponse response,
            String fileName,
            SheetFormat format,
            String title,
            List<String> headings,
            Consumer<SheetWriter> rows)
            throws IOException {
        send(response, fileName, format.contentType(), out -> {
            SheetWriter sheet = format.write(out, title, headings);
            rows.accept(sheet);
            sheet.close();
        });
    }

    /** Sends such an answer; no cache keeps it. */
    public static void send(HttpServletResponse response, String fileName, String contentType, Content content)
            throws IOException {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        try {
            content.write(response.getOutputStream());
        } catch (UncheckedIOException gone) {
            throw gone.getCause(); // whoever wanted the file: the container knows what to do
        }
    }
}
