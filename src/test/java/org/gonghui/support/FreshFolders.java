package org.gonghui.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each test run a data folder and a key file of its own under target/. */
class FreshFolders implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "cities")), "city-");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "fresh folders",
                            Map.of(
                                    "gonghui.data", folder.resolve("data").toString(),
                                    "gonghui.key-file",
                                            folder.resolve("city.key").toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
