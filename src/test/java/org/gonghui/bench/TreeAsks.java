package org.gonghui.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * What a tree picker asks of the JSON interface: the children of a union, unions by name, code or pinyin, the unions above
 * one. Made from a walk of the whole tree, so that each answer can be judged.
 */
final class TreeAsks {

    private static final String UNIONS = "/api/v1/unions";
    private static final int MOST_HITS = 30;
    private static final List<String> PINYIN = List.of(
            "dqjd", "gonghui", "jiedao", "zgh", "keji", "kjyxgs", "zonggonghui", "youxiangongsi", "qjd", "dongqiao");

    /**
     * A union as the interface gives it.
     *
     * @param parent the id of the union above; empty at the top
     */
    private record Union(
            String id, String code, String name, String shortName, int children, int below, String parent) {

        static Union of(Map<?, ?> row, String parent) {
            return new Union(
                    text(row, "id"),
                    text(row, "code"),
                    text(row, "name"),
                    text(row, "shortName"),
                    number(row, "children"),
                    number(row, "below"),
                    parent);
        }

        boolean isCalled(String piece) {
            return (name + "\n" + shortName).replace(" ", "").contains(piece);
        }
    }

    private final String cookie;
    private final Random random = new Random(20231);
    private final Map<String, Union> known = new HashMap<>();
    private final List<Union> all = new ArrayList<>();
    private final List<Union> inner = new ArrayList<>();

    private TreeAsks(String cookie) {
        this.cookie = cookie;
    }

    /** Walks the tree from the top, level by level. */
    static TreeAsks walk(Load load, String cookie) throws IOException, InterruptedException {
        var asks = new TreeAsks(cookie);
        var level = new ConcurrentLinkedQueue<Union>();
        load.each(List.of(asks.ask(
                UNIONS,
                body -> Json.rows(body).stream().map(row -> Union.of(row, "")).allMatch(level::add))));
        int expected = level.stream().mapToInt(top -> top.below() + 1).sum();
        while (!level.isEmpty()) {
            var unions = List.copyOf(level);
            level.clear();
            for (Union union : unions) {
                if (asks.known.put(union.id(), union) != null) {
                    throw new IOException("twice in the tree: " + union);
                }
                asks.all.add(union);
            }
            List<Union> open =
                    unions.stream().filter(union -> union.children() > 0).toList();
            asks.inner.addAll(open);
            load.each(open.stream()
                    .map(union -> asks.ask(childrenOf(union), body -> {
                        List<Map<?, ?>> rows = Json.rows(body);
                        rows.forEach(row -> level.add(Union.of(row, union.id())));
                        return rows.size() == union.children();
                    }))
                    .toList());
        }
        if (asks.all.size() != expected || expected == 0) {
            throw new IOException("the walk found " + asks.all.size() + " unions, the top says " + expected);
        }
        return asks;
    }

    int unions() {
        return all.size();
    }

    /** Half of them of any union at all, which mostly has none, half of unions that have children: what people open. */
    List<Ask> children(int count) {
        return times(count, i -> {
            Union union = i % 2 == 0 ? any(all) : any(inner);
            return ask(childrenOf(union), body -> {
                List<Map<?, ?>> rows = Json.rows(body);
                return rows.size() == union.children()
                        && rows.stream()
                                .allMatch(row -> known(row)
                                        .filter(child -> child.parent().equals(union.id()))
                                        .isPresent());
            });
        });
    }

    /** The unions above any union: the last of them is the one it was found below. */
    List<Ask> above(int count) {
        return times(count, i -> {
            Union union = any(all);
            return ask(UNIONS + "/" + union.id() + "/above", body -> {
                String parent = "";
                for (Map<?, ?> row : Json.rows(body)) {
                    Optional<Union> next = known(row);
                    if (next.isEmpty() || !next.get().parent().equals(parent)) {
                        return false;
                    }
                    parent = next.get().id();
                }
                return parent.equals(union.parent());
            });
        });
    }

    /** Of ten searches five are for a piece of a name, two for a code, two in pinyin, and one finds nothing. */
    List<Ask> search(int count) {
        return times(count, i -> switch (i % 10) {
            case 0, 1, 2, 3, 4 -> {
                String piece = piece(any(all));
                yield found(piece, hits -> !hits.isEmpty() && hits.stream().allMatch(hit -> hit.isCalled(piece)));
            }
            case 5, 6 -> {
                String code = any(all).code();
                yield found(
                        code, hits -> hits.stream().anyMatch(hit -> hit.code().equals(code)));
            }
            case 7, 8 -> found(PINYIN.get(random.nextInt(PINYIN.size())), hits -> true);
            default ->
                i % 20 == 9
                        ? found(piece(any(all)) + "龘", List::isEmpty)
                        : found("vvv" + (char) ('a' + random.nextInt(26)) + "q", List::isEmpty);
        });
    }

    /** Two to five characters out of the middle of a name. */
    private String piece(Union union) {
        String name = union.name().replace(" ", "");
        int length = Math.min(name.length(), 2 + random.nextInt(4));
        int from = random.nextInt(name.length() - length + 1);
        return name.substring(from, from + length);
    }

    private Ask found(String lookedFor, Predicate<List<Union>> right) {
        return ask(UNIONS + "?q=" + Visitor.encoded(lookedFor), body -> {
            List<Union> hits = Json.rows(body).stream()
                    .flatMap(row -> known(row).stream())
                    .distinct()
                    .toList();
            return hits.size() == Json.rows(body).size() && hits.size() <= MOST_HITS && right.test(hits);
        });
    }

    /** The union that this row tells of, if the row says of it what the walk found. */
    private Optional<Union> known(Map<?, ?> row) {
        return Optional.ofNullable(known.get(text(row, "id")))
                .filter(union -> union.equals(Union.of(row, union.parent())));
    }

    private Ask ask(String address, Predicate<String> right) {
        return new Ask(address, cookie, right);
    }

    private Union any(List<Union> unions) {
        return unions.get(random.nextInt(unions.size()));
    }

    private static String childrenOf(Union union) {
        return UNIONS + "/" + union.id() + "/children";
    }

    private static List<Ask> times(int count, java.util.function.IntFunction<Ask> make) {
        var asks = new ArrayList<Ask>(count);
        for (int i = 0; i < count; i++) {
            asks.add(make.apply(i));
        }
        return asks;
    }

    private static String text(Map<?, ?> row, String field) {
        if (row.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no " + field + " in " + row);
    }

    private static int number(Map<?, ?> row, String field) {
        if (row.get(field) instanceof Double number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("no " + field + " in " + row);
    }
}
