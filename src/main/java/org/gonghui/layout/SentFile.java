package org.gonghui.layout;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** A file as a form sends it; without one both are empty. */
public record SentFile(String name, byte[] content) {

    /** What the browser has sent, if anything. */
    public static SentFile of(@Nullable MultipartFile sent) throws IOException {
        return sent == null
                ? new SentFile("", new byte[0])
                : new SentFile(Optional.ofNullable(sent.getOriginalFilename()).orElse(""), sent.getBytes());
    }
}
