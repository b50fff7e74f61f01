package org.gonghui.founding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.employer.EmployerId;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Money;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Foundings, their employers, steps and elected officers, one at a time. */
@Repository
class FoundingStore {

    /** A founding with its row locked, and where whoever works towards it stands. */
    record Locked(Founding founding, UnionPath place) {}

    /** What {@link #founding} reads. */
    static final String SELECT = """
            select founding.id, street_id, joint, stage, stage_at, superior_id, union_name, short_name, elected_on, grant_fen,
                   founding.union_id, approved_on, size_class, founding.workers""";

    private static final String COLUMNS = SELECT + """
             , place.path
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

    private final JdbcClient jdbc;
    private final Clock clock;

    FoundingStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins one; false when its id was given before. */
    boolean insert(FoundingId id, UnionId street) {
        return jdbc.sql("""
                        insert into founding (id, street_id, joint, stage, stage_at, begun_at)
                        values (:id, :street, false, 'VERIFIED', :now, :now) on conflict (id) do nothing
                        """)
                        .param("id", id.value())
                        .param("street", street.value())
                        .param("now", now())
                        .update()
                == 1;
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
                                            size_class = :class, workers = :workers
                         where id = :id
                        """)
                .param("id", id.value())
                .param("now", now())
                .param("union", approval.union().value())
                .param("on", approval.on())
                .param("class", approval.foundingClass().name())
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

    static Founding founding(ResultSet row) throws SQLException {
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
                                FoundingClass.valueOf(row.getString("size_class")),
                                row.getInt("workers"))));
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
