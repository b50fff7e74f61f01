package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** No container is built here: what can be seen without one is that every name in these files is a name of ours. */
class ContainerFilesTests {

    private static final Pattern SETTING = Pattern.compile("\\bGONGHUI_[A-Z_]+");

    private final String containerfile = read(Path.of("Containerfile"));
    private final String compose = read(Path.of("compose.yaml"));

    @Test
    void everySettingNamedIsOneThatThePlatformReads() {
        String sources = sources();
        for (String file : List.of(containerfile, compose)) {
            assertThat(SETTING.matcher(file).results().map(MatchResult::group))
                    .isNotEmpty()
                    .allSatisfy(setting -> {
                        String property = setting.toLowerCase(Locale.ROOT).replaceFirst("_", ".");
                        assertThat(sources)
                                .containsAnyOf(setting, property.replace('_', '-'), property.replace('_', '.'));
                    });
        }
    }

    @Test
    void nodesAreAskedForTheirHealthWhereTheyTellIt() {
        assertThat(containerfile).contains("GET /site/live ", "USER 10001");
        assertThat(read(Path.of("src/test/resources/golden/routes.txt"))).contains("/site/live ", "/site/ready ");
        assertThat(Path.of("mvnw")).isExecutable();
        assertThat(read(Path.of("pom.xml"))).contains("<finalName>gonghui</finalName>");
    }

    @Test
    void bothNodesAreTheSameAndSeeTheKeysFolderAndHaveNothingToWriteTo() throws IOException {
        Map<String, Object> whole;
        try (InputStream in = Files.newInputStream(Path.of("compose.yaml"))) {
            whole = new Yaml().load(in);
        }
        Map<?, ?> services = (Map<?, ?>) Objects.requireNonNull(whole.get("services"));
        for (String name : List.of("one", "two")) {
            Map<?, ?> node = (Map<?, ?>) Objects.requireNonNull(services.get(name));
            assertThat(node.get("read_only")).isEqualTo(true);
            assertThat(String.valueOf(node.get("volumes"))).isEqualTo("[./secrets:/keys:ro]");
            assertThat(String.valueOf(node.get("env_file"))).contains("path=./gonghui.env, required=false");
            assertThat(String.valueOf(node.get("build"))).contains("Containerfile");
            assertThat(String.valueOf(node.get("environment"))).contains("GONGHUI_KEY_FILE=/keys/city.key");
        }
        assertThat(read(Path.of(".dockerignore")).lines())
                .contains("**/*.key", "secrets", "data", ".env", "gonghui.env");
        assertThat(read(Path.of(".gitignore")).lines()).contains("*.key", "/secrets/", "/.env", "/gonghui.env");
    }

    /** While the database is made new it answers on its socket, then goes away once more: nodes came too early. */
    @Test
    void theDatabaseIsAskedByItsAddress() {
        assertThat(compose).contains("image: postgres:18", "\"pg_isready\", \"-h\", \"127.0.0.1\"");
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|properties)"))
                    .map(ContainerFilesTests::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
