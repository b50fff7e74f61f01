package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.gonghui.GonghuiApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModuleIdentifier;
import org.springframework.modulith.core.ApplicationModuleIdentifiers;
import org.springframework.modulith.core.ApplicationModules;

/**
 * The modules in the order in which their migrations run. The platform reads the file as it starts; finding the order out
 * from the classes takes longer than the rest of a start.
 */
class GoldenModulesTests {

    private static final Path ORDER =
            Path.of("src", "main", "resources", "META-INF", "spring-modulith", "application-modules.json");

    @Test
    void theOrderThatStartsReadIsTheOneThatTheClassesGive() throws IOException {
        List<String> modules = ApplicationModuleIdentifiers.of(ApplicationModules.of(GonghuiApplication.class)).stream()
                .map(ApplicationModuleIdentifier::toString)
                .toList();
        assertThat(modules).contains("org", "member").doesNotHaveDuplicates();
        Golden.compare(
                ORDER,
                modules.stream().map("  \"%s\": {}"::formatted).collect(Collectors.joining(",\n", "{\n", "\n}\n")));
    }
}
