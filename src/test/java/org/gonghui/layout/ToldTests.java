package org.gonghui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeSet;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the trail says of each kind of entry. */
@CityTest
class ToldTests {

    @Autowired
    private Texts texts;

    /** Every place of a sentence is filled by a fact, though it were an empty one. */
    @Test
    void noSentenceIsLeftWithAPlaceThatNothingFills() throws IOException {
        var actions = new TreeSet<String>();
        for (String key : sentences().stringPropertyNames()) {
            if (key.startsWith("audit.")) {
                actions.add(key.substring("audit.".length()));
            }
        }
        assertThat(actions).contains("org.found", "outreach.guest", "handover.make");
        for (Language language : Language.values()) {
            for (String action : actions) {
                assertThat(Told.sentence(texts, language, entry(action)))
                        .as("%s in %s", action, language)
                        .doesNotContain("{", "audit.");
            }
        }
    }

    private static Properties sentences() throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/messages/audit.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static Audit.Entry entry(String action) {
        return new Audit.Entry(
                new UUID(0, 1),
                Instant.EPOCH,
                "somebody",
                action,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                OptionalLong.empty());
    }
}
