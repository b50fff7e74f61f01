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
import java.util.function.ToDoubleFunction;

/**
 * Runs one benchmark, or all in turn, against the platform in a process of its own, prints a table and writes {@code
 * target/bench/NAME.json}. Started by {@code bin/bench}; needs the JDK alone. Exit code 1 for a wrong answer or a fault; a
 * bar that is missed is a measurement, not a fault.
 */
public final class Bench {

    private static final List<String> NAMES =
            List.of("hello", "hello-in", "tree", "list", "figures", "audit", "import", "employers");
    private static final int UNIONS = 40_000;
    private static final int TINY_UNIONS = 400;
    private static final int ASKS = 4_000;
    private static final int TINY_ASKS = 300;
    private static final Duration WARM = Duration.ofSeconds(60);
    private static final double TREE_BAR = 0.4;
    private static final int MEMBERS = 600_000;
    private static final int TINY_MEMBERS = 4_000;
    private static final int UNIONS_OF_MEMBERS = 2_500;
    /** From this many members on a city has all its unions. */
    private static final int WHOLE_CITY = 6_000_000;

    private static final double LIST_BAR = 0.3;
    private static final double RAW_BAR = 100;
    private static final double WARM_PAGE_BAR = 3;
    private static final double CHANGED_PAGE_BAR = 10;
    private static final double START_BAR = 1.5;
    private static final double PSS_BAR = 400;
    private static final int COMMANDS = 2_000;
    private static final int TINY_COMMANDS = 100;
    /** A pace is kept as well as a clock lets it. */
    private static final double AS_GOOD_AS = 0.99;

    private static final double SEALED_BAR = 2;
    private static final int ROWS = 1_000_000;
    private static final int TINY_ROWS = 2_000;
    private static final double IMPORT_BAR = 0.4;
    /** Memory is compared with what so many times fewer rows take. */
    private static final int FEWER_ROWS = 5;

    private static final double FLAT_BAR = 1.25;
    private static final int EMPLOYERS = 100_000;
    private static final int TINY_EMPLOYERS = 500;
    private static final double PAGE_MS_BAR = 100;
    private static final int JOININGS = 200;
    private static final int TINY_JOININGS = 5;

    /**
     * What was asked for on the command line.
     *
     * @param scale unions of the city; for list, figures and all, members
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

        /** Every benchmark can be run on a city with members; only lists and figures need one. */
        private static boolean isOfMembers(String name) {
            return List.of("list", "figures", "start", "import", "employers", "all")
                    .contains(name);
        }

        private static int usual(String name, boolean tiny) {
            if (name.equals("import")) {
                return tiny ? TINY_ROWS : ROWS;
            }
            if (name.equals("employers")) {
                return tiny ? TINY_EMPLOYERS : EMPLOYERS;
            }
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
            if (!isOfMembers(name)) {
                return new CityServer.Scale(scale, 0);
            }
            if (name.equals("import") || name.equals("employers")) {
                return new CityServer.Scale(
                        tiny ? TINY_UNIONS : UNIONS_OF_MEMBERS,
                        tiny ? TINY_MEMBERS : MEMBERS); // the scale is the list's, or the employers'
            }
            int usual = scale < WHOLE_CITY ? UNIONS_OF_MEMBERS : UNIONS;
            return new CityServer.Scale(tiny ? TINY_UNIONS : usual, scale);
        }

        private static int number(String[] arguments, int at) {
            if (at >= arguments.length || !arguments[at].matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(arguments[at - 1] + " takes a number above 0");
            }
            return Integer.parseInt(arguments[at]);
        }
    }

    /**
     * A ratio and what it must reach.
     *
     * @param limit {@code atLeast} or {@code atMost}
     */
    private record Bar(String name, double value, String limit, double bar) {

        static Bar atLeast(String name, double value, double bar) {
            return new Bar(name, value, "atLeast", bar);
        }

        static Bar atMost(String name, double value, double bar) {
            return new Bar(name, value, "atMost", bar);
        }

        boolean isMet() {
            return limit.equals("atLeast") ? value >= bar : value <= bar;
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
        if (!all && !NAMES.contains(options.name()) && !options.name().equals("start")) {
            throw new IllegalArgumentException(
                    "bin/bench hello | hello-in | tree | list | figures | audit | import | employers | start | all [--scale N] [--rounds N] [--seconds N] [--tiny]");
        }
        if (all || options.name().equals("start")) {
            new Bench(options.called("start")).measureStarts();
        }
        if (options.name().equals("start")) {
            return;
        }
        try (CityServer server = CityServer.start(options.city());
                var load = new Load(server.port())) {
            for (String name : all ? NAMES : List.of(options.name())) {
                new Bench(options.called(name)).measure(server, load);
            }
        }
    }

    private void measureStarts() throws IOException, InterruptedException {
        Path home = CityServer.copy(options.city());
        try {
            Starts starts = Starts.of(home, options.city(), !options.tiny());
            var own = new ArrayList<Starts.Start>();
            var empty = new ArrayList<Starts.Start>();
            for (int i = 0; i < (options.tiny() ? 1 : options.rounds()); i++) {
                own.add(starts.platform());
                empty.add(starts.empty());
            }
            double seconds = median(own, Starts.Start::seconds);
            double emptySeconds = median(empty, Starts.Start::seconds);
            double pss = median(own, Starts.Start::pssMb);
            figures.put("members", options.scale());
            figures.put("start_s", seconds);
            figures.put("empty_app_s", emptySeconds);
            figures.put("pss_mb", pss);
            System.out.printf(
                    "start %.2f s, an empty application %.2f s; PSS %.0f MB, an empty application %.0f MB%n",
                    seconds, emptySeconds, pss, median(empty, Starts.Start::pssMb));
            bars.add(Bar.atMost("start/empty-app", seconds / emptySeconds, START_BAR));
            bars.add(Bar.atMost("pss_mb", pss, PSS_BAR));
            write(CityServer.databaseVersion(home));
        } finally {
            CityServer.delete(home);
        }
        tellBars();
    }

    private static double median(List<Starts.Start> starts, ToDoubleFunction<Starts.Start> figure) {
        return Statistics.median(starts.stream().map(figure::applyAsDouble).toList());
    }

    private void measure(CityServer server, Load load) throws IOException, InterruptedException {
        switch (options.name()) {
            case "hello" -> measure(server, load, Map.of("hello", List.of(hello())));
            case "hello-in" -> helloIn(server, load);
            case "list" -> list(server, load);
            case "figures" -> figures(server, load);
            case "audit" -> audit(server);
            case "import" -> imports(server);
            case "employers" -> employers(server);
            default -> tree(server, load);
        }
        write(server.databaseVersion());
        tellBars();
    }

    private void tellBars() {
        for (Bar bar : bars) {
            System.out.printf(
                    "%s %s = %.3f, %s %.3f%n",
                    bar.isMet() ? "MET   " : "MISSED", bar.name(), bar.value(), bar.limit(), bar.bar());
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
        bars.add(Bar.atLeast("tree/hello-in", rounds.ratio("tree", "hello-in"), TREE_BAR));
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
        bars.add(Bar.atLeast("list/hello-in", rounds.ratio("list", "hello-in"), LIST_BAR));
    }

    private void figures(CityServer server, Load load) throws IOException, InterruptedException {
        figures.put("members", options.scale());
        try (FigureAsks asks = FigureAsks.of(server.port(), Visitor.signIn(server.port()))) {
            figures.put("page_bytes", asks.pageBytes());
            var things = new LinkedHashMap<String, List<Ask>>();
            things.put("page-hello", List.of(asks.hello()));
            things.put("page", List.of(asks.page()));
            Rounds rounds = measure(server, load, things);
            double warm = 1 / rounds.ratio("page", "page-hello");
            List<long[]> times = asks.afterJoinings(options.tiny() ? TINY_JOININGS : JOININGS);
            double page = millis(times, 0);
            double hello = millis(times, 1);
            double raw = new RawFigures(server.databaseUrl()).millis(options.tiny() ? 1 : options.rounds());
            figures.put("page_after_joining_ms", page);
            figures.put("page_hello_alone_ms", hello);
            figures.put("raw_ms", raw);
            System.out.printf(
                    "one after the other: page after a joining %.2f ms, page-hello %.2f ms; raw %.0f ms%n",
                    page, hello, raw);
            bars.add(Bar.atLeast("raw/page", raw / page, RAW_BAR));
            bars.add(Bar.atMost("page/page-hello", warm, WARM_PAGE_BAR));
            bars.add(Bar.atMost("page after joining/page-hello", page / hello, CHANGED_PAGE_BAR));
        }
    }

    private void audit(CityServer server) throws IOException, InterruptedException {
        int pace = options.tiny() ? TINY_COMMANDS : COMMANDS;
        var commands = new Commands(server.databaseUrl());
        commands.run(pace, Duration.ofSeconds(options.tiny() ? 1 : 20));
        Commands.Lags lags = commands.run(pace, Duration.ofSeconds((long) options.rounds() * options.seconds()));
        figures.put("commands_a_second", lags.written());
        figures.put("median_lag_s", lags.median());
        System.out.printf(
                "%.0f commands a second by 64 clients; the oldest unsealed waited %.2f s (median), %.2f s at most%n",
                lags.written(), lags.median(), lags.longest());
        bars.add(Bar.atLeast("commands", lags.written(), pace * AS_GOOD_AS));
        bars.add(Bar.atMost("sealed_s", lags.longest(), SEALED_BAR));
    }

    private void imports(CityServer server) throws IOException, InterruptedException {
        var own = new ArrayList<Imports.Taken>();
        var raw = new ArrayList<RawImports.Taken>();
        // Of all, a list is no longer than the city is large: what is measured is the list.
        int rows = Math.min(options.scale(), ROWS);
        try (var imports = new Imports(server);
                var plain = new RawImports(server.databaseUrl())) {
            Imports.Taken first = imports.bring(new PeopleFile(0, rows / FEWER_ROWS));
            plain.bring(new PeopleFile(1, rows / FEWER_ROWS));
            for (int round = 1; round <= options.rounds(); round++) {
                raw.add(plain.bring(new PeopleFile(2 * round, rows)));
                Imports.Taken taken = imports.bring(new PeopleFile(2 * round + 1, rows));
                own.add(taken);
                System.out.printf(
                        "%,d rows, %.1f MB: sent %.2f s, read %.2f s, entered %.2f s; raw %.2f s, people alone %.2f s;"
                                + " PSS %.0f MB, with a fifth of the rows %.0f MB%n",
                        rows,
                        taken.bytes() / 1e6,
                        taken.sending(),
                        taken.reading(),
                        taken.entering(),
                        raw.getLast().all(),
                        raw.getLast().people(),
                        taken.pssMb(),
                        first.pssMb());
            }
            double seconds =
                    Statistics.median(own.stream().map(Imports.Taken::all).toList());
            double peopleSeconds =
                    Statistics.median(raw.stream().map(RawImports.Taken::people).toList());
            double plainSeconds =
                    Statistics.median(raw.stream().map(RawImports.Taken::all).toList());
            double pss =
                    Statistics.median(own.stream().map(Imports.Taken::pssMb).toList());
            figures.put("rows", rows);
            figures.put("import_s", seconds);
            figures.put("raw_s", plainSeconds);
            figures.put("raw_people_s", peopleSeconds);
            figures.put("rows_a_second", rows / seconds);
            figures.put("pss_mb", pss);
            figures.put("pss_mb_fifth", first.pssMb());
            figures.put("rows/raw, people alone", peopleSeconds / seconds);
            bars.add(Bar.atMost("pss/pss of a fifth", pss / first.pssMb(), FLAT_BAR));
            // The same rows are all that the import writes: people and memberships.
            bars.add(Bar.atLeast("rows/raw", plainSeconds / seconds, IMPORT_BAR));
        }
    }

    /** Each page of employers and foundings, asked for one after the other by the city's officer. */
    private void employers(CityServer server) throws IOException, InterruptedException {
        int employers = Math.min(options.scale(), EMPLOYERS);
        figures.put("employers", employers);
        try (var pages = new EmployerPages(server, employers)) {
            pages.times(options.tiny() ? 1 : 20);
            var times = pages.times(options.tiny() ? 2 : 10 * options.rounds());
            times.forEach((page, taken) -> {
                double median = Statistics.median(taken);
                double longest =
                        taken.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
                figures.put(page + "_ms", median);
                figures.put(page + "_longest_ms", longest);
                System.out.printf("%-22s %7.1f ms, at most %.1f ms%n", page, median, longest);
                bars.add(Bar.atMost(page + "_ms", median, PAGE_MS_BAR));
            });
        }
    }

    /** The median of one of the two times, in milliseconds. */
    private static double millis(List<long[]> times, int which) {
        return Statistics.median(times.stream().map(pair -> pair[which] / 1e6).toList());
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

    private void write(String database) throws IOException {
        var versions = new LinkedHashMap<String, Object>();
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        versions.put("cores", Runtime.getRuntime().availableProcessors());
        versions.put("postgres", database);
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
                            row.put(bar.limit(), bar.bar());
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
