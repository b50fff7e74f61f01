package org.gonghui.founding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.database.Within;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Foundings, their employers, steps and elected officers. */
@Repository
class FoundingStore {

    /** A founding with its row locked, and where whoever works towards it stands. */
    record Locked(Founding founding, UnionPath place) {}

    private static final String COLUMNS = """
            select founding.id, street_id, joint, stage, stage_at, superior_id, union_name, short_name, elected_on, grant_fen,
                   founding.union_id, approved_on, size_class, founding.workers, place.path
              from founding join org_place place on place.union_id = street_id and place.valid_to is null
            """;

    /** Seen by whoever works towards it, by whoever decides or has decided, and by the union that came of it. */
    private static final String SEEN =
            """
              left join org_place above on above.union_id = superior_id and above.valid_to is null
                   and stage in ('APPLIED', 'REJECTED', 'APPROVED')
              left join org_place founded on founded.union_id = founding.union_id and founded.valid_to is null
             where (%s or %s or %s)
            """.formatted(Within.reach("place.path"), Within.reach("above.path"), Within.reach("founded.path"));

    private static final String WITHIN =
            " where place.path >= :low and place.path < :high and " + Within.reach("place.path");

    private final JdbcClient jdbc;
    private final Clock clock;

    FoundingStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins one; false when its id was given before. */
    boolean insert(FoundingId id, UnionId street, boolean joint) {
        return jdbc.sql("""
                        insert into founding (id, street_id, joint, stage, stage_at, begun_at)
                        values (:id, :street, :joint, 'VERIFIED', :now, :now) on conflict (id) do nothing
                        """)
                        .param("id", id.value())
                        .param("street", street.value())
                        .param("joint", joint)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Puts one on record with all that has happened, for generated cities. */
    void load(Foundings.Established established, FoundedAs as) {
        UUID id = established.id().value();
        Foundings.Happened last = established.steps().getLast();
        boolean approved = last.stage() == Stage.APPROVED;
        jdbc.sql("""
                        insert into founding (id, street_id, joint, stage, stage_at, begun_at, superior_id, union_name, elected_on,
                                              union_id, approved_on, size_class, workers)
                        values (:id, :street, false, :stage, :stageAt, :begunAt, :superior, :name, :on,
                                :union, :approvedOn, :as, :workers)
                        """)
                .param("id", id)
                .param("street", established.street().value())
                .param("stage", last.stage().name())
                .param("stageAt", at(last.at()))
                .param("begunAt", at(established.steps().getFirst().at()))
                .param(
                        "superior",
                        last.stage().isStillChanging() && last.stage() != Stage.REJECTED
                                ? null
                                : established.street().value())
                .param("name", established.unionName())
                .param("on", last.at().atZone(CityClock.ZONE).toLocalDate())
                .param("union", established.union().map(UnionId::value).orElse(null))
                .param("approvedOn", approved ? last.at().atZone(CityClock.ZONE).toLocalDate() : null)
                .param("as", approved ? as.name() : null)
                .param("workers", approved ? established.workers() : null)
                .update();
        jdbc.sql("insert into founding_employer (founding_id, employer_id, is_open) values (:id, :employer, :open)")
                .param("id", id)
                .param("employer", established.employer().value())
                .param("open", !approved && last.stage() != Stage.GIVEN_UP)
                .update();
        jdbc.sql("""
                        insert into founding_officer (id, founding_id, line, position, name, login)
                        values (:officer, :id, 0, 'CHAIR', :name, '')
                        """)
                .param("officer", Ids.next(clock))
                .param("id", id)
                .param("name", established.chair())
                .update();
        for (Foundings.Happened step : established.steps()) {
            jdbc.sql("""
                            insert into founding_step (id, founding_id, stage, at, actor, note)
                            values (:step, :id, :stage, :at, :actor, :note)
                            """)
                    .param("step", Ids.next(clock))
                    .param("id", id)
                    .param("stage", step.stage().name())
                    .param("at", at(step.at()))
                    .param("actor", established.actor())
                    .param("note", step.note())
                    .update();
        }
    }

    /** False when somebody works towards a union there already. */
    boolean insertEmployer(FoundingId founding, EmployerId employer) {
        return jdbc.sql("""
                        insert into founding_employer (founding_id, employer_id, is_open) values (:founding, :employer, true)
                        on conflict do nothing
                        """)
                        .param("founding", founding.value())
                        .param("employer", employer.value())
                        .update()
                == 1;
    }

    void deleteEmployer(FoundingId founding, EmployerId employer) {
        jdbc.sql("delete from founding_employer where founding_id = :founding and employer_id = :employer")
                .param("founding", founding.value())
                .param("employer", employer.value())
                .update();
    }

    /** Says that somebody works towards a union at its employers, or that another may begin. */
    void setOpen(FoundingId founding, boolean open) {
        jdbc.sql("update founding_employer set is_open = :open where founding_id = :founding")
                .param("founding", founding.value())
                .param("open", open)
                .update();
    }

    /** Its employers, in the order of their ids: whoever locks them all locks them so. */
    List<EmployerId> employers(FoundingId founding) {
        return jdbc
                .sql("select employer_id from founding_employer where founding_id = :founding order by employer_id")
                .param("founding", founding.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(EmployerId::new)
                .toList();
    }

    /** The founding that is under way for an employer, whoever asks. */
    Optional<FoundingId> open(EmployerId employer) {
        return jdbc.sql("select founding_id from founding_employer where employer_id = :employer and is_open")
                .param("employer", employer.value())
                .query(UUID.class)
                .optional()
                .map(FoundingId::new);
    }

    void setJoint(FoundingId id, boolean joint) {
        jdbc.sql("update founding set joint = :joint where id = :id")
                .param("id", id.value())
                .param("joint", joint)
                .update();
    }

    /** A step: where it stands from now on, who said so, and what was said. Of a founding that the caller has locked. */
    void step(FoundingId id, Stage stage, Actor actor, String note) {
        jdbc.sql("update founding set stage = :stage, stage_at = :now where id = :id")
                .param("id", id.value())
                .param("stage", stage.name())
                .param("now", now())
                .update();
        insertStep(id, stage, actor, note);
    }

    void insertStep(FoundingId id, Stage stage, Actor actor, String note) {
        jdbc.sql("""
                        insert into founding_step (id, founding_id, stage, at, account_id, actor, note)
                        values (:id, :founding, :stage, :at, :account, :actor, :note)
                        """)
                .param("id", Ids.next(clock))
                .param("founding", id.value())
                .param("stage", stage.name())
                .param("at", now())
                .param("account", actor.account().map(AccountId::value).orElse(null))
                .param("actor", actor.name())
                .param("note", note)
                .update();
    }

    /** Who sent the application that waits or waited last, if that was somebody who signs in. */
    Optional<AccountId> applicant(FoundingId id) {
        return jdbc.sql("""
                        select account_id from founding_step
                         where founding_id = :id and stage = 'APPLIED' and account_id is not null order by at desc, id desc limit 1
                        """)
                .param("id", id.value())
                .query(UUID.class)
                .optional()
                .map(AccountId::new);
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

    /** The employer of a founding that is in another's hands, by its name; empty when none is. */
    Optional<String> taken(FoundingId founding) {
        return jdbc.sql("""
                        select name from founding_employer own
                          join founding_employer other on other.employer_id = own.employer_id and other.is_open
                          join employer_known on employer_known.id = own.employer_id
                         where own.founding_id = :founding and other.founding_id <> :founding limit 1
                        """)
                .param("founding", founding.value())
                .query(String.class)
                .optional();
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

    List<Founding.Step> steps(FoundingId id) {
        return jdbc.sql(
                        "select stage, at, actor, note from founding_step where founding_id = :id order by at desc, id desc")
                .param("id", id.value())
                .query((row, number) -> new Founding.Step(
                        Stage.valueOf(row.getString("stage")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("note")))
                .list();
    }

    /** Writes what is applied for. Of a founding that the caller has locked. */
    void apply(FoundingId id, Founding.Application application, List<Founding.Officer> officers) {
        jdbc.sql("""
                        update founding set superior_id = :superior, union_name = :name, short_name = :shortName,
                                            elected_on = :elected, grant_fen = :grant
                         where id = :id
                        """)
                .param("id", id.value())
                .param("superior", application.superior().value())
                .param("name", application.name())
                .param("shortName", application.shortName())
                .param("elected", application.electedOn())
                .param("grant", application.grant().map(Money::fen).orElse(null))
                .update();
        jdbc.sql("delete from founding_officer where founding_id = :id")
                .param("id", id.value())
                .update();
        for (int line = 0; line < officers.size(); line++) {
            Founding.Officer officer = officers.get(line);
            jdbc.sql("""
                            insert into founding_officer (id, founding_id, line, position, name, login)
                            values (:id, :founding, :line, :position, :name, :login)
                            """)
                    .param("id", officer.id())
                    .param("founding", id.value())
                    .param("line", line)
                    .param("position", officer.position())
                    .param("name", officer.name())
                    .param("login", officer.login())
                    .update();
        }
    }

    List<Founding.Officer> officers(FoundingId id) {
        return jdbc.sql("select id, position, name, login from founding_officer where founding_id = :id order by line")
                .param("id", id.value())
                .query((row, number) -> new Founding.Officer(
                        row.getObject("id", UUID.class),
                        row.getString("position"),
                        row.getString("name"),
                        row.getString("login")))
                .list();
    }

    /** Writes what was approved, with the step. Of a founding that the caller has locked. */
    void approve(FoundingId id, Founding.Approval approval, Actor actor) {
        jdbc.sql("""
                        update founding set stage = 'APPROVED', stage_at = :now, union_id = :union, approved_on = :on,
                                            size_class = :as, workers = :workers
                         where id = :id
                        """)
                .param("id", id.value())
                .param("now", now())
                .param("union", approval.union().value())
                .param("on", approval.on())
                .param("as", approval.as().name())
                .param("workers", approval.workers())
                .update();
        insertStep(id, Stage.APPROVED, actor, "");
    }

    Optional<Founding> find(FoundingId id, Reach reach) {
        return reached(COLUMNS + SEEN + " and founding.id = :id", id, reach).map(Locked::founding);
    }

    /** Locks a founding of a street that the actor reaches; empty when there is none such. */
    Optional<Locked> lock(FoundingId id, Reach reach) {
        return reached(
                COLUMNS + " where founding.id = :id and " + Within.reach("place.path") + " for update of founding",
                id,
                reach);
    }

    /** The same for whoever decides: the superior lies within the reach. */
    Optional<Locked> lockToDecide(FoundingId id, Reach reach) {
        return reached(
                COLUMNS + " join org_place above on above.union_id = superior_id and above.valid_to is null"
                        + " where founding.id = :id and " + Within.reach("above.path") + " for update of founding",
                id,
                reach);
    }

    private Optional<Locked> reached(String sql, FoundingId id, Reach reach) {
        return jdbc.sql(sql)
                .param("id", id.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Locked(founding(row), new UnionPath(row.getString("path"))))
                .optional();
    }

    /** An application waits where it is worked on, and where it is decided. */
    private static final String APPLIED_WITHIN = """
             where stage = 'APPLIED'
               and exists (select 1 from org_place place
                            where place.union_id in (street_id, superior_id) and place.valid_to is null
                              and place.path >= :low and place.path < :high and %s)
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
        jdbc.sql("""
                        select came.stage, count(*) as foundings
                          from (select distinct stage, founding_id from founding_step where at >= :from and at < :to) came
                          join founding on founding.id = founding_id
                          join org_place place on place.union_id = street_id and place.valid_to is null
                        """ + WITHIN + " group by came.stage")
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("from", at(from))
                .param("to", at(to))
                .query(row -> {
                    counts.put(Stage.valueOf(row.getString("stage")), row.getLong("foundings"));
                });
        return counts;
    }

    /** A line of a list: a founding, its employers' names, and how many work there as far as it is known. */
    record Line(Founding founding, String employers, int count, int workers) {}

    /** The next lines of a list; those of a stage that stand there the longest first, approved ones the latest first. */
    List<Line> lines(Foundings.Question question, Reach reach, Optional<Mark> after, int most) {
        boolean approved = question.stage() == Stage.APPROVED;
        // The union that was founded may have moved away from the street since: its figures went along, and so does its
        // line.
        String place = approved ? "founding.union_id" : "street_id";
        var sql = new StringBuilder("""
                select founding.id, street_id, joint, stage, stage_at, superior_id, union_name, short_name, elected_on,
                       grant_fen, founding.union_id, approved_on, size_class, founding.workers
                  from founding
                """);
        if (question.stage() == Stage.APPLIED) {
            sql.append(APPLIED_WITHIN);
        } else {
            sql.append(" join org_place place on place.union_id = ")
                    .append(place)
                    .append(" and place.valid_to is null")
                    .append(WITHIN)
                    .append(" and stage = :stage");
        }
        question.period().ifPresent(period -> sql.append(" and approved_on >= :from and approved_on < :to"));
        question.as().ifPresent(as -> sql.append(" and size_class = :as"));
        if (after.isPresent()) {
            sql.append(
                    approved
                            ? " and (stage_at, founding.id) < (:at, :mark)"
                            : " and (stage_at, founding.id) > (:at, :mark)");
        }
        sql.append(approved ? " order by stage_at desc, founding.id desc" : " order by stage_at, founding.id")
                .append(" limit :most");
        Mark mark = after.orElse(new Mark(Instant.EPOCH, new UUID(0, 0)));
        List<Founding> foundings = jdbc.sql(sql.toString())
                .param("low", question.union().path().low())
                .param("high", question.union().path().high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("stage", question.stage().name())
                .param("from", question.period().map(Foundings.Period::from).orElse(LocalDate.EPOCH))
                .param("to", question.period().map(Foundings.Period::to).orElse(LocalDate.EPOCH))
                .param("as", question.as().map(FoundedAs::name).orElse(""))
                .param("at", at(mark.at()))
                .param("mark", mark.id())
                .param("most", most)
                .query((row, number) -> founding(row))
                .list();
        Map<UUID, Line> named = named(foundings);
        return foundings.stream()
                .map(each -> Objects.requireNonNull(named.get(each.id().value())))
                .toList();
    }

    private Map<UUID, Line> named(List<Founding> foundings) {
        Map<UUID, Founding> byId =
                foundings.stream().collect(Collectors.toMap(each -> each.id().value(), Function.identity()));
        return jdbc
                .sql("""
                        select founding_id, string_agg(name, '、' order by workers desc nulls last, employer_id) as names,
                               count(*) as employers, coalesce(sum(workers), 0) as workers
                          from founding_employer join employer_known on employer_known.id = employer_id
                         where founding_id = any (:ids) group by founding_id
                        """)
                .param("ids", byId.keySet().toArray(UUID[]::new))
                .query((row, number) -> {
                    Founding founding = Objects.requireNonNull(byId.get(row.getObject("founding_id", UUID.class)));
                    return new Line(
                            founding,
                            row.getString("names"),
                            row.getInt("employers"),
                            founding.approval().map(Founding.Approval::workers).orElse(row.getInt("workers")));
                })
                .list()
                .stream()
                .collect(Collectors.toMap(line -> line.founding().id().value(), Function.identity()));
    }

    private static Founding founding(ResultSet row) throws SQLException {
        UUID superior = row.getObject("superior_id", UUID.class);
        UUID union = row.getObject("union_id", UUID.class);
        Long grant = row.getObject("grant_fen", Long.class);
        return new Founding(
                new FoundingId(row.getObject("id", UUID.class)),
                new UnionId(row.getObject("street_id", UUID.class)),
                row.getBoolean("joint"),
                Stage.valueOf(row.getString("stage")),
                row.getObject("stage_at", OffsetDateTime.class).toInstant(),
                superior == null
                        ? Optional.empty()
                        : Optional.of(new Founding.Application(
                                new UnionId(superior),
                                row.getString("union_name"),
                                row.getString("short_name"),
                                row.getObject("elected_on", LocalDate.class),
                                Optional.ofNullable(grant).map(Money::new))),
                union == null
                        ? Optional.empty()
                        : Optional.of(new Founding.Approval(
                                new UnionId(union),
                                row.getObject("approved_on", LocalDate.class),
                                FoundedAs.valueOf(row.getString("size_class")),
                                row.getInt("workers"))));
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
