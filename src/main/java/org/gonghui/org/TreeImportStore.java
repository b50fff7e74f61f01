package org.gonghui.org;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Files of unions on their way, until they are founded or forgotten. */
@Repository
class TreeImportStore {

    /**
     * A file as it is kept.
     *
     * @param founded how many unions were founded from it; empty as long as none were
     */
    record Kept(String fileName, byte[] content, Optional<Integer> founded) {}

    private static final String WITHIN = Within.reach("place.path");

    private final JdbcClient jdbc;

    TreeImportStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a file for a union that the actor reaches; false when the id was given before. */
    boolean insert(
            UUID id, UnionId union, AccountId account, String fileName, byte[] content, Instant at, Reach reach) {
        return jdbc.sql("insert into org_import (id, union_id, account_id, file_name, content, kept_at)"
                                + " select :id, union_id, :account, :fileName, :content, :at from org_placement place"
                                + " where union_id = :union and valid_to is null and not estate and " + WITHIN
                                + " on conflict (id) do nothing")
                        .param("id", id)
                        .param("union", union.value())
                        .param("account", account.value())
                        .param("fileName", fileName)
                        .param("content", content)
                        .param("at", at.atZone(CityClock.ZONE).toOffsetDateTime())
                        .param("lows", reach.lows())
                        .param("highs", reach.highs())
                        .update()
                == 1;
    }

    void deleteKeptBefore(Instant at) {
        jdbc.sql("delete from org_import where kept_at < :at")
                .param("at", at.atZone(CityClock.ZONE).toOffsetDateTime())
                .update();
    }

    /** The file that this account sent for this union. */
    Optional<Kept> find(UUID id, UnionId union, AccountId account) {
        return find(id, union, account, "");
    }

    /** The same, and nobody else founds from it until the transaction ends. */
    Optional<Kept> lock(UUID id, UnionId union, AccountId account) {
        return find(id, union, account, " for update");
    }

    private Optional<Kept> find(UUID id, UnionId union, AccountId account, String lock) {
        return jdbc.sql("""
                        select file_name, content, founded from org_import
                         where id = :id and union_id = :union and account_id = :account
                        """ + lock)
                .param("id", id)
                .param("union", union.value())
                .param("account", account.value())
                .query((row, number) -> new Kept(
                        row.getString("file_name"),
                        row.getBytes("content"),
                        Optional.ofNullable(row.getObject("founded", Integer.class))))
                .optional();
    }

    void markFounded(UUID id, int founded) {
        jdbc.sql("update org_import set founded = :founded, content = '' where id = :id")
                .param("id", id)
                .param("founded", founded)
                .update();
    }

    /** Every union that stands within the reach. */
    List<ImportPlan.Standing> standing(Reach reach) {
        return jdbc.sql("""
                        select org_union.id, code, kind, name, short_name, founded_on, path, parent_id, children_ever
                          from org_union
                          join org_union_name named on named.union_id = org_union.id and named.valid_to is null
                          join org_placement place on place.union_id = org_union.id and place.valid_to is null
                                                   and not estate
                         where
                        """ + WITHIN)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new ImportPlan.Standing(
                        new UnionId(row.getObject("id", UUID.class)),
                        row.getString("code"),
                        UnionKind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        row.getString("short_name"),
                        row.getObject("founded_on", LocalDate.class),
                        new UnionPath(row.getString("path")),
                        Optional.ofNullable(row.getObject("parent_id", UUID.class))
                                .map(UnionId::new)
                                .orElse(null),
                        row.getInt("children_ever")))
                .list();
    }

    /** Which of these codes some union of the city has or had. */
    Set<String> takenOf(List<String> codes) {
        return jdbc.sql("select code from org_union where code = any (:codes)")
                .param("codes", codes.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    /** Lets nobody else found or rename below these unions, the higher ones first, until the transaction ends. */
    void lockNamesBelow(Set<UnionId> superiors) {
        jdbc.sql("""
                        select org_union.id from org_union
                          join org_placement place on place.union_id = org_union.id and place.valid_to is null
                         where org_union.id = any (:superiors)
                         order by path for no key update of org_union
                        """)
                .param("superiors", superiors.stream().map(UnionId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .list();
    }

    /** Counts the numbers that were given below each union. */
    void addChildren(Map<UnionId, Integer> added) {
        jdbc.sql("""
                        update org_union set children_ever = children_ever + added
                          from unnest(:superiors, :added) as given (id, added) where given.id = org_union.id
                        """)
                .param("superiors", added.keySet().stream().map(UnionId::value).toArray(UUID[]::new))
                .param("added", added.values().toArray(Integer[]::new))
                .update();
    }
}
