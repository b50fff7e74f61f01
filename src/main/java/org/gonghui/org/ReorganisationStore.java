package org.gonghui.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Changes of the tree: what was ordered, and the rows that say where each union stands. */
@Repository
class ReorganisationStore {

    /**
     * Where a union stands now, or where the records of a dissolved one stand.
     *
     * @param parent empty for the city federation and for an estate
     */
    record Placed(UUID id, UnionId union, Optional<UnionId> parent, UnionPath path, LocalDate since, boolean estate) {}

    private static final String COLUMNS =
            "id, union_id, kind, target_id, effective_on, state, failure, ordered_at, actor";

    private final JdbcClient jdbc;
    private final Clock clock;

    ReorganisationStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Records what was ordered; false when the id was given before. */
    boolean insert(Reorganisation ordered, Actor actor) {
        return jdbc.sql("""
                        insert into org_reorganisation (id, union_id, kind, target_id, effective_on, state, ordered_at,
                               account_id, actor)
                        values (:id, :union, :kind, :target, :on, :state, :orderedAt, :account, :actor)
                        on conflict (id) do nothing
                        """)
                        .param("id", ordered.id())
                        .param("union", ordered.union().value())
                        .param("kind", code(ordered.kind()))
                        .param("target", ordered.target().map(UnionId::value).orElse(null))
                        .param("on", ordered.effectiveOn())
                        .param("state", code(ordered.state()))
                        .param("orderedAt", ordered.orderedAt().atOffset(ZoneOffset.UTC))
                        .param("account", actor.account().map(AccountId::value).orElse(null))
                        .param("actor", actor.name())
                        .update()
                == 1;
    }

    Optional<Reorganisation> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from org_reorganisation where id = :id")
                .param("id", id)
                .query(ReorganisationStore::reorganisation)
                .optional();
    }

    /** What was ordered for a union, the latest first. */
    List<Reorganisation> of(UnionId union) {
        return jdbc.sql("select " + COLUMNS
                        + " from org_reorganisation where union_id = :union order by ordered_at desc, id")
                .param("union", union.value())
                .query(ReorganisationStore::reorganisation)
                .list();
    }

    /** What waits for its day at a union; empty for nothing. */
    Optional<Reorganisation> planned(UnionId union) {
        return of(union).stream()
                .filter(each -> each.state() == Reorganisation.State.PLANNED)
                .findFirst();
    }

    /** What is planned up to a day, in the order in which it will be done. */
    List<Reorganisation> plannedUntil(LocalDate day) {
        return jdbc.sql("select " + COLUMNS
                        + " from org_reorganisation where state = 'planned' and effective_on <= :day"
                        + " order by effective_on, ordered_at, id")
                .param("day", day)
                .query(ReorganisationStore::reorganisation)
                .list();
    }

    /** How many unions at or below a place have a change planned. */
    int planned(UnionPath at) {
        return jdbc.sql("""
                        select count(*) from org_reorganisation ordered
                          join org_place place on place.union_id = ordered.union_id and place.valid_to is null
                         where state = 'planned' and place.path >= :low and place.path < :high
                        """)
                .param("low", at.low())
                .param("high", at.high())
                .query(Integer.class)
                .single();
    }

    /** What is due, in the order of the days; read again by whoever does it, its row locked. */
    List<UUID> due(LocalDate today) {
        return jdbc.sql("""
                        select id from org_reorganisation where state = 'planned' and effective_on <= :today
                         order by effective_on, ordered_at, id
                        """).param("today", today).query(UUID.class).list();
    }

    /** One that still waits for its day, its row locked; empty when somebody else has done or cancelled it. */
    Optional<Reorganisation> lockPlanned(UUID id) {
        return jdbc.sql("select " + COLUMNS
                        + " from org_reorganisation where id = :id and state = 'planned' for update")
                .param("id", id)
                .query(ReorganisationStore::reorganisation)
                .optional();
    }

    /** The account of whoever ordered it; empty for the platform itself. */
    Optional<AccountId> orderer(UUID id) {
        return jdbc.sql("select account_id from org_reorganisation where id = :id and account_id is not null")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(AccountId::new);
    }

    void setState(UUID id, Reorganisation.State state, String failure) {
        jdbc.sql("update org_reorganisation set state = :state, failure = :failure where id = :id")
                .param("id", id)
                .param("state", code(state))
                .param("failure", failure)
                .update();
    }

    /** Where a union stands now; empty when there is none such or it is dissolved. */
    Optional<Placed> placed(UnionId union) {
        return jdbc.sql("""
                        select id, union_id, parent_id, path, valid_from, estate
                          from org_placement where union_id = :union and valid_to is null and not estate
                        """)
                .param("union", union.value())
                .query(ReorganisationStore::placedRow)
                .optional();
    }

    /** Everything at a place and below it, estates too, in the order of the paths. */
    List<Placed> subtree(UnionPath path) {
        return jdbc.sql("""
                        select id, union_id, parent_id, path, valid_from, estate
                          from org_placement where valid_to is null and path >= :low and path < :high
                         order by path, estate
                        """)
                .param("low", path.low())
                .param("high", path.high())
                .query(ReorganisationStore::placedRow)
                .list();
    }

    /** True when something stood below a place on a day that stands elsewhere now. */
    boolean leftAfter(UnionPath path, LocalDate day) {
        return jdbc.sql("""
                        select exists (select 1 from org_placement
                                        where valid_to > :day and path >= :low and path < :high)
                        """)
                .param("day", day)
                .param("low", path.low())
                .param("high", path.high())
                .query(Boolean.class)
                .single();
    }

    /** The union at street level in whose figures each union of a subtree is counted. */
    Map<UnionId, UnionId> streets(UnionPath path) {
        Map<UnionId, UnionId> streets = new HashMap<>();
        jdbc.sql("""
                        select place.union_id, street.union_id as street_id
                          from org_placement place
                          join org_placement street on street.path = left(place.path, 17)
                                                   and street.valid_to is null and not street.estate
                         where place.valid_to is null and place.path >= :low and place.path < :high
                        """).param("low", path.low()).param("high", path.high()).query(row -> {
            streets.put(
                    new UnionId(row.getObject("union_id", UUID.class)),
                    new UnionId(row.getObject("street_id", UUID.class)));
        });
        return streets;
    }

    /**
     * Puts unions elsewhere from a day on. What began on that day or later was never anywhere else and is put right.
     *
     * @param after the same rows as they shall be; {@code since} is not looked at
     */
    void replace(List<Placed> after, LocalDate from) {
        List<Placed> rows =
                after.stream().sorted((a, b) -> a.path().compareTo(b.path())).toList();
        UUID[] ids = rows.stream().map(Placed::id).toArray(UUID[]::new);
        UUID[] fresh = Stream.generate(() -> Ids.next(clock)).limit(ids.length).toArray(UUID[]::new);
        UUID[] parents = rows.stream()
                .<@Nullable UUID>map(row -> row.parent().map(UnionId::value).orElse(null))
                .toArray(UUID[]::new);
        String[] paths = rows.stream().map(row -> row.path().value()).toArray(String[]::new);
        Boolean[] estates = rows.stream().map(Placed::estate).toArray(Boolean[]::new);
        // Ended before the new rows come: one union stands in one place at a time.
        jdbc.sql("update org_placement set valid_to = :from where id = any(:ids) and valid_from < :from")
                .param("from", from)
                .param("ids", ids)
                .update();
        jdbc.sql("""
                        insert into org_placement (id, union_id, parent_id, path, valid_from, estate)
                        select after.fresh, before.union_id, after.parent, after.path, :from, after.estate
                          from unnest(:ids, :fresh, cast(:parents as uuid[]), :paths, :estates)
                               as after (id, fresh, parent, path, estate)
                          join org_placement before on before.id = after.id and before.valid_from < :from
                        """)
                .param("from", from)
                .param("ids", ids)
                .param("fresh", fresh)
                .param("parents", parents)
                .param("paths", paths)
                .param("estates", estates)
                .update();
        jdbc.sql("""
                        update org_placement
                           set parent_id = after.parent, path = after.path, estate = after.estate
                          from unnest(:ids, cast(:parents as uuid[]), :paths, :estates)
                               as after (id, parent, path, estate)
                         where org_placement.id = after.id and org_placement.valid_from >= :from
                        """)
                .param("from", from)
                .param("ids", ids)
                .param("parents", parents)
                .param("paths", paths)
                .param("estates", estates)
                .update();
    }

    /** Ends a union and its affiliations and officers' times; what is on record of it is its heir's. */
    void dissolve(UnionId union, UnionId heir, LocalDate on) {
        jdbc.sql("update org_union set dissolved_on = greatest(founded_on, :on), heir_id = :heir where id = :union")
                .param("union", union.value())
                .param("heir", heir.value())
                .param("on", on)
                .update();
        for (String table : List.of("org_affiliation", "org_staff", "org_body")) {
            jdbc.sql("update " + table + " set valid_to = greatest(valid_from + 1, :on)"
                            + " where union_id = :union and valid_to is null")
                    .param("union", union.value())
                    .param("on", on)
                    .update();
        }
    }

    private static Placed placedRow(ResultSet row, int number) throws SQLException {
        return new Placed(
                row.getObject("id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                Optional.ofNullable(row.getObject("parent_id", UUID.class)).map(UnionId::new),
                new UnionPath(row.getString("path")),
                row.getObject("valid_from", LocalDate.class),
                row.getBoolean("estate"));
    }

    private static Reorganisation reorganisation(ResultSet row, int number) throws SQLException {
        return new Reorganisation(
                row.getObject("id", UUID.class),
                new UnionId(row.getObject("union_id", UUID.class)),
                Reorganisation.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getObject("target_id", UUID.class)).map(UnionId::new),
                row.getObject("effective_on", LocalDate.class),
                Reorganisation.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("failure"),
                instant(row),
                row.getString("actor"));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("ordered_at", OffsetDateTime.class).toInstant();
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
