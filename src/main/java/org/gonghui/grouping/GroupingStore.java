package org.gonghui.grouping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Groupings, and since when and until when unions are in them. */
@Repository
class GroupingStore {

    /** A grouping with its row locked, and where whoever looks after it stands. */
    record Locked(Grouping grouping, UnionPath place) {}

    /** A union's time in a grouping. */
    record Belonging(
            UUID id,
            UnionId union,
            LocalDate from,
            @Nullable LocalDate to) {

        boolean on(LocalDate day) {
            return !from.isAfter(day) && !isOverBy(day);
        }

        boolean isOverBy(LocalDate day) {
            return to != null && !to.isAfter(day);
        }
    }

    private static final String WITHIN = Within.reach("place.path");
    private static final String GROUPINGS = """
            select grouping_grouping.id, kind, owner_id, name, short_name, began_on, closed_on, path
              from grouping_grouping
              join org_place place on place.union_id = owner_id and place.valid_to is null
             where
            """ + WITHIN;

    private final JdbcClient jdbc;

    GroupingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The groupings that unions of a part of the tree look after, as far as the reach goes; the open ones first. */
    List<Grouping> below(UnionPath part, Reach reach) {
        return jdbc.sql(GROUPINGS + " and path >= :low and path < :high"
                        + " order by closed_on is not null, path, kind, name collate \"C\", grouping_grouping.id")
                .param("low", part.low())
                .param("high", part.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> grouping(row))
                .list();
    }

    Optional<Grouping> find(GroupingId id, Reach reach) {
        return found(id, reach, "").map(Locked::grouping);
    }

    /** Locks a grouping whose owner the actor reaches; empty when there is none such. */
    Optional<Locked> lock(GroupingId id, Reach reach) {
        return found(id, reach, " for update of grouping_grouping");
    }

    private Optional<Locked> found(GroupingId id, Reach reach, String lock) {
        return jdbc.sql(GROUPINGS + " and grouping_grouping.id = :id" + lock)
                .param("id", id.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Locked(grouping(row), new UnionPath(row.getString("path"))))
                .optional();
    }

    /** Makes a grouping of a union that the actor reaches; false when the id was given before or there is no such union. */
    boolean insert(Grouping grouping, Reach reach) {
        return jdbc.sql("insert into grouping_grouping (id, kind, owner_id, name, short_name, began_on)"
                                + " select :id, :kind, union_id, :name, :shortName, :beganOn from org_place place"
                                + " where union_id = :owner and valid_to is null and not estate and " + WITHIN
                                + " on conflict (id) do nothing")
                        .param("id", grouping.id().value())
                        .param("kind", grouping.kind().name())
                        .param("owner", grouping.owner().value())
                        .param("name", grouping.name())
                        .param("shortName", grouping.shortName())
                        .param("beganOn", grouping.beganOn())
                        .param("lows", reach.lows())
                        .param("highs", reach.highs())
                        .update()
                == 1;
    }

    boolean nameTaken(UnionId owner, String name, GroupingId butNot) {
        return jdbc.sql("""
                        select exists (select 1 from grouping_grouping
                                        where owner_id = :owner and name = :name and closed_on is null and id <> :butNot)
                        """)
                .param("owner", owner.value())
                .param("name", name)
                .param("butNot", butNot.value())
                .query(Boolean.class)
                .single();
    }

    void rename(GroupingId id, String name, String shortName) {
        jdbc.sql("update grouping_grouping set name = :name, short_name = :shortName where id = :id")
                .param("id", id.value())
                .param("name", name)
                .param("shortName", shortName)
                .update();
    }

    void close(GroupingId id, LocalDate on) {
        jdbc.sql("update grouping_grouping set closed_on = :on where id = :id")
                .param("id", id.value())
                .param("on", on)
                .update();
    }

    /** Every union's time in it, those that belong first; a union that came back stands there more than once. */
    List<Belonging> belongings(GroupingId grouping) {
        return jdbc.sql("""
                        select id, union_id, valid_from, valid_to from grouping_union
                         where grouping_id = :grouping order by valid_to is not null, valid_from, id
                        """)
                .param("grouping", grouping.value())
                .query((row, number) -> new Belonging(
                        row.getObject("id", UUID.class),
                        new UnionId(row.getObject("union_id", UUID.class)),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    /** Lets a union belong that stands at this place or below it; false when it does not stand there. */
    boolean insertBelonging(GroupingId grouping, Belonging belonging, UnionPath owner) {
        return jdbc.sql("""
                        insert into grouping_union (id, grouping_id, union_id, valid_from)
                        select :id, :grouping, union_id, :from from org_place
                         where union_id = :union and valid_to is null and not estate and path >= :low and path < :high
                        """)
                        .param("id", belonging.id())
                        .param("grouping", grouping.value())
                        .param("union", belonging.union().value())
                        .param("from", belonging.from())
                        .param("low", owner.low())
                        .param("high", owner.high())
                        .update()
                == 1;
    }

    /** Ends one union's time. */
    void endBelonging(UUID belonging, LocalDate on) {
        end("id = :of", belonging, on);
    }

    /** Ends the time of all unions of a grouping. */
    void endBelongings(GroupingId grouping, LocalDate on) {
        end("grouping_id = :of", grouping.value(), on);
    }

    /** Ends a union's time wherever it belongs. */
    void endBelongings(UnionId union, LocalDate on) {
        end("union_id = :of", union.value(), on);
    }

    /** The times of unions that do not stand below the owner any more. */
    List<UUID> strays() {
        return jdbc.sql("""
                        select grouping_union.id from grouping_union
                          join grouping_grouping on grouping_grouping.id = grouping_id
                          join org_place owner on owner.union_id = owner_id and owner.valid_to is null
                          join org_place place on place.union_id = grouping_union.union_id and place.valid_to is null
                         where grouping_union.valid_to is null
                           and not (place.path >= owner.path and place.path < owner.path || '/')
                         order by grouping_union.id
                        """).query(UUID.class).list();
    }

    /** Half-open days leave nothing of what began on that day or later. */
    private void end(String which, UUID of, LocalDate on) {
        for (String change : List.of(
                "delete from grouping_union where valid_from >= :on and ",
                "update grouping_union set valid_to = :on where valid_from < :on and ")) {
            jdbc.sql(change + which + " and valid_to is null")
                    .param("of", of)
                    .param("on", on)
                    .update();
        }
    }

    private static Grouping grouping(ResultSet row) throws SQLException {
        return new Grouping(
                new GroupingId(row.getObject("id", UUID.class)),
                Grouping.Kind.valueOf(row.getString("kind")),
                new UnionId(row.getObject("owner_id", UUID.class)),
                row.getString("name"),
                row.getString("short_name"),
                row.getObject("began_on", LocalDate.class),
                row.getObject("closed_on", LocalDate.class));
    }
}
