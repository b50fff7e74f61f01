package org.gonghui.founding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Measure;
import org.gonghui.measure.MeasureGroup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is counted of foundings, in the month of the approval. */
@Configuration(proxyBeanMethods = false)
class FoundingMeasures {

    static final String COUNTERS = "founding";

    /** All base unions that were founded by way of an approval. */
    static final Measure FOUNDED = flow("founded", "founded", Measure.Unit.UNION, "");

    /** The workers of the employers for which they were founded. */
    static final Measure WORKERS = flow("workers", "workers", Measure.Unit.PERSON, "");

    /** All of it, in the order in which it is shown. */
    static final List<Measure> ALL = Stream.of(
                    Stream.of(FOUNDED),
                    Arrays.stream(FoundingClass.values()).map(FoundingMeasures::of),
                    Stream.of(WORKERS))
            .flatMap(each -> each)
            .toList();

    /** The measure of a class of unions. */
    static Measure of(FoundingClass foundingClass) {
        String column = foundingClass == FoundingClass.PUBLIC
                ? "public_unit"
                : foundingClass.name().toLowerCase(Locale.ROOT);
        return flow(
                foundingClass.name().toLowerCase(Locale.ROOT),
                column,
                Measure.Unit.UNION,
                " and size_class = '" + foundingClass.name() + "'");
    }

    private static Measure flow(String key, String column, Measure.Unit unit, String more) {
        return new Measure(
                "founding." + key,
                unit,
                Measure.Kind.FLOW,
                COUNTERS,
                column,
                (unit == Measure.Unit.PERSON ? "sum(workers)" : "count(*)")
                        + " from founding where approved_on in [:from, :to)" + more);
    }

    @Bean
    static MeasureGroup foundingGroup() {
        return new MeasureGroup("founding.figures", ALL, "/desk/foundings/", Right.EMPLOYER_READ);
    }
}
