package org.gonghui.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The static files' addresses: each carries a piece of its content's hash, so that browsers keep it until it changes. */
@Component
class Assets {

    /** Libraries by the short name that templates use; the versions are those of the build. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "bootstrap.css", "META-INF/resources/webjars/bootstrap/5.3.8/dist/css/bootstrap.min.css",
            "bootstrap.js", "META-INF/resources/webjars/bootstrap/5.3.8/dist/js/bootstrap.bundle.min.js",
            "htmx.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");

    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    String address(String file) {
        return addresses.computeIfAbsent(file, Assets::withVersion);
    }

    private static String withVersion(String file) {
        String place = LIBRARIES.getOrDefault(file, "static/" + file);
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalArgumentException("no such static file: " + file);
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            String address = place.startsWith("static/") ? "/" + place : place.substring("META-INF/resources".length());
            return address + "?v=" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
