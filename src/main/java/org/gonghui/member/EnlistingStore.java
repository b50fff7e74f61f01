package org.gonghui.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.gonghui.database.Copy;
import org.gonghui.database.Within;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.Spelling;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People of a list, and what becomes of them all at once. */
@Repository
class EnlistingStore implements SealedColumns {

    /** Sealed for the place that the person's row will have: whoever becomes a member keeps id and seal. */
    private static final List<SealedColumn> SEALED = List.of(
            new SealedColumn("member_enlisted", "identity_sealed", "id", "id", MemberStore.IDENTITY.place()),
            new SealedColumn("member_enlisted", "phone_sealed", "id", "id", MemberStore.PHONE.place()));

    /** Memberships of a union that began in the same way, with the same form of employment. */
    record Counted(UnionId union, Membership.Beginning by, Employment employment, int count) {}

    private static final String COUNTED = """
            select union_id, began_by, code, new_form, count(*) as count
              from %s join member_employment on code = employment_at_start
             group by union_id, began_by, code, new_form
            """;

    private final JdbcClient jdbc;
    private final Copy copy;
    private final Sealer sealer;
    private final Clock clock;

    EnlistingStore(JdbcClient jdbc, Copy copy, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.sealer = sealer;
        this.clock = clock;
    }

    void clear(UUID list) {
        jdbc.sql("delete from member_enlisted where list_id = :list")
                .param("list", list)
                .update();
    }

    void put(UUID list, Consumer<Consumer<Enlisting.Candidate>> people) {
        try (Copy.Rows rows = copy.into("""
                member_enlisted (list_id, row, id, membership_id, union_id, name, pinyin, sex, birth_date,
                                 identity_sealed, identity_blind, phone_sealed, phone_blind, blind_key, employment)
                """)) {
            int key = sealer.blindKeyId();
            people.accept(person -> {
                UUID id = Ids.next(clock);
                String identity = person.identity().text();
                rows.row(
                        list,
                        person.row(),
                        id,
                        Ids.next(clock),
                        person.union(),
                        person.name(),
                        Spelling.of(person.name()).pinyin(),
                        person.identity().sex(),
                        person.identity().birthDate(),
                        sealer.seal(identity, MemberStore.IDENTITY.of(id)),
                        sealer.blind("identity", identity),
                        person.phone()
                                .map(phone -> sealer.seal(phone.text(), MemberStore.PHONE.of(id)))
                                .orElse(null),
                        person.phone()
                                .map(phone -> sealer.blind(PhoneNumber.BLIND, phone.text()))
                                .orElse(null),
                        key,
                        person.employment());
            });
        }
        jdbc.sql("analyze member_enlisted").update();
    }

    Map<Enlisting.Outcome, Long> outcomes(UUID list) {
        Map<Enlisting.Outcome, Long> outcomes = new EnumMap<>(Enlisting.Outcome.class);
        Arrays.stream(Enlisting.Outcome.values()).forEach(outcome -> outcomes.put(outcome, 0L));
        jdbc.sql(
                        "select outcome, count(*) as count from member_enlisted_outcome where list_id = :list group by outcome")
                .param("list", list)
                .query(row -> {
                    outcomes.put(Enlisting.Outcome.valueOf(row.getString("outcome")), row.getLong("count"));
                });
        return outcomes;
    }

    List<Integer> rows(UUID list, Enlisting.Outcome outcome, int most) {
        return jdbc.sql("""
                        select row from member_enlisted_outcome
                         where list_id = :list and outcome = :outcome order by row limit :most
                        """)
                .param("list", list)
                .param("outcome", outcome.name())
                .param("most", most)
                .query(Integer.class)
                .list();
    }

    /** The first rows in the list's order. What becomes of them is asked by identity number, not of the whole list. */
    List<Enlisting.Entry> first(UUID list, int most) {
        List<Entry> entries = jdbc.sql("""
                        select row, id, name, identity_sealed, identity_blind, employment, union_id
                          from member_enlisted where list_id = :list order by row limit :most
                        """)
                .param("list", list)
                .param("most", most)
                .query((row, number) -> new Entry(
                        row.getBytes("identity_blind"),
                        new Enlisting.Entry(
                                row.getInt("row"),
                                row.getString("name"),
                                identity(row),
                                row.getString("employment"),
                                new UnionId(row.getObject("union_id", UUID.class)),
                                Enlisting.Outcome.NEW)))
                .list();
        Map<Integer, Enlisting.Outcome> outcomes = new HashMap<>();
        jdbc.sql("""
                        select row, outcome from member_enlisted_outcome
                         where list_id = :list and identity_blind = any(:blinds)
                        """)
                .param("list", list)
                .param("blinds", entries.stream().map(Entry::blind).toArray(byte[][]::new))
                .query(row -> {
                    outcomes.put(row.getInt("row"), Enlisting.Outcome.valueOf(row.getString("outcome")));
                });
        return entries.stream()
                .map(Entry::told)
                .map(entry -> entry.as(outcomes.getOrDefault(entry.row(), entry.outcome())))
                .toList();
    }

    /** A row with the blind index by which what becomes of it is asked. */
    private record Entry(byte[] blind, Enlisting.Entry told) {}

    private String identity(ResultSet row) throws SQLException {
        String number =
                sealer.open(row.getBytes("identity_sealed"), MemberStore.IDENTITY.of(row.getObject("id", UUID.class)));
        return IdentityNumber.read(number).orElseThrow().masked();
    }

    boolean holds(UUID list) {
        return jdbc.sql("select exists (select 1 from member_enlisted where list_id = :list)")
                .param("list", list)
                .query(Boolean.class)
                .single();
    }

    List<UnionId> unions(UUID list) {
        return jdbc
                .sql("select distinct union_id from member_enlisted where list_id = :list")
                .param("list", list)
                .query(UUID.class)
                .list()
                .stream()
                .map(UnionId::new)
                .toList();
    }

    boolean standWithin(List<UnionId> unions, Reach reach) {
        return jdbc.sql("select count(*) from org_place place where place.union_id = any(:unions)"
                                + " and place.valid_to is null and not place.estate and " + Within.reach("place.path"))
                        .param("unions", ids(unions))
                        .param("lows", reach.lows())
                        .param("highs", reach.highs())
                        .query(Long.class)
                        .single()
                == unions.size();
    }

    /** Makes the people and memberships that are missing; these, counted. */
    List<Counted> admit(UUID list, LocalDate today, Membership.Beginning beginning) {
        // A long list is joined and sorted in memory rather than in files: for this transaction alone.
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("""
                        insert into member (id, name, pinyin, sex, birth_date, identity_sealed, identity_blind,
                                            phone_sealed, phone_blind, blind_key)
                        select distinct on (identity_blind) id, name, pinyin, sex, birth_date, identity_sealed, identity_blind,
                               phone_sealed, phone_blind, blind_key
                          from member_enlisted where list_id = :list
                         order by identity_blind, row
                        on conflict (identity_blind) do nothing
                        """).param("list", list).update();
        jdbc.sql("""
                        insert into member_comparing (member_id)
                        select member.id from member_enlisted enlisted join member on member.id = enlisted.id
                         where enlisted.list_id = :list
                        """).param("list", list).update();
        // Whoever was on record before may be admitted or transferred elsewhere just now.
        jdbc.sql("""
                        with known as materialized (
                        select coalesce(known.merged_into, known.id) as id from member known
                          join member_enlisted enlisted on enlisted.identity_blind = known.identity_blind
                         where enlisted.list_id = :list and known.id <> enlisted.id)
                        select count(*) from (
                        select member.id from member where member.id in (select known.id from known)
                         order by member.id for update of member) locked
                        """).param("list", list).query().singleRow();
        // Where a union stands is looked up once and not for each of its people. In the list's order the ids, made in
        // that
        // order too, are put at the end of most indexes; people, whom other lists may have, are locked in one order
        // above.
        return jdbc.sql("with above as materialized (select place.union_id, district.union_id as district_id,"
                        + " street.union_id as street_id from org_place place "
                        + MovingStore.ABOVE
                        + """
                         where place.valid_to is null and place.union_id in
                               (select union_id from member_enlisted where list_id = :list)),
                        begun as (insert into member_membership
                        """
                        + " (id, member_id, union_id, began_on, began_by, employment_at_start, employment,"
                        + " district_id, street_id, spelling, number, sex, list_id) "
                        + """
                        select enlisted.membership_id, member.id, enlisted.union_id, :today,
                               case when member.id = enlisted.id then :beginning else 'rejoined' end,
                               enlisted.employment, enlisted.employment, above.district_id, above.street_id,
                               member.pinyin || ' ' || member.name, member.number, member.sex, enlisted.list_id
                          from member_enlisted enlisted
                          join member found on found.identity_blind = enlisted.identity_blind
                          join member on member.id = coalesce(found.merged_into, found.id)
                          join above on above.union_id = enlisted.union_id
                         where enlisted.list_id = :list and enlisted.name in (found.name, member.name)
                           and (found.merged_into is null
                                or not exists (select 1 from member of
                                                 join member_enlisted other on other.list_id = :list
                                                                           and other.identity_blind = of.identity_blind
                                                where (of.id = found.merged_into or of.merged_into = found.merged_into)
                                                  and of.id <> found.id
                                                  and (of.merged_into is null or other.row < enlisted.row)))
                           and not exists (select 1 from member_enlisted earlier
                                            where earlier.list_id = :list and earlier.identity_blind = enlisted.identity_blind
                                              and earlier.row < enlisted.row)
                           and not exists (select 1 from member_membership held
                                            where held.member_id = member.id
                                              and (held.ended_on is null or held.ended_by = 'died'))
                         order by enlisted.row
                        returning union_id, began_by, employment_at_start)
                        """
                        + COUNTED.formatted("begun"))
                .param("list", list)
                .param("today", today)
                .param("beginning", beginning.code())
                .query(EnlistingStore::counted)
                .list();
    }

    private static final String BY_LIST =
            " held.list_id = :list and held.union_id = any(:unions) and held.began_on = :on ";

    /** Deletes the memberships of the list that live as they began, and the people who never had another; these, counted. */
    List<Counted> takeBack(UUID list, LocalDate on, List<UnionId> unions) {
        // Whatever else changes memberships locks their people first, and what it changed is seen below.
        jdbc.sql("select count(*) from (select member.id from member where member.id in"
                        + " (select held.member_id from member_membership held where" + BY_LIST
                        + ") order by member.id for update of member) people")
                .param("list", list)
                .param("unions", ids(unions))
                .param("on", on)
                .query()
                .singleRow();
        return jdbc.sql("with gone as (delete from member_membership held where " + BY_LIST + """
                          and held.ended_on is null
                          and not exists (select 1 from member absorbed where absorbed.merged_into = held.member_id)
                          and not exists (select 1 from member_employment_change changed
                                           where changed.membership_id = held.id)
                        returning held.id, held.member_id, held.union_id, held.began_by, held.employment_at_start),
                        forgotten as (
                        delete from member using gone
                         where member.id = gone.member_id
                           and not exists (select 1 from member_membership other
                                            where other.member_id = member.id and other.id <> gone.id))
                        """
                        + COUNTED.formatted("gone"))
                .param("list", list)
                .param("unions", ids(unions))
                .param("on", on)
                .query(EnlistingStore::counted)
                .list();
    }

    /** How many memberships of the list there are. */
    long left(UUID list, LocalDate on, List<UnionId> unions) {
        return jdbc.sql("select count(*) from member_membership held where " + BY_LIST)
                .param("list", list)
                .param("unions", ids(unions))
                .param("on", on)
                .query(Long.class)
                .single();
    }

    private static Counted counted(ResultSet row, int number) throws SQLException {
        return new Counted(
                new UnionId(row.getObject("union_id", UUID.class)),
                Membership.Beginning.of(row.getString("began_by")),
                new Employment(row.getString("code"), row.getBoolean("new_form")),
                row.getInt("count"));
    }

    private static UUID[] ids(List<UnionId> unions) {
        return unions.stream().map(UnionId::value).toArray(UUID[]::new);
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return SEALED;
    }
}
