package org.gonghui.employer;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gonghui.database.Copy;
import org.gonghui.database.Within;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Many employers in few statements. */
@Repository
class ManyEmployersStore {

    private final JdbcClient jdbc;
    private final Copy copy;
    private final EmployerStore employers;
    private final Clock clock;

    ManyEmployersStore(JdbcClient jdbc, Copy copy, EmployerStore employers, Clock clock) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.employers = employers;
        this.clock = clock;
    }

    /** By code, or by name within a street, of those within the reach. */
    List<Employer> sought(ManyEmployers.Sought sought, Reach reach) {
        return jdbc.sql(EmployerStore.COLUMNS + EmployerStore.PLACE + """
                         where employer.id in (select id from employer where credit_code = any (:codes)
                                               union
                                               select id from employer where street_id = any (:streets) and name = any (:names))
                           and
                        """ + Within.reach("place.path")
                        + " order by employer.id")
                .param("codes", codes(sought.codes()))
                .param("streets", sought.streets().stream().map(UnionId::value).toArray(UUID[]::new))
                .param("names", sought.names().toArray(String[]::new))
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> EmployerStore.employer(row))
                .list();
    }

    /** Which of these codes are on record, wherever. */
    Set<CreditCode> taken(Collection<CreditCode> codes) {
        return jdbc
                .sql("select credit_code from employer where credit_code = any (:codes)")
                .param("codes", codes(codes))
                .query(String.class)
                .list()
                .stream()
                .map(CreditCode::new)
                .collect(Collectors.toSet());
    }

    private static String[] codes(Collection<CreditCode> codes) {
        return codes.stream().map(CreditCode::text).toArray(String[]::new);
    }

    /** The headcounts of these employers on these days. */
    Map<EmployerId, List<Headcount>> headcounts(List<EmployerId> of, Collection<LocalDate> days) {
        Map<UUID, Map<String, Integer>> forms = new HashMap<>();
        Map<EmployerId, List<Headcount>> headcounts = new HashMap<>();
        which("""
                select headcount_id, employment, form.workers from employer_headcount_form form
                  join employer_headcount headcount on headcount.id = headcount_id
                """, of, days).query(row -> {
            forms.computeIfAbsent(row.getObject("headcount_id", UUID.class), id -> new TreeMap<>())
                    .put(row.getString("employment"), row.getInt("workers"));
        });
        which("select id, employer_id, counted_on, workers, women, recorded_by from employer_headcount", of, days)
                .query(row -> {
                    UUID id = row.getObject("id", UUID.class);
                    headcounts
                            .computeIfAbsent(
                                    new EmployerId(row.getObject("employer_id", UUID.class)), each -> new ArrayList<>())
                            .add(new Headcount(
                                    id,
                                    row.getObject("counted_on", LocalDate.class),
                                    row.getInt("workers"),
                                    row.getObject("women", Integer.class),
                                    forms.getOrDefault(id, Map.of()),
                                    row.getString("recorded_by")));
                });
        return headcounts;
    }

    private JdbcClient.StatementSpec which(String select, List<EmployerId> of, Collection<LocalDate> days) {
        return jdbc.sql(select + " where employer_id = any (:ids) and counted_on = any (cast(:days as date[]))")
                .param("ids", ids(of))
                .param("days", texts(days));
    }

    /** The driver has no arrays of days. */
    private static String[] texts(Collection<LocalDate> days) {
        return days.stream().map(LocalDate::toString).toArray(String[]::new);
    }

    void lock(Collection<EmployerId> employers) {
        jdbc.sql("select id from employer where id = any (:ids) order by id for update")
                .param("ids", ids(employers))
                .query(UUID.class)
                .list();
    }

    /** How many it put on record: fewer where one is there, or its street lies outside the reach. */
    int insert(List<Employer> fresh, Reach reach) {
        return facts("""
                        insert into employer (id, credit_code, name, haystack, street_id, address, trade, ownership, recorded_at)
                        select given.id, code, name, haystack, street, address, trade, ownership, :at
                        """ + GIVEN + " on conflict do nothing", fresh, reach)
                .param("at", now())
                .update();
    }

    /** How many it wrote anew; of employers that the caller has locked. */
    int update(List<Employer> known, Reach reach) {
        return facts("""
                        update employer set credit_code = fresh.code, name = fresh.name, haystack = fresh.haystack,
                                            address = fresh.address, trade = fresh.trade, ownership = fresh.ownership
                          from (select given.id, code, name, haystack, street, address, trade, ownership
                        """ + GIVEN + ") as fresh where fresh.id = employer.id and fresh.street = street_id", known, reach)
                .update();
    }

    private static final String GIVEN = """
              from unnest(:ids, :codes, :names, :haystacks, :streets, :addresses, :trades, :ownerships)
                   as given (id, code, name, haystack, street, address, trade, ownership)
              join org_place place on place.union_id = street and place.valid_to is null
             where
            """ + Within.reach("place.path");

    private JdbcClient.StatementSpec facts(String sql, List<Employer> of, Reach reach) {
        return jdbc.sql(sql)
                .param("ids", each(of, employer -> employer.id().value()).toArray(UUID[]::new))
                .param("codes", texts(of, EmployerStore::code))
                .param("names", texts(of, Employer::name))
                .param("haystacks", texts(of, EmployerStore::haystack))
                .param(
                        "streets",
                        each(of, employer -> employer.street().value()).toArray(UUID[]::new))
                .param("addresses", texts(of, Employer::address))
                .param("trades", texts(of, employer -> employer.trade().name()))
                .param("ownerships", texts(of, employer -> employer.ownership().name()))
                .param("lows", reach.lows())
                .param("highs", reach.highs());
    }

    private static <T> List<T> each(List<Employer> of, Function<Employer, T> fact) {
        return of.stream().map(fact).toList();
    }

    private static @Nullable String[] texts(List<Employer> of, Function<Employer, @Nullable String> fact) {
        @Nullable String[] texts = new String[of.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = fact.apply(of.get(i));
        }
        return texts;
    }

    /** Writes the headcounts of these entries, in place of those of the same day. */
    void putHeadcounts(List<ManyEmployers.Entry> entries) {
        List<EmployerId> of =
                entries.stream().map(entry -> entry.employer().id()).toList();
        List<Headcount> headcounts =
                entries.stream().flatMap(entry -> entry.headcount().stream()).toList();
        jdbc.sql("""
                        delete from employer_headcount using unnest(:ids, cast(:days as date[])) as given (id, on_day)
                         where employer_id = given.id and counted_on = on_day
                        """)
                .param("ids", ids(of))
                .param(
                        "days",
                        texts(headcounts.stream().map(Headcount::countedOn).toList()))
                .update();
        OffsetDateTime now = now();
        try (Copy.Rows into = copy.into(HEADCOUNT)) {
            for (int i = 0; i < headcounts.size(); i++) {
                Headcount headcount = headcounts.get(i);
                into.row(
                        headcount.id(),
                        of.get(i).value(),
                        headcount.countedOn(),
                        headcount.workers(),
                        headcount.women(),
                        now,
                        headcount.recordedBy());
            }
        }
        try (Copy.Rows into = copy.into(HEADCOUNT_FORM)) {
            for (Headcount headcount : headcounts) {
                headcount.byForm().forEach((form, workers) -> into.row(headcount.id(), form, workers));
            }
        }
        employers.refreshLatest(of);
    }

    private static final String HEADCOUNT =
            "employer_headcount (id, employer_id, counted_on, workers, women, recorded_at, recorded_by)";
    private static final String HEADCOUNT_FORM = "employer_headcount_form (headcount_id, employment, workers)";

    /** Loads many that are not on record, each with its headcount, for generated cities. */
    void load(List<ManyEmployers.Established> established, String recordedBy) {
        List<Employer> employers =
                established.stream().map(ManyEmployers.Established::employer).toList();
        OffsetDateTime now = now();
        try (Copy.Rows into =
                copy.into("employer (id, credit_code, name, haystack, street_id, address, trade, ownership,"
                        + " union_id, recorded_at, counted_on, workers, women, new_form)")) {
            for (Employer employer : employers) {
                Employer.Staff staff = employer.staff().orElseThrow();
                into.row(
                        employer.id().value(),
                        EmployerStore.code(employer),
                        employer.name(),
                        EmployerStore.haystack(employer),
                        employer.street().value(),
                        employer.address(),
                        employer.trade().name(),
                        employer.ownership().name(),
                        employer.union().map(UnionId::value).orElse(null),
                        now,
                        staff.countedOn(),
                        staff.workers(),
                        staff.women(),
                        staff.newForm());
            }
        }
        try (Copy.Rows into = copy.into(HEADCOUNT)) {
            for (Employer employer : employers) {
                Employer.Staff staff = employer.staff().orElseThrow();
                into.row(
                        employer.id().value(), // one each: the employer's own id will do
                        employer.id().value(),
                        staff.countedOn(),
                        staff.workers(),
                        staff.women(),
                        now,
                        recordedBy);
            }
        }
        try (Copy.Rows into = copy.into(HEADCOUNT_FORM)) {
            for (ManyEmployers.Established each : established) {
                each.byForm()
                        .forEach(
                                (form, workers) -> into.row(each.employer().id().value(), form, workers));
            }
        }
        for (String each : List.of("employer", "employer_headcount", "employer_headcount_form")) {
            jdbc.sql("analyze " + each).update();
        }
    }

    private static UUID[] ids(Collection<EmployerId> employers) {
        return employers.stream().map(EmployerId::value).toArray(UUID[]::new);
    }

    private OffsetDateTime now() {
        return clock.instant().atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
