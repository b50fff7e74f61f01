package org.gonghui.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several measured things in turn, A B A B, and what their rounds say: medians, extremes and ratios. */
final class Rounds {

    private record Measured(double perSecond, double p50, double p99, double cpuMicros) {}

    private final Map<String, List<Ask>> things;
    private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

    /** @param things by name; each is a set of requests to pick from at random */
    Rounds(Map<String, List<Ask>> things) {
        this.things = new LinkedHashMap<>(things);
    }

    /** Warms up once, everything mixed and unmeasured, then measures each thing in each round. */
    void run(CityServer server, Load load, int count, Duration warm, Duration each)
            throws IOException, InterruptedException {
        for (List<Ask> asks : things.values()) {
            load.each(asks);
        }
        for (List<Ask> asks : things.values()) {
            load.during(warm.dividedBy(things.size()), asks);
        }
        for (int i = 0; i < count; i++) {
            for (Map.Entry<String, List<Ask>> thing : things.entrySet()) {
                Duration before = server.cpu();
                Load.Round round = load.during(each, thing.getValue());
                double cpu = server.cpu().minus(before).toNanos() / 1e3;
                double answers = round.perSecond() * each.toNanos() / 1e9;
                rounds.computeIfAbsent(thing.getKey(), name -> new ArrayList<>())
                        .add(new Measured(round.perSecond(), round.p50(), round.p99(), cpu / answers));
            }
        }
    }

    /** The ratio of the medians of two things. */
    double ratio(String thing, String reference) {
        return median(thing) / median(reference);
    }

    /** The median of the ratios of two things round by round. */
    double ratioByRound(String thing, String reference) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < of(thing).size(); i++) {
            ratios.add(of(thing).get(i).perSecond() / of(reference).get(i).perSecond());
        }
        return Statistics.median(ratios);
    }

    Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        for (String name : rounds.keySet()) {
            figures.put(name + "_per_s", median(name));
            figures.put(name + "_per_s_min", min(name));
            figures.put(name + "_per_s_max", max(name));
            figures.put(name + "_p50_ms", p50(name));
            figures.put(name + "_p99_ms", p99(name));
            figures.put(name + "_server_cpu_us", cpu(name));
        }
        return figures;
    }

    String table() {
        var table = new StringBuilder("%-12s %10s %21s %9s %9s %12s%n"
                .formatted("", "answers/s", "min – max", "p50 ms", "p99 ms", "server µs"));
        for (String name : rounds.keySet()) {
            table.append("%-12s %10.0f %21s %9.2f %9.2f %12.0f%n"
                    .formatted(
                            name,
                            median(name),
                            "%.0f – %.0f".formatted(min(name), max(name)),
                            p50(name),
                            p99(name),
                            cpu(name)));
        }
        return table.toString();
    }

    private double median(String name) {
        return Statistics.median(of(name).stream().map(Measured::perSecond).toList());
    }

    private double min(String name) {
        return of(name).stream().mapToDouble(Measured::perSecond).min().orElseThrow();
    }

    private double max(String name) {
        return of(name).stream().mapToDouble(Measured::perSecond).max().orElseThrow();
    }

    private double p50(String name) {
        return Statistics.median(of(name).stream().map(Measured::p50).toList()) / 1000;
    }

    private double p99(String name) {
        return Statistics.median(of(name).stream().map(Measured::p99).toList()) / 1000;
    }

    private double cpu(String name) {
        return Statistics.median(of(name).stream().map(Measured::cpuMicros).toList());
    }

    private List<Measured> of(String name) {
        return rounds.getOrDefault(name, List.of());
    }
}
