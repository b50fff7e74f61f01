package org.gonghui.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Right;

/** The routes of the platform, as the golden file has them. */
public final class Routes {

    /** One line of the golden file; {@code confirmed} for what asks again who one is. */
    public record Route(String pattern, String method, Right may, boolean confirmed) {

        public boolean isApi() {
            return pattern.startsWith("/api/");
        }

        /** True when the route names a union, and so has an inside and an outside. */
        public boolean namesAUnion() {
            return pattern.contains("{id}") && !pattern.startsWith("/desk/appointments");
        }

        /** True when it names a record of a person's: who they are, where they belong, what they ask for. */
        public boolean namesARecord() {
            return pattern.matches(".*\\{(member|membership|application|transfer)}.*");
        }

        /** Its address for a union; whatever else it names does not exist. */
        public String at(UUID union) {
            return pattern.replace("{id}", union.toString())
                    .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
        }
    }

    private Routes() {}

    /** Every route but the one for errors. */
    public static List<Route> golden() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/golden/routes.txt")).stream()
                .map(line -> line.split("\\s+", -1))
                .filter(parts -> !parts[0].equals("/error"))
                .map(parts -> {
                    String[] may = parts[2].split(",", 2);
                    return new Route(parts[0], parts[1], Right.valueOf(may[0]), may.length > 1);
                })
                .toList();
    }
}
