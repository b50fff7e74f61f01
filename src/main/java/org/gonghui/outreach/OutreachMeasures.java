package org.gonghui.outreach;

import java.util.List;
import java.util.Locale;
import org.gonghui.kernel.Right;
import org.gonghui.measure.Measure;
import org.gonghui.measure.MeasureGroup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is counted of meetings, in the month of their day, once they are written down as held. */
@Configuration(proxyBeanMethods = false)
class OutreachMeasures {

    static final String COUNTERS = "outreach";

    static final Measure MEETINGS = flow("meetings", "meetings", Measure.Unit.MEETING, "");
    static final Measure PEOPLE = flow("people", "people", Measure.Unit.ATTENDANCE, "");

    /** All of it, in the order in which it is shown. */
    static final List<Measure> ALL = List.of(
            MEETINGS,
            of(Meeting.Kind.ENTERPRISE),
            of(Meeting.Kind.WORKER),
            of(Meeting.Level.DISTRICT),
            of(Meeting.Level.STREET),
            of(Meeting.Level.SITE),
            PEOPLE);

    /** The meetings of a kind. */
    static Measure of(Meeting.Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return flow(name, name, Measure.Unit.MEETING, " and kind = '" + kind + "'");
    }

    /** The meetings of a level. */
    static Measure of(Meeting.Level level) {
        String name = level.name().toLowerCase(Locale.ROOT);
        return flow(name, name + "_level", Measure.Unit.MEETING, " and level = '" + level + "'");
    }

    private static Measure flow(String key, String column, Measure.Unit unit, String more) {
        return new Measure(
                "outreach." + key,
                unit,
                Measure.Kind.FLOW,
                COUNTERS,
                column,
                (unit == Measure.Unit.ATTENDANCE ? "sum(people)" : "count(*)")
                        + " from outreach_meeting where stage in ('HELD', 'CLOSED') and on_day in [:from, :to)" + more);
    }

    @Bean
    static MeasureGroup outreachGroup() {
        return new MeasureGroup("outreach.figures", ALL, "/desk/outreach/", Right.OUTREACH_READ);
    }
}
