package org.gonghui.figure;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.measure.Measure;
import org.gonghui.member.Members;
import org.gonghui.org.TreeView;
import org.gonghui.org.UnionSummary;
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
     * @param value of the year so far: a sum for a flow, the last month's level for a stock; null when it is hidden because
     *     it would point at a few people whom the caller may not read
     * @param months twelve values; null for a month that has not begun, and for every month when months are hidden
     * @param hidden true when value or months are hidden
     */
    record FigureBody(String measure, @Nullable Long value, List<@Nullable Long> months, boolean hidden) {}

    /** A union below, with its values by measure; null for one that is hidden. */
    record PartBody(UUID id, String code, String name, Map<String, @Nullable Long> values) {}

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
    private final KnownFigures known;
    private final Texts texts;

    FigureApi(Overview overview, KnownFigures known, Texts texts) {
        this.overview = overview;
        this.known = known;
        this.texts = texts;
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
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(defaultValue = "") String tree) {
        Overview.Span span = overview.span(overview.year(year));
        TreeView view = known.tree(actor, id, overview.tree(span.year(), tree));
        UnionSummary union = view.get(id);
        KnownFigures.Counted whole = known.of(actor, view, union, span.year(), MEASURES);
        Map<String, KnownFigures.Counted> parts = known.below(actor, view, union, 1, span.year(), MEASURES);
        KnownFigures.Counted nothing = known.nothing(span.year(), MEASURES);
        return new FiguresBody(
                union.id().value(),
                union.code(),
                union.name(),
                span.year(),
                span.asOf(),
                view.day(),
                MEASURES.stream()
                        .map(measure -> new FigureBody(
                                measure.key(),
                                value(whole, measure),
                                months(whole, measure),
                                whole.hidden().contains(measure)
                                        || whole.hiddenMonths().contains(measure)))
                        .toList(),
                view.children(union).stream()
                        .map(child ->
                                part(child, parts.getOrDefault(child.path().value(), nothing)))
                        .toList());
    }

    private static PartBody part(UnionSummary union, KnownFigures.Counted counted) {
        Map<String, @Nullable Long> values = new LinkedHashMap<>();
        MEASURES.forEach(measure -> values.put(measure.key(), value(counted, measure)));
        return new PartBody(union.id().value(), union.code(), union.name(), values);
    }

    private static @Nullable Long value(KnownFigures.Counted counted, Measure measure) {
        return counted.hidden().contains(measure) ? null : counted.value(measure);
    }

    private static List<@Nullable Long> months(KnownFigures.Counted counted, Measure measure) {
        long[] months = counted.months(measure);
        int known = counted.hiddenMonths().contains(measure) ? 0 : counted.lastMonth();
        return IntStream.range(0, months.length)
                .<@Nullable Long>mapToObj(month -> month < known ? months[month] : null)
                .toList();
    }
}
