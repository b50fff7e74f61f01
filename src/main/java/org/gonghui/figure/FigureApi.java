package org.gonghui.figure;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.measure.Counters;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures for programs: the same numbers as on the pages, with what they mean and on which tree they are added up. */
@RestController
@RequestMapping("/api/v1/figures")
@Tag(name = "figures")
class FigureApi {

    /**
     * What a measure means.
     *
     * @param denominator what it is a part of; null for a figure that stands alone
     * @param kind {@code flow}, a sum of what happened, or {@code stock}, a level at the end
     * @param records how the same figure is counted from the records
     */
    record MeasureBody(
            String key,
            String name,
            String meaning,
            String unit,
            String kind,
            @Nullable String denominator,
            String records) {}

    /**
     * One measure's year.
     *
     * @param value of the year so far: a sum for a flow, the last month's level for a stock
     * @param months twelve values; null for a month that has not begun
     */
    record FigureBody(String measure, long value, List<@Nullable Long> months) {}

    /** A union below, with its values by measure. */
    record PartBody(UUID id, String code, String name, Map<String, Long> values) {}

    /**
     * A union's figures of a year.
     *
     * @param asOf up to when they are counted
     * @param tree the day on whose tree they are added up
     */
    record FiguresBody(
            UUID id,
            String code,
            String name,
            int year,
            LocalDate asOf,
            LocalDate tree,
            List<FigureBody> figures,
            List<PartBody> below) {}

    private static final List<Measure> MEASURES = Members.MEASURES;

    private final Overview overview;
    private final Counters counters;
    private final Unions unions;
    private final Texts texts;
    private final Clock clock;

    FigureApi(Overview overview, Counters counters, Unions unions, Texts texts, Clock clock) {
        this.overview = overview;
        this.counters = counters;
        this.unions = unions;
        this.texts = texts;
        this.clock = clock;
    }

    /** Everything that is counted, with its definition. */
    @GetMapping
    @May(Right.FIGURE_READ)
    List<MeasureBody> measures(HttpServletRequest request) {
        Language language = Pages.language(request);
        return MEASURES.stream()
                .map(measure -> new MeasureBody(
                        measure.key(),
                        texts.say(language, measure.message("name")),
                        texts.say(language, measure.message("meaning")),
                        measure.unit().name().toLowerCase(Locale.ROOT),
                        measure.kind().name().toLowerCase(Locale.ROOT),
                        texts.has(language, measure.message("denominator"))
                                ? texts.say(language, measure.message("denominator"))
                                : null,
                        measure.records()))
                .toList();
    }

    /**
     * The figures of a union and of those directly below it.
     *
     * @param year one on record; this year when left out
     * @param tree {@code today} or a day not before the end of the year; its end when left out
     */
    @GetMapping("/{id}")
    @May(Right.FIGURE_READ)
    FiguresBody figures(
            Actor actor,
            @PathVariable UnionId id,
            @RequestParam(required = false) Optional<Integer> year,
            @RequestParam(defaultValue = "") String tree) {
        int thisYear = LocalDate.now(clock).getYear();
        Overview.Span span = overview.span(Math.clamp(year.orElse(thisYear), Overview.FIRST_YEAR, thisYear));
        TreeView view = unions.asOf(actor, Right.FIGURE_READ, overview.tree(span.year(), tree));
        UnionSummary union = view.get(id);
        Counters.Year whole = counters.of(union.path(), span.year(), view.day(), MEASURES, view.reach());
        Map<String, Counters.Year> parts =
                counters.below(union.path(), span.year(), view.day(), MEASURES, view.reach());
        return new FiguresBody(
                union.id().value(),
                union.code(),
                union.name(),
                span.year(),
                span.asOf(),
                view.day(),
                IntStream.range(0, MEASURES.size())
                        .mapToObj(i ->
                                new FigureBody(MEASURES.get(i).key(), value(whole, i, span), months(whole, i, span)))
                        .toList(),
                view.children(union).stream()
                        .map(child -> part(
                                child, parts.getOrDefault(child.path().value(), Counters.empty(MEASURES.size())), span))
                        .toList());
    }

    private static PartBody part(UnionSummary union, Counters.Year counted, Overview.Span span) {
        return new PartBody(
                union.id().value(),
                union.code(),
                union.name(),
                IntStream.range(0, MEASURES.size())
                        .boxed()
                        .collect(Collectors.toMap(i -> MEASURES.get(i).key(), i -> value(counted, i, span))));
    }

    private static long value(Counters.Year counted, int measure, Overview.Span span) {
        return counted.upTo(measure, MEASURES.get(measure).kind(), span.lastMonth());
    }

    private static List<@Nullable Long> months(Counters.Year counted, int measure, Overview.Span span) {
        long[] months = counted.byMonth().get(measure);
        return IntStream.range(0, months.length)
                .<@Nullable Long>mapToObj(month -> month < span.lastMonth() ? months[month] : null)
                .toList();
    }
}
