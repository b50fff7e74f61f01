package org.gonghui.duplicate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Likenesses;
import org.gonghui.member.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Pairs of records that may be one person's, and what was decided about them. */
@Repository
class DuplicateStore {

    private static final String COLUMNS = """
            pair.id, pair.first_id, pair.second_id, pair.same_phone, pair.same_name_and_birth_date, pair.near_number,
            pair.found_at, pair.state, pair.merge_id, pair.decided_at, pair.decided_name, pair.reason
            """;

    /** Both records with the places where they are kept; none where one leads to another. */
    private static final String KEPT = """
              from duplicate_pair pair
              join member_kept one on one.member_id = pair.first_id
              join org_place one_place on one_place.union_id = one.union_id and one_place.valid_to is null
              join member_kept other on other.member_id = pair.second_id
              join org_place other_place on other_place.union_id = other.union_id and other_place.valid_to is null
            """;

    private static final String ONE = Within.reach("one_place.path");
    private static final String OTHER = Within.reach("other_place.path");
    private static final String AT = " ((one_place.path >= :low and one_place.path < :high)"
            + " or (other_place.path >= :low and other_place.path < :high)) ";

    private final JdbcClient jdbc;

    DuplicateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A pair, and which of the two the reader reaches. */
    record Line(Pair pair, Optional<Seen> one, Optional<Seen> other) {}

    /** What of a record a list shows. */
    record Seen(MemberId member, String name, long number, UUID union) {}

    /**
     * What was found alike of those who were compared. Two that were said to be two people's stay so while both records say
     * what they said.
     */
    void keep(Likenesses.Compared compared, Instant now) {
        jdbc.sql("""
                        delete from duplicate_pair
                         where state = 'open' and (first_id = any(:ids) or second_id = any(:ids))
                           and not exists (select 1 from unnest(:ones, :others) as found (one, other)
                                            where found.one = first_id and found.other = second_id)
                        """)
                .param("ids", ids(compared.members().stream()))
                .param("ones", ids(compared.pairs().stream().map(Likenesses.Pair::one)))
                .param("others", ids(compared.pairs().stream().map(Likenesses.Pair::other)))
                .update();
        for (Likenesses.Pair pair : compared.pairs()) {
            jdbc.sql("""
                            insert into duplicate_pair as pair (id, first_id, second_id, same_phone, same_name_and_birth_date,
                                                                near_number, seen, found_at, state)
                            values (:id, :one, :other, :phone, :name, :number, :seen, :now, 'open')
                            on conflict (first_id, second_id) do update
                               set same_phone = excluded.same_phone,
                                   same_name_and_birth_date = excluded.same_name_and_birth_date,
                                   near_number = excluded.near_number, seen = excluded.seen, state = 'open',
                                   merge_id = null, decided_at = null, decided_by = null, decided_name = '', reason = ''
                             where pair.seen <> excluded.seen and pair.state <> 'merged'
                            """)
                    .param("id", UUID.randomUUID())
                    .param("one", pair.one().value())
                    .param("other", pair.other().value())
                    .param("phone", pair.samePhone())
                    .param("name", pair.sameNameAndBirthDate())
                    .param("number", pair.nearNumber())
                    .param("seen", pair.seen())
                    .param("now", at(now))
                    .update();
        }
    }

    /** Pairs that wait for the actor, who reaches both; the surest first. */
    List<Line> toDecide(Reach reach, UnionPath at, Pair.State state, int most) {
        return lines("pair.state = :state and " + ONE + " and " + OTHER, state, reach, at, most);
    }

    /** Pairs of which the actor reaches one. */
    List<Line> elsewhere(Reach reach, UnionPath at, int most) {
        return lines("pair.state = :state and (" + ONE + ") <> (" + OTHER + ")", Pair.State.OPEN, reach, at, most);
    }

    private List<Line> lines(String condition, Pair.State state, Reach reach, UnionPath at, int most) {
        return jdbc.sql("select " + COLUMNS
                        + ", one.name as one_name, one.number as one_number, one.union_id as one_union,"
                        + " other.name as other_name, other.number as other_number, other.union_id as other_union,"
                        + ONE + " as one_within, " + OTHER + " as other_within" + KEPT + " where " + condition + " and "
                        + AT
                        + """
                         order by pair.near_number desc,
                                  cast(pair.same_phone as integer) + cast(pair.same_name_and_birth_date as integer) desc,
                                  coalesce(pair.decided_at, pair.found_at) desc, pair.id
                         limit :most
                        """)
                .param("state", code(state))
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("most", most)
                .query((row, number) -> new Line(pair(row), seen(row, "one", "first"), seen(row, "other", "second")))
                .list();
    }

    private static Optional<Seen> seen(ResultSet row, String side, String column) throws SQLException {
        return row.getBoolean(side + "_within")
                ? Optional.of(new Seen(
                        new MemberId(row.getObject(column + "_id", UUID.class)),
                        row.getString(side + "_name"),
                        row.getLong(side + "_number"),
                        row.getObject(side + "_union", UUID.class)))
                : Optional.empty();
    }

    /** Merges that were made of pairs, of people whom the actor reaches; the latest first. */
    List<UUID> merges(Reach reach, UnionPath at, int most) {
        return jdbc.sql("""
                        select pair.merge_id from duplicate_pair pair
                          join member_kept kept on kept.member_id in (pair.first_id, pair.second_id)
                          join org_place place on place.union_id = kept.union_id and place.valid_to is null
                         where pair.state = 'merged' and place.path >= :low and place.path < :high and
                        """ + Within.reach("place.path") + " order by pair.decided_at desc, pair.id limit :most")
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    /** How many wait for the actor, who reaches both. */
    long count(Reach reach, UnionPath at) {
        return counted(reach, at).count();
    }

    /** How many wait, and since when the oldest does. */
    record Counted(long count, Optional<Instant> oldest) {}

    /** The same with the oldest. */
    Counted counted(Reach reach, UnionPath at) {
        return jdbc.sql("select count(*) as count, min(pair.found_at) as oldest" + KEPT
                        + " where pair.state = 'open' and " + ONE + " and " + OTHER + " and " + AT)
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Counted(
                        row.getLong("count"),
                        Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .single();
    }

    /** A pair, whoever may know of it. */
    Optional<Pair> pair(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from duplicate_pair pair where id = :id")
                .param("id", id)
                .query((row, number) -> pair(row))
                .optional();
    }

    /** The same, locked. */
    Optional<Pair> lock(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from duplicate_pair pair where id = :id for update")
                .param("id", id)
                .query((row, number) -> pair(row))
                .optional();
    }

    /** The pair that a merge was made of, locked; empty where none was. */
    Optional<Pair> lockByMerge(UUID merge) {
        return jdbc.sql("select " + COLUMNS + " from duplicate_pair pair where merge_id = :merge for update")
                .param("merge", merge)
                .query((row, number) -> pair(row))
                .optional();
    }

    /** Writes down what was decided; false when there is no such pair any more. */
    boolean decide(UUID id, Pair.State state, Optional<UUID> merge, Actor actor, Instant now, String reason) {
        return jdbc.sql("""
                        update duplicate_pair set state = :state, merge_id = :merge, decided_at = :now, decided_by = :account,
                                                  decided_name = :actor, reason = :reason
                         where id = :id
                        """)
                        .param("id", id)
                        .param("state", code(state))
                        .param("merge", merge.orElse(null), Types.OTHER)
                        .param("now", at(now))
                        .param("account", actor.account().map(AccountId::value).orElse(null), Types.OTHER)
                        .param("actor", actor.name())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    private static Pair pair(ResultSet row) throws SQLException {
        return new Pair(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("first_id", UUID.class)),
                new MemberId(row.getObject("second_id", UUID.class)),
                row.getBoolean("same_phone"),
                row.getBoolean("same_name_and_birth_date"),
                row.getBoolean("near_number"),
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                Pair.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getObject("merge_id", UUID.class)),
                Optional.ofNullable(row.getObject("decided_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("decided_name"),
                row.getString("reason"));
    }

    private static UUID[] ids(Stream<MemberId> members) {
        return members.map(MemberId::value).toArray(UUID[]::new);
    }

    private static String code(Pair.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
