package org.gonghui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs one benchmark, or all in turn, against the platform in a process of its own, prints a table and writes {@code
 * target/bench/NAME.json}. Started by {@code bin/bench}; needs the JDK alone. Exit code 1 for a wrong answer or a fault; a
 * bar that is missed is a measurement, not a fault.
 */
public final class Bench {

    private static final List<String> NAMES = List.of("hello", "hello-in", "tree", "list");
    private static final int UNIONS = 40_000;
    private static final int TINY_UNIONS = 400;
    private static final int ASKS = 4_000;
    private static final int TINY_ASKS = 300;
    private static final Duration WARM = Duration.ofSeconds(15);
    private static final double TREE_BAR = 0.4;
    private static final int MEMBERS = 600_000;
    private static final int TINY_MEMBERS = 4_000;
    private static final int UNIONS_OF_LISTS = 2_500;
    private static final double LIST_BAR = 0.3;

    /**
     * What was asked for on the command line.
     *
     * @param scale unions of the city; for list and all, members
     * @param seconds of each round of each thing
     */
    private record Options(String name, int scale, int rounds, int seconds, boolean tiny) {

        static Options of(String[] arguments) {
            boolean tiny = List.of(arguments).contains("--tiny");
            String name = "";
            int scale = 0;
            int rounds = tiny ? 2 : 5;
            int seconds = tiny ? 1 : 5;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--scale" -> scale = number(arguments, ++i);
                    case "--rounds" -> rounds = number(arguments, ++i);
                    case "--seconds" -> seconds = number(arguments, ++i);
                    case "--tiny" -> {}
                    default -> {
                        if (!name.isEmpty() || arguments[i].startsWith("-")) {
                            throw new IllegalArgumentException("unknown: " + arguments[i]);
                        }
                        name = arguments[i];
                    }
                }
            }
            return new Options(name, scale > 0 ? scale : usual(name, tiny), rounds, seconds, tiny);
        }

        /** Every benchmark can be run on a city with members; only a list needs one. */
        private static boolean isOfMembers(String name) {
            return name.equals("list") || name.equals("all");
        }

        private static int usual(String name, boolean tiny) {
            if (isOfMembers(name)) {
                return tiny ? TINY_MEMBERS : MEMBERS;
            }
            return tiny ? TINY_UNIONS : UNIONS;
        }

        /** The same for one of several benchmarks. */
        private Options called(String one) {
            return new Options(one, scale, rounds, seconds, tiny);
        }

        private CityServer.Scale city() {
            return isOfMembers(name)
                    ? new CityServer.Scale(tiny ? TINY_UNIONS : UNIONS_OF_LISTS, scale)
                    : new CityServer.Scale(scale, 0);
        }

        private static int number(String[] arguments, int at) {
            if (at >= arguments.length || !arguments[at].matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(arguments[at - 1] + " takes a number above 0");
            }
            return Integer.parseInt(arguments[at]);
        }
    }

    /** A ratio and what it must reach. */
    private record Bar(String name, double value, double atLeast) {

        boolean isMet() {
            return value >= atLeast;
        }
    }

    private final Options options;
    private final List<Bar> bars = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            run(Options.of(arguments));
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            return 1;
        }
    }

    private static void run(Options options) throws IOException, InterruptedException {
        boolean all = options.name().equals("all");
        if (!all && !NAMES.contains(options.name())) {
            throw new IllegalArgumentException(
                    "bin/bench hello | hello-in | tree | list | all [--scale N] [--rounds N] [--seconds N] [--tiny]");
        }
        try (CityServer server = CityServer.start(options.city());
                var load = new Load(server.port())) {
            for (String name : all ? NAMES : List.of(options.name())) {
                new Bench(options.called(name)).measure(server, load);
            }
        }
    }

    private void measure(CityServer server, Load load) throws IOException, InterruptedException {
        switch (options.name()) {
            case "hello" -> measure(server, load, Map.of("hello", List.of(hello())));
            case "hello-in" -> helloIn(server, load);
            case "list" -> list(server, load);
            default -> tree(server, load);
        }
        write(server);
        for (Bar bar : bars) {
            System.out.printf(
                    "%s %s = %.3f, at least %.3f%n",
                    bar.isMet() ? "MET   " : "MISSED", bar.name(), bar.value(), bar.atLeast());
        }
    }

    private void helloIn(CityServer server, Load load) throws IOException, InterruptedException {
        var things = new LinkedHashMap<String, List<Ask>>();
        things.put("hello", List.of(hello()));
        things.put("hello-in", List.of(helloIn(Visitor.signIn(server.port()))));
        ratio(measure(server, load, things), "hello-in", "hello");
    }

    private void tree(CityServer server, Load load) throws IOException, InterruptedException {
        String cookie = Visitor.signIn(server.port());
        TreeAsks asks = TreeAsks.walk(load, cookie);
        int count = options.tiny() ? TINY_ASKS : ASKS;
        var kinds = new LinkedHashMap<String, List<Ask>>();
        kinds.put("children", asks.children(count));
        kinds.put("search", asks.search(count));
        kinds.put("path", asks.above(count));
        var mix = new ArrayList<Ask>();
        kinds.values().forEach(mix::addAll);
        var things = new LinkedHashMap<String, List<Ask>>();
        things.put("hello-in", List.of(helloIn(cookie)));
        things.put("tree", mix);
        things.putAll(kinds);
        System.out.printf("%d unions walked, %d requests to pick from%n", asks.unions(), mix.size());
        figures.put("unions", asks.unions());
        Rounds rounds = measure(server, load, things);
        ratio(rounds, "tree", "hello-in");
        kinds.keySet().forEach(kind -> ratio(rounds, kind, "hello-in"));
        bars.add(new Bar("tree/hello-in", rounds.ratio("tree", "hello-in"), TREE_BAR));
    }

    private void list(CityServer server, Load load) throws IOException, InterruptedException {
        String cookie = Visitor.signIn(server.port(), "district@demo");
        int count = options.tiny() ? TINY_ASKS : ASKS;
        var kinds = new LinkedHashMap<String, List<Ask>>();
        try (ListAsks asks = ListAsks.of(server.port(), cookie)) {
            for (String sort : ListAsks.SORTS) {
                kinds.put("by-" + sort.toLowerCase(Locale.ROOT), asks.walk(sort, count / ListAsks.SORTS.size()));
            }
        }
        var mix = new ArrayList<Ask>();
        kinds.values().forEach(mix::addAll);
        var things = new LinkedHashMap<String, List<Ask>>();
        things.put("hello-in", List.of(helloIn(cookie)));
        things.put("list", mix);
        things.putAll(kinds);
        figures.put("members", options.scale());
        Rounds rounds = measure(server, load, things);
        ratio(rounds, "list", "hello-in");
        kinds.keySet().forEach(kind -> ratio(rounds, kind, "hello-in"));
        bars.add(new Bar("list/hello-in", rounds.ratio("list", "hello-in"), LIST_BAR));
    }

    private Rounds measure(CityServer server, Load load, Map<String, List<Ask>> things)
            throws IOException, InterruptedException {
        var rounds = new Rounds(things);
        rounds.run(
                server,
                load,
                options.rounds(),
                options.tiny() ? Duration.ofSeconds(1) : WARM,
                Duration.ofSeconds(options.seconds()));
        figures.putAll(rounds.figures());
        System.out.print(rounds.table());
        return rounds;
    }

    private void ratio(Rounds rounds, String thing, String reference) {
        String name = thing + "/" + reference;
        double ratio = rounds.ratio(thing, reference);
        double byRound = rounds.ratioByRound(thing, reference);
        figures.put(name, ratio);
        figures.put(name + "_by_round", byRound);
        System.out.printf("%-20s %.3f (round by round %.3f)%n", name, ratio, byRound);
    }

    private void write(CityServer server) throws IOException {
        var versions = new LinkedHashMap<String, Object>();
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        versions.put("cores", Runtime.getRuntime().availableProcessors());
        versions.put("postgres", server.databaseVersion());
        var report = new LinkedHashMap<String, Object>();
        report.put("name", options.name());
        report.put("scale", options.scale());
        report.put("figures", figures);
        report.put(
                "bars",
                bars.stream()
                        .map(bar -> {
                            var row = new LinkedHashMap<String, Object>();
                            row.put("name", bar.name());
                            row.put("value", bar.value());
                            row.put("atLeast", bar.atLeast());
                            return row;
                        })
                        .toList());
        report.put("versions", versions);
        Path file = Path.of("target", "bench", options.name() + ".json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Json.write(report) + "\n");
        System.out.println("→ " + file);
    }

    private static Ask hello() {
        return new Ask("/site/hello", "", "hello"::equals);
    }

    private static Ask helloIn(String cookie) {
        return new Ask("/site/hello-in", cookie, "hello"::equals);
    }
}
