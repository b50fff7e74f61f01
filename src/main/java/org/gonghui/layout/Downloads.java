package org.gonghui.layout;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;

/** Answers that are kept as a file and not shown. */
public final class Downloads {

    private Downloads() {}

    /** What the file holds. */
    @FunctionalInterface
    public interface Content {
        /** Writes it all; what breaks off midway must not look like a file, so only what is whole is ended. */
        void write(OutputStream out) throws IOException;
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
