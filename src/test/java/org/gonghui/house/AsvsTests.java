package org.gonghui.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/asvs.md names tests, files and settings that are there, and leaves no requirement out. */
class AsvsTests {

    /** The numbers of levels 1 and 2 in version 5.0.0, section by section. */
    private static final String ASKED_FOR = """
            1.1 1-2, 1.2 1-9, 1.3 1-11, 1.4 1-3, 1.5 1-2, 2.1 1-3, 2.2 1-3, 2.3 1-4, 2.4 1-1, 3.2 1-2, 3.3 1-4, 3.4 1-6,
            3.5 1-5, 3.7 1-2, 4.1 1-3, 4.2 1-1, 4.3 1-2, 4.4 1-4, 5.1 1-1, 5.2 1-3, 5.3 1-2, 5.4 1-3, 6.1 1-3, 6.2 1-12,
            6.3 1-4, 6.4 1-4, 6.5 1-5, 6.6 1-3, 6.8 1-4, 7.1 1-3, 7.2 1-4, 7.3 1-2, 7.4 1-5, 7.5 1-2, 7.6 1-2, 8.1 1-2,
            8.2 1-3, 8.3 1-1, 8.4 1-1, 9.1 1-3, 9.2 1-4, 10.1 1-2, 10.2 1-2, 10.3 1-4, 10.4 1-11, 10.5 1-5, 10.6 1-2,
            10.7 1-3, 11.1 1-2, 11.2 1-3, 11.3 1-3, 11.4 1-4, 11.5 1-1, 11.6 1-1, 12.1 1-3, 12.2 1-2, 12.3 1-4, 13.1 1-1,
            13.2 1-5, 13.3 1-2, 13.4 1-5, 14.1 1-2, 14.2 1-4, 14.3 1-3, 15.1 1-3, 15.2 1-3, 15.3 1-7, 16.1 1-1, 16.2 1-5,
            16.3 1-4, 16.4 1-3, 16.5 1-3, 17.1 1-1, 17.2 1-4, 17.3 1-2""";

    private static final Pattern SECTION = Pattern.compile("(\\d+\\.\\d+) (\\d+)-(\\d+)");
    private static final Pattern POINTER = Pattern.compile("`([^`]+)`");
    private static final Pattern IN_A_FILE = Pattern.compile("([^ :]+): (.+)");
    private static final Pattern A_TEST = Pattern.compile("([A-Z]\\w+(?:Tests|Story))\\.(\\w+)");

    /** One line of a table; the id is a requirement's, or that of a whole section. */
    private record Row(String id, String how, List<String> pointers) {

        boolean saysWhyNot() {
            return how.matches("(OPEN|Does not apply|Outside provider).*");
        }
    }

    private final List<Row> rows = read();

    @Test
    void idsStandOnceAndInOrder() {
        List<String> ids = rows.stream().map(Row::id).toList();
        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.comparing(AsvsTests::sortable));
    }

    @Test
    void noRequirementIsLeftOutAndNoneIsInvented() {
        Set<String> listed = new HashSet<>(rows.stream().map(Row::id).toList());
        Set<String> known = new HashSet<>();
        Matcher section = SECTION.matcher(ASKED_FOR);
        while (section.find()) {
            List<String> ids = IntStream.rangeClosed(1, Integer.parseInt(section.group(3)))
                    .mapToObj(number -> section.group(1) + "." + number)
                    .toList();
            if (listed.contains(section.group(1))) {
                known.add(section.group(1));
                assertThat(listed).doesNotContainAnyElementsOf(ids);
            } else {
                known.addAll(ids);
            }
        }
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void everyRowHasATestASettingOrAReason() {
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.pointers().isEmpty() && !row.saysWhyNot())
                        .as(row.toString())
                        .isFalse());
    }

    @Test
    void whatIsNamedIsThere() {
        for (Row row : rows) {
            for (String pointer : row.pointers()) {
                Matcher test = A_TEST.matcher(pointer);
                Matcher place = IN_A_FILE.matcher(pointer);
                String what = row.id() + " " + pointer;
                if (test.matches()) {
                    assertThat(testsOf(test.group(1)))
                            .as(what)
                            .containsPattern("(void|ArchRule) " + test.group(2) + "( =|\\()");
                } else {
                    assertThat(place.matches()).as(what).isTrue();
                    assertThat(isIn(Path.of(place.group(1)), place.group(2)))
                            .as(what)
                            .isTrue();
                }
            }
        }
    }

    private static String testsOf(String name) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .map(AsvsTests::text)
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of properties a key, with its value if one is named; of other files what stands in them. */
    private static boolean isIn(Path file, String what) {
        if (Files.notExists(file)) {
            return false;
        }
        if (!file.toString().endsWith(".properties")) {
            return text(file).contains(what);
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] parts = what.split("=", 2);
        String value = properties.getProperty(parts[0]);
        return value != null && (parts.length == 1 || value.equals(parts[1]));
    }

    /** {@code 6.2.11} behind {@code 6.2.2}. */
    private static String sortable(String id) {
        return Pattern.compile("\\d+").matcher(id).replaceAll(part -> "%03d".formatted(Integer.parseInt(part.group())));
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        for (String line : text(Path.of("docs/asvs.md")).lines().toList()) {
            if (line.matches("\\| \\d+\\..*")) {
                String[] cells = line.split(" *\\| *", 5);
                assertThat(cells).as(line).hasSize(5);
                List<String> pointers = POINTER.matcher(cells[4])
                        .results()
                        .map((MatchResult pointer) -> pointer.group(1))
                        .toList();
                rows.add(new Row(cells[1], cells[3], pointers));
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
