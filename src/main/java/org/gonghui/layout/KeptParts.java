package org.gonghui.layout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Supplier;
import org.gonghui.kernel.Right;

/**
 * Parts of pages as they were last written. A part is known again by the value of all that it shows, so it can be
 * dropped at any time and never be out of date.
 */
final class KeptParts {

    private static final int MOST_BYTES = 32 << 20;
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** All that a part is made of. */
    record Key(Language language, LocalDate today, Set<Right> rights, Object of) {}

    private final Cache<Key, byte[]> written = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Key key, byte[] part) -> part.length)
            .expireAfterAccess(KEPT)
            .build();

    Content part(Key key, Supplier<Content> content) {
        return output -> {
            byte[] part = written.getIfPresent(key);
            if (part == null) {
                var own = new Utf8ByteOutput();
                content.get().writeTo(new OwaspHtmlTemplateOutput(own));
                part = own.toByteArray();
                written.put(key, part);
            }
            output.writeBinaryContent(part);
        };
    }
}
