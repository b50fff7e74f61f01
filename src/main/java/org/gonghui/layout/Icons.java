package org.gonghui.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The icons in use: the symbols of the sprite, by name. */
public final class Icons {

    private static final Pattern SYMBOL = Pattern.compile("<symbol id=\"([a-z0-9-]+)\"");

    private Icons() {}

    /** All of them, for the component kit. */
    public static List<String> all() {
        try (InputStream sprite =
                Objects.requireNonNull(Icons.class.getClassLoader().getResourceAsStream("static/icons.svg"))) {
            return SYMBOL.matcher(new String(sprite.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(symbol -> symbol.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
