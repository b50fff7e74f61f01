package org.gonghui.employer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.org.Spelling;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Employers and their headcounts. */
@Repository
class EmployerStore {

    /** An employer with its row locked, and where the union stands in whose streets it lies. */
    record Locked(Employer employer, UnionPath place) {}

    private static final String SELECT = """
            select employer.id, credit_code, name, street_id, address, trade, ownership, employer.union_id, closed_on,
                   counted_on, workers, women, new_form""";

    static final String COLUMNS = SELECT + " from employer";

    /** Where the union stands in whose streets it lies. */
    static final String PLACE = " join org_place place on place.union_id = street_id and place.valid_to is null";

    /** The street's place, and that of the union of its own, which whoever works for that union reaches. */
    private static final String REACHED = PLACE + """
             left join org_place own on own.union_id = employer.union_id and own.valid_to is null
             where (%s or %s)
            """.formatted(Within.reach("place.path"), Within.reach("own.path"));

    /** Largest first; whoever was never counted comes last. */
    private static final String BY_WORKERS = "-coalesce(workers, -1)";

    private final JdbcClient jdbc;
    private final Clock clock;

    EmployerStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What somebody looks for an employer by. */
    static String haystack(Employer employer) {
        Spelling spelling = Spelling.of(employer.name());
        return String.join(
                        " ",
                        employer.name(),
                        spelling.pinyin(),
                        spelling.initials(),
                        employer.code().map(CreditCode::text).orElse(""))
                .toLowerCase(Locale.ROOT);
    }

    /** Puts an employer on record; false when its id was given before. */
    boolean insert(Employer employer) {
        return jdbc.sql("""
                        insert into employer (id, credit_code, name, haystack, street_id, address, trade, ownership, recorded_at)
                        values (:id, :code, :name, :haystack, :street, :address, :trade, :ownership, :at)
                        on conflict (id) do nothing
                        """)
                        .param("id", employer.id().value())
                        .param("code", code(employer))
                        .param("name", employer.name())
                        .param("haystack", haystack(employer))
                        .param("street", employer.street().value())
                        .param("address", employer.address())
                        .param("trade", employer.trade().name())
                        .param("ownership", employer.ownership().name())
                        .param("at", now())
                        .update()
                == 1;
    }

    static @Nullable String code(Employer employer) {
        return employer.code().map(CreditCode::text).orElse(null);
    }

    /** Writes what is known of it anew. Of an employer that the caller has locked. */
    void update(Employer employer) {
        jdbc.sql("""
                        update employer set credit_code = :code, name = :name, haystack = :haystack, address = :address,
                                            trade = :trade, ownership = :ownership, street_id = :street
                         where id = :id
                        """)
                .param("id", employer.id().value())
                .param("code", code(employer))
                .param("name", employer.name())
                .param("haystack", haystack(employer))
                .param("address", employer.address())
                .param("trade", employer.trade().name())
                .param("ownership", employer.ownership().name())
                .param("street", employer.street().value())
                .update();
    }

    /** Says which union its workers belong to. Of an employer that the caller has locked. */
    void setUnion(EmployerId id, UnionId union) {
        jdbc.sql("update employer set union_id = :union where id = :id")
                .param("id", id.value())
                .param("union", union.value())
                .update();
    }

    /** Its workers belong to no union. Of an employer that the caller has locked. */
    void leave(EmployerId id) {
        jdbc.sql("update employer set union_id = null where id = :id")
                .param("id", id.value())
                .update();
    }

    /** The workers of one union's employers belong to another one; how many employers these are. */
    int goOver(UnionId from, UnionId to) {
        return jdbc.sql("update employer set union_id = :to where union_id = :from")
                .param("from", from.value())
                .param("to", to.value())
                .update();
    }

    /** The workers of a union's employers belong to none. */
    void leaveAll(UnionId union) {
        jdbc.sql("update employer set union_id = null where union_id = :union")
                .param("union", union.value())
                .update();
    }

    /**
     * Employers of streets that are no more lie in those of the heir; how many these are. One whose name an employer there
     * has, both without a code, stays where it was until somebody puts one of the two right.
     */
    int changeStreet(UnionId from, UnionId heir) {
        return jdbc.sql("""
                        update employer set street_id = :heir
                         where street_id = :from
                           and not (credit_code is null and closed_on is null
                                    and exists (select 1 from employer there
                                                 where there.street_id = :heir and there.name = employer.name
                                                   and there.credit_code is null and there.closed_on is null))
                        """)
                .param("from", from.value())
                .param("heir", heir.value())
                .update();
    }

    /** From when on it is not there any more; null for one that is there again. Of an employer that the caller has locked. */
    void setClosed(EmployerId id, @Nullable LocalDate on) {
        jdbc.sql("update employer set closed_on = :on where id = :id")
                .param("id", id.value())
                .param("on", on)
                .update();
    }

    /** True when another employer has this code, wherever it lies. */
    boolean codeTaken(CreditCode code, EmployerId butNot) {
        return jdbc.sql("select exists (select 1 from employer where credit_code = :code and id <> :butNot)")
                .param("code", code.text())
                .param("butNot", butNot.value())
                .query(Boolean.class)
                .single();
    }

    /** True when another employer of the same street has this name and has not closed; two whose codes are known are two. */
    boolean nameTaken(Employer employer) {
        return jdbc.sql("""
                        select exists (select 1 from employer
                                        where street_id = :street and name = :name and closed_on is null and id <> :butNot
                                          and (credit_code is null or cast(:code as text) is null))
                        """)
                .param("street", employer.street().value())
                .param("name", employer.name())
                .param("code", code(employer))
                .param("butNot", employer.id().value())
                .query(Boolean.class)
                .single();
    }

    Optional<Employer> find(EmployerId id, Reach reach) {
        return find("employer.id = :value", id.value(), reach);
    }

    Optional<Employer> byCode(CreditCode code, Reach reach) {
        return find("credit_code = :value", code.text(), reach);
    }

    private Optional<Employer> find(String which, Object value, Reach reach) {
        return jdbc.sql(COLUMNS + REACHED + " and " + which)
                .param("value", value)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> employer(row))
                .optional();
    }

    /** Locks an employer in a street that the actor reaches; empty when there is none such. */
    Optional<Locked> lock(EmployerId id, Reach reach) {
        return jdbc.sql(SELECT + ", place.path from employer" + PLACE + " where employer.id = :id and "
                        + Within.reach("place.path") + " for update of employer")
                .param("id", id.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Locked(employer(row), new UnionPath(row.getString("path"))))
                .optional();
    }

    /** The next rows of a list, the first row after the mark first. */
    List<Employer> rows(EmployerLists.Question question, Reach reach, Optional<EmployerLists.Mark> after, int most) {
        String order =
                question.sort() == EmployerLists.Sort.WORKERS ? BY_WORKERS + ", employer.id" : "employer.id desc";
        String beyond = after.isEmpty()
                ? ""
                : question.sort() == EmployerLists.Sort.WORKERS
                        ? " and (" + BY_WORKERS + ", employer.id) > (:rank, :mark)"
                        : " and employer.id < :mark";
        return question(
                        COLUMNS,
                        question.union().isWide(),
                        question,
                        reach,
                        beyond + " order by " + order + " limit :most")
                .param("most", most)
                .param("rank", after.map(EmployerLists.Mark::rank).orElse(0))
                .param("mark", after.map(EmployerLists.Mark::id).orElse(new UUID(0, 0)))
                .query((row, number) -> employer(row))
                .list();
    }

    /** What all rows of a list come to. */
    EmployerLists.Sums sums(EmployerLists.Question question, Reach reach) {
        return question("""
                        select count(*) as employers, count(workers) as counted, coalesce(sum(workers), 0) as workers,
                               coalesce(sum(women), 0) as women, coalesce(sum(new_form), 0) as new_form,
                               count(employer.union_id) as with_union, min(counted_on) as oldest
                          from employer
                        """, false, question, reach, "")
                .query((row, number) -> new EmployerLists.Sums(
                        row.getLong("employers"),
                        row.getLong("counted"),
                        row.getLong("workers"),
                        row.getLong("women"),
                        row.getLong("new_form"),
                        row.getLong("with_union"),
                        Optional.ofNullable(row.getObject("oldest", LocalDate.class))))
                .single();
    }

    /**
     * Of a base union, the employers whose workers belong to it; of any other, those in its streets.
     *
     * @param eachAsked where an employer stands is asked one by one, in the order of the rows
     */
    private JdbcClient.StatementSpec question(
            String select, boolean eachAsked, EmployerLists.Question question, Reach reach, String rest) {
        String stands = question.union().kind().isBase() ? "employer.union_id" : "street_id";
        String within = " path >= :low and path < :high and " + Within.reach("path");
        String place = " org_place place %s place.union_id = " + stands + " and place.valid_to is null ";
        var sql = new StringBuilder(select)
                .append(
                        eachAsked
                                ? " where (select" + within + " from" + place.formatted("where") + ")"
                                : " join" + place.formatted("on") + "where" + within)
                .append(" and closed_on is null");
        switch (question.organised()) {
            case ALL -> {}
            case WITHOUT -> sql.append(" and employer.union_id is null");
            case WITH -> sql.append(" and employer.union_id is not null");
        }
        question.size().ifPresent(size -> sql.append(" and workers >= :fewest and workers < :most_workers"));
        if (!question.text().isEmpty()) {
            sql.append(" and haystack like :text");
        }
        return jdbc.sql(sql.append(rest).toString())
                .param("low", question.union().path().low())
                .param("high", question.union().path().high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("fewest", question.size().map(SizeClass::from).orElse(0))
                .param("most_workers", question.size().map(SizeClass::to).orElse(0))
                .param("text", "%" + question.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    /** Writes a headcount; one of the same day is written anew. Of an employer that the caller has locked. */
    void putHeadcount(EmployerId employer, Headcount headcount) {
        jdbc.sql("delete from employer_headcount where employer_id = :employer and counted_on = :on")
                .param("employer", employer.value())
                .param("on", headcount.countedOn())
                .update();
        jdbc.sql("""
                        insert into employer_headcount (id, employer_id, counted_on, workers, women, recorded_at, recorded_by)
                        values (:id, :employer, :on, :workers, :women, :at, :by)
                        """)
                .param("id", headcount.id())
                .param("employer", employer.value())
                .param("on", headcount.countedOn())
                .param("workers", headcount.workers())
                .param("women", headcount.women())
                .param("at", now())
                .param("by", headcount.recordedBy())
                .update();
        headcount
                .byForm()
                .forEach((form, workers) -> jdbc.sql("""
                        insert into employer_headcount_form (headcount_id, employment, workers) values (:id, :form, :workers)
                        """)
                        .param("id", headcount.id())
                        .param("form", form)
                        .param("workers", workers)
                        .update());
        refreshLatest(List.of(employer));
    }

    /** Writes the latest headcount to its employer. */
    void refreshLatest(Collection<EmployerId> employers) {
        jdbc.sql("""
                        update employer set (counted_on, workers, women, new_form) =
                               (select counted_on, headcount.workers, women,
                                       coalesce((select sum(form.workers) from employer_headcount_form form
                                                   join member_employment on code = employment and member_employment.new_form
                                                  where headcount_id = headcount.id), 0)
                                  from employer_headcount headcount
                                 where employer_id = employer.id order by counted_on desc limit 1)
                         where id = any (:ids)
                        """)
                .param("ids", employers.stream().map(EmployerId::value).toArray(UUID[]::new))
                .update();
    }

    /** The headcounts of an employer, the latest first. */
    List<Headcount> headcounts(EmployerId employer) {
        Map<UUID, Map<String, Integer>> forms = new HashMap<>();
        jdbc.sql("""
                        select headcount_id, employment, form.workers from employer_headcount_form form
                          join employer_headcount headcount on headcount.id = headcount_id
                         where employer_id = :employer
                        """).param("employer", employer.value()).query(row -> {
            forms.computeIfAbsent(row.getObject("headcount_id", UUID.class), id -> new TreeMap<>())
                    .put(row.getString("employment"), row.getInt("workers"));
        });
        return jdbc.sql("""
                        select id, counted_on, workers, women, recorded_by from employer_headcount
                         where employer_id = :employer order by counted_on desc
                        """)
                .param("employer", employer.value())
                .query((row, number) -> new Headcount(
                        row.getObject("id", UUID.class),
                        row.getObject("counted_on", LocalDate.class),
                        row.getInt("workers"),
                        row.getObject("women", Integer.class),
                        forms.getOrDefault(row.getObject("id", UUID.class), Map.of()),
                        row.getString("recorded_by")))
                .list();
    }

    static Employer employer(ResultSet row) throws SQLException {
        LocalDate countedOn = row.getObject("counted_on", LocalDate.class);
        return new Employer(
                new EmployerId(row.getObject("id", UUID.class)),
                Optional.ofNullable(row.getString("credit_code")).map(CreditCode::new),
                row.getString("name"),
                new UnionId(row.getObject("street_id", UUID.class)),
                row.getString("address"),
                Trade.valueOf(row.getString("trade")),
                Ownership.valueOf(row.getString("ownership")),
                Optional.ofNullable(row.getObject("union_id", UUID.class)).map(UnionId::new),
                Optional.ofNullable(row.getObject("closed_on", LocalDate.class)),
                countedOn == null
                        ? Optional.empty()
                        : Optional.of(new Employer.Staff(
                                countedOn,
                                row.getInt("workers"),
                                row.getObject("women", Integer.class),
                                row.getInt("new_form"))));
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
