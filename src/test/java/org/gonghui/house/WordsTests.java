package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gonghui.access.Role;
import org.gonghui.kernel.Refusal;
import org.gonghui.measure.Measure;
import org.gonghui.org.UnionKind;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Every sentence is there in both languages, and every key and icon that a page names exists. */
class WordsTests {

    private static final Path MESSAGES = Path.of("src/main/resources/messages");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern KEY_IN_TEMPLATE = Pattern.compile("frame\\.t\\(\"([a-z0-9.-]+)\"\\s*[,)]");
    private static final Pattern ICON_IN_TEMPLATE = Pattern.compile("icon\\(frame = frame, name = \"([a-z0-9-]+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][A-Za-z0-9.-]*)\"");
    private static final Pattern KEY_IN_INPUT = Pattern.compile("(?<![A-Za-z])fault\\([^;]*?,\\s*\"([a-z-]+)\"");

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        for (Path chinese : bundles(false)) {
            Path english =
                    chinese.resolveSibling(chinese.getFileName().toString().replace(".properties", "_en.properties"));
            assertThat(keys(chinese)).as(chinese.toString()).isEqualTo(keys(english));
        }
        assertThat(bundles(true)).hasSameSizeAs(bundles(false));
    }

    /** A key stands in the code as it is, or the code makes it from a beginning that ends in a dot. */
    @Test
    void everySentenceIsSaidSomewhere() throws IOException {
        Set<String> literals = literals();
        Set<String> unsaid = new TreeSet<>();
        for (Path bundle : bundles(false)) {
            unsaid.addAll(keys(bundle));
        }
        unsaid.removeIf(key -> literals.contains(key)
                || literals.stream().anyMatch(each -> each.endsWith(".") && key.startsWith(each)));
        assertThat(unsaid).isEmpty();
    }

    private static Set<String> literals() throws IOException {
        Set<String> literals = new HashSet<>();
        for (Path folder : List.of(TEMPLATES, Path.of("src/main/java"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher literal = LITERAL.matcher(Files.readString(file));
                    while (literal.find()) {
                        literals.add(literal.group(1));
                    }
                }
            }
        }
        return literals;
    }

    /** A measure has one name, which is said wherever it stands; the term is the glossary's. */
    @Test
    void aMeasureHasOneName() throws IOException {
        for (boolean english : new boolean[] {false, true}) {
            Set<String> names = new HashSet<>();
            for (Path bundle : bundles(english)) {
                Properties properties = load(bundle);
                for (String key : properties.stringPropertyNames()) {
                    assertThat(key).doesNotMatch("measure\\..*\\.(brief|short|title)");
                    if (key.startsWith("measure.") && key.endsWith(".name")) {
                        assertThat(names.add(properties.getProperty(key)))
                                .as(key)
                                .isTrue();
                    }
                    if (!key.startsWith("site.kit.")) {
                        assertThat(properties.getProperty(key)).as(key).doesNotContain("新业态");
                    }
                }
            }
            assertThat(names).isNotEmpty();
        }
    }

    @Test
    void noKeyStandsInTwoBundles() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path bundle : bundles(false)) {
            for (String key : keys(bundle)) {
                assertThat(seen.add(key)).as("%s again in %s", key, bundle).isTrue();
            }
        }
    }

    @Test
    void theEnglishIsEnglishAndTheChineseChinese() throws IOException {
        Pattern han = Pattern.compile("\\p{IsHan}");
        for (Path bundle : bundles(true)) {
            Properties properties = load(bundle);
            for (String key : properties.stringPropertyNames()) {
                if (!key.contains("language")) { // a language is named in itself
                    assertThat(han.matcher(properties.getProperty(key)).find())
                            .as("%s: %s = %s", bundle, key, properties.getProperty(key))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void noSentenceLosesItsQuotes() throws IOException {
        for (boolean english : new boolean[] {false, true}) {
            for (Path bundle : bundles(english)) {
                Properties properties = load(bundle);
                for (String key : properties.stringPropertyNames()) {
                    String text = properties.getProperty(key);
                    assertThat(text.replace("''", ""))
                            .as("%s %s: a single quote must be doubled", bundle, key)
                            .doesNotContain("'");
                }
            }
        }
    }

    @Test
    void everyKeyThatAPageNamesExists() throws IOException {
        Set<String> known = allKeys();
        for (Path template : templates()) {
            Matcher matcher = KEY_IN_TEMPLATE.matcher(Files.readString(template));
            while (matcher.find()) {
                assertThat(known).as(template.toString()).contains(matcher.group(1));
            }
        }
    }

    @Test
    void everyIconThatAPageNamesIsInTheSprite() throws IOException {
        String sprite = Files.readString(Path.of("src/main/resources/static/icons.svg"));
        for (Path template : templates()) {
            Matcher matcher = ICON_IN_TEMPLATE.matcher(Files.readString(template));
            while (matcher.find()) {
                assertThat(sprite).as(template.toString()).contains("id=\"" + matcher.group(1) + "\"");
            }
        }
    }

    @Test
    void everyRefusalHasItsSentence() throws Exception {
        Set<String> known = allKeys();
        List<Refusal> refusals = refusals();
        assertThat(refusals).isNotEmpty();
        for (Refusal refusal : refusals) {
            assertThat(known).contains(refusal.key());
        }
    }

    /** By its name, or by the type of the answer that a program gets; a comment tests nothing. */
    @Test
    void everyRefusalIsNamedInATest() throws Exception {
        var tests = new StringBuilder();
        for (Path test : files(Path.of("src/test/java"), ".java")) {
            tests.append(Files.readString(test).replaceAll("//.*", ""));
        }
        for (Refusal refusal : refusals()) {
            assertThat(tests.toString())
                    .as("a test for %s", refusal.key())
                    .containsAnyOf(
                            refusal.getClass().getSimpleName() + "." + refusal.name(),
                            "urn:gonghui:" + refusal.key() + "\"");
        }
    }

    @Test
    void everyFaultOfAFieldHasItsSentence() throws IOException {
        Set<String> known = allKeys();
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            Matcher matcher = KEY_IN_INPUT.matcher(Files.readString(source));
            while (matcher.find()) {
                assertThat(known).as(source.toString()).contains("input." + matcher.group(1));
            }
        }
    }

    @Test
    void everyKindRoleAndUnitHasItsWord() throws IOException {
        Set<String> wanted = new TreeSet<>();
        Arrays.stream(UnionKind.values()).forEach(kind -> wanted.add("org.kind." + kind));
        Arrays.stream(Role.values()).forEach(role -> wanted.add("access.role." + role));
        Arrays.stream(Measure.Unit.values()).forEach(unit -> wanted.add("unit." + unit));
        assertThat(allKeys()).containsAll(wanted);
    }

    private static List<Refusal> refusals() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Refusal.class));
        List<Refusal> refusals = new ArrayList<>();
        for (var candidate : scanner.findCandidateComponents("org.gonghui")) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    refusals.add((Refusal) constant);
                }
            }
        }
        return refusals;
    }

    private static Set<String> allKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Path bundle : bundles(false)) {
            keys.addAll(keys(bundle));
        }
        return keys;
    }

    private static Set<String> keys(Path bundle) throws IOException {
        return new TreeSet<>(load(bundle).stringPropertyNames());
    }

    private static Properties load(Path bundle) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<Path> bundles(boolean english) throws IOException {
        return files(MESSAGES, ".properties").stream()
                .filter(file -> file.toString().endsWith("_en.properties") == english)
                .toList();
    }

    private static List<Path> templates() throws IOException {
        return files(TEMPLATES, ".jte");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
