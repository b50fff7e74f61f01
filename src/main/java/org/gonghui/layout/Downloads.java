package org.gonghui.layout;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;

/** Answers that are kept as a file and not shown. */
public final class Downloads {

    private Downloads() {}

    /** Begins such an answer; no cache keeps it. */
    public static OutputStream begin(HttpServletResponse response, String fileName, String contentType)
            throws IOException {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        return response.getOutputStream();
    }
}
