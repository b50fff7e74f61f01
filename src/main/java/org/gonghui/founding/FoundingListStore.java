package org.gonghui.founding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.database.Within;
import org.gonghui.employer.EmployerId;
import org.gonghui.employer.UnionsUnderWay;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Roster;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Foundings by the list: of a stage, behind a figure, how many. */
@Repository
class FoundingListStore {

    private static final String INSIDE = " place.path >= :low and place.path < :high and " + Within.reach("place.path");

    private static final String WITHIN = " where" + INSIDE;

    private final JdbcClient jdbc;

    FoundingListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many stand at one of these stages, and since when the oldest has. */
    record Standing(long count, Optional<Instant> oldest) {}

    /** What a street works on at these stages. */
    Standing worked(UnionPath at, Reach reach, Stage... stages) {
        return standing("street_id", at, reach, stages);
    }

    /** What waits for a superior's decision. */
    Standing undecided(UnionPath at, Reach reach) {
        return standing("superior_id", at, reach, Stage.APPLIED);
    }

    private Standing standing(String of, UnionPath at, Reach reach, Stage... stages) {
        return jdbc.sql("""
                        select count(*) as foundings, min(stage_at) as oldest from founding
                          join org_place place on place.union_id = %s and place.valid_to is null
                        """.formatted(of) + WITHIN + " and stage = any (:stages)")
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("stages", Arrays.stream(stages).map(Stage::name).toArray(String[]::new))
                .query((row, number) -> new Standing(
                        row.getLong("foundings"),
                        Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .single();
    }

    /**
     * An application waits where it is worked on, and where it is decided. That is asked row by row, in the order of the list:
     * joined, every application of the city is looked at and sorted for one page.
     */
    private static final String APPLIED_WITHIN = """
             where stage = 'APPLIED'
               and (select true from org_place place
                     where place.union_id in (street_id, superior_id) and place.valid_to is null
                       and place.path >= :low and place.path < :high and %s limit 1)
            """.formatted(Within.reach("place.path"));

    /** How many stand at each stage below a union; of the approved, those since a day. */
    Map<Stage, Long> byStage(UnionPath part, Reach reach, LocalDate approvedSince) {
        Map<Stage, Long> counts = new EnumMap<>(Stage.class);
        counts.put(
                Stage.APPLIED,
                jdbc.sql("select count(*) from founding" + APPLIED_WITHIN)
                        .param("low", part.low())
                        .param("high", part.high())
                        .param("lows", reach.lows())
                        .param("highs", reach.highs())
                        .query(Long.class)
                        .single());
        jdbc.sql("""
                        select stage, count(*) as foundings from founding
                          join org_place place on place.union_id = street_id and place.valid_to is null
                        """ + WITHIN
                        + " and stage <> 'APPLIED' and (approved_on is null or approved_on >= :since) group by stage")
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("since", approvedSince)
                .query(row -> {
                    counts.put(Stage.valueOf(row.getString("stage")), row.getLong("foundings"));
                });
        return counts;
    }

    /** How many foundings came to each stage within a time: the year's way from the first look to the union. */
    Map<Stage, Long> cameTo(UnionPath part, Reach reach, Instant from, Instant to) {
        Map<Stage, Long> counts = new EnumMap<>(Stage.class);
        Stage[] all = Stage.values();
        // A founding that came to a stage twice came there once: its stages are the bits of one number.
        jdbc.sql("""
                        select stages, count(*) as foundings
                          from (select founding_id, bit_or(1 << array_position(:stages, stage)) as stages
                                  from founding_step where at >= :from and at < :to group by founding_id) came
                          join founding on founding.id = founding_id
                          join org_place place on place.union_id = street_id and place.valid_to is null
                        """ + WITHIN + " group by stages")
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("stages", Arrays.stream(all).map(Stage::name).toArray(String[]::new))
                .param("from", at(from))
                .param("to", at(to))
                .query(row -> {
                    int stages = row.getInt("stages");
                    long foundings = row.getLong("foundings");
                    for (int i = 0; i < all.length; i++) {
                        if ((stages & 2 << i) != 0) {
                            counts.merge(all[i], foundings, Long::sum);
                        }
                    }
                });
        return counts;
    }

    /** Where a founding is open at these employers, of those within the reach. */
    Map<EmployerId, UnionsUnderWay.UnderWay> open(Collection<EmployerId> employers, Reach reach) {
        Map<EmployerId, UnionsUnderWay.UnderWay> open = new HashMap<>();
        jdbc.sql("""
                        select employer_id, founding_id, stage from founding_employer
                          join founding on founding.id = founding_id
                          join org_place place on place.union_id = street_id and place.valid_to is null
                         where employer_id = any (:employers) and is_open and
                        """ + Within.reach("place.path"))
                .param("employers", employers.stream().map(EmployerId::value).toArray(UUID[]::new))
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(row -> {
                    open.put(
                            new EmployerId(row.getObject("employer_id", UUID.class)),
                            new UnionsUnderWay.UnderWay(
                                    "founding.stage." + row.getString("stage"),
                                    "/desk/foundings/of/" + row.getObject("founding_id", UUID.class)));
                });
        return open;
    }

    /** A line of a list: a founding, its employers' names, and how many work there as far as it is known. */
    record Line(Founding founding, String employers, int workers) {}

    /** What all lines of a list come to. */
    record Sums(long foundings, long workers) {}

    Sums sums(FoundingLists.Question question, Reach reach) {
        return question(
                        "select count(*) as foundings, coalesce(sum(" + WORKERS + "), 0) as workers from founding",
                        false,
                        question,
                        reach,
                        "")
                .query((row, number) -> new Sums(row.getLong("foundings"), row.getLong("workers")))
                .single();
    }

    /** Of an approved one those of that day; else those that its employers have now. */
    private static final String WORKERS = """
            coalesce(founding.workers,
                     (select coalesce(sum(known.workers), 0) from founding_employer
                        join employer_known known on known.id = employer_id where founding_id = founding.id))""";

    /** The next lines of a list, the first line after the mark first. */
    List<Line> lines(FoundingLists.Question question, Reach reach, Optional<FoundingLists.Mark> after, int most) {
        String order = switch (question.sort()) {
            case OLDEST -> "stage_at, founding.id";
            case NEWEST -> "stage_at desc, founding.id desc";
            case WORKERS -> WORKERS + " desc, founding.id desc";
        };
        String beyond = after.isEmpty()
                ? ""
                : switch (question.sort()) {
                    case OLDEST -> " and (stage_at, founding.id) > (:at, :mark)";
                    case NEWEST -> " and (stage_at, founding.id) < (:at, :mark)";
                    case WORKERS -> " and (" + WORKERS + ", founding.id) < (:rank, :mark)";
                };
        FoundingLists.Mark mark = after.orElse(new FoundingLists.Mark(0, new UUID(0, 0)));
        List<Founding> foundings = question(
                        FoundingStore.SELECT + " from founding",
                        question.union().isWide(),
                        question,
                        reach,
                        beyond + " order by " + order + " limit :most")
                .param("at", at(mark.at()))
                .param("rank", mark.rank())
                .param("mark", mark.id())
                .param("most", most)
                .query((row, number) -> FoundingStore.founding(row))
                .list();
        Map<UUID, Line> named = named(foundings);
        return foundings.stream()
                .map(each -> Objects.requireNonNull(named.get(each.id().value())))
                .toList();
    }

    /** @param eachAsked where a founding stands is asked one by one, in the order of the rows */
    private JdbcClient.StatementSpec question(
            String select, boolean eachAsked, FoundingLists.Question question, Reach reach, String rest) {
        boolean approved = question.stage() == Stage.APPROVED;
        // The union that was founded may have moved away from the street since: its figures went along, and so does its
        // line.
        String place = approved ? "founding.union_id" : "street_id";
        var sql = new StringBuilder(select);
        if (question.stage() == Stage.APPLIED) {
            sql.append(APPLIED_WITHIN);
        } else {
            String at = " org_place place %s place.union_id = " + place + " and place.valid_to is null ";
            sql.append(
                            eachAsked
                                    ? " where (select" + INSIDE + " from" + at.formatted("where") + ")"
                                    : " join" + at.formatted("on") + "where" + INSIDE)
                    .append(" and stage = :stage");
        }
        question.period().ifPresent(period -> sql.append(" and approved_on >= :from and approved_on < :to"));
        question.foundingClass().ifPresent(each -> sql.append(" and size_class = :class"));
        return jdbc.sql(sql.append(rest).toString())
                .param("low", question.union().path().low())
                .param("high", question.union().path().high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("stage", question.stage().name())
                .param("from", question.period().map(Roster.Period::from).orElse(LocalDate.EPOCH))
                .param("to", question.period().map(Roster.Period::to).orElse(LocalDate.EPOCH))
                .param(
                        "class",
                        question.foundingClass().map(FoundingClass::name).orElse(""));
    }

    private Map<UUID, Line> named(List<Founding> foundings) {
        Map<UUID, Founding> byId =
                foundings.stream().collect(Collectors.toMap(each -> each.id().value(), Function.identity()));
        return jdbc
                .sql("""
                        select founding_id, string_agg(name, '、' order by workers desc nulls last, employer_id) as names,
                               coalesce(sum(workers), 0) as workers
                          from founding_employer join employer_known on employer_known.id = employer_id
                         where founding_id = any (:ids) group by founding_id
                        """)
                .param("ids", byId.keySet().toArray(UUID[]::new))
                .query((row, number) -> {
                    Founding founding = Objects.requireNonNull(byId.get(row.getObject("founding_id", UUID.class)));
                    return new Line(
                            founding,
                            row.getString("names"),
                            founding.approval().map(Founding.Approval::workers).orElse(row.getInt("workers")));
                })
                .list()
                .stream()
                .collect(Collectors.toMap(line -> line.founding().id().value(), Function.identity()));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
