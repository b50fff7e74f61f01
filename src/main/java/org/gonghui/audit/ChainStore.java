package org.gonghui.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The chain that seals the entries, link by link. */
@Repository
class ChainStore {

    /** A link with what its entry says today; nothing when the entry is gone. */
    record Sealed(Link link, Link.@Nullable Said said) {}

    /** Entries that wait for their link, and the time of the oldest. */
    record Tail(long entries, @Nullable Instant oldest) {}

    private static final String SAID =
            "entry.id, entry.at, account_id, actor, action, subject_id, union_path, facts::text as facts";

    private final JdbcClient jdbc;

    ChainStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Link head() {
        return jdbc.sql("select number, entry_id, key_id, digest from audit_link order by number desc limit 1")
                .query((row, number) -> link(row))
                .optional()
                .orElse(Link.NONE);
    }

    /** The first entries that wait for their link. Their ids first: a join could be planned over the whole trail. */
    List<Link.Said> unsealed(int most) {
        List<UUID> waiting = jdbc.sql("select entry_id from audit_tail order by entry_id limit :most")
                .param("most", most)
                .query(UUID.class)
                .list();
        return waiting.isEmpty()
                ? List.of()
                : jdbc.sql("select " + SAID + " from audit_entry entry where id = any(:ids) order by id")
                        .param("ids", waiting.toArray(UUID[]::new))
                        .query((row, number) -> said(row))
                        .list();
    }

    void insert(List<Link> links, Instant now) {
        jdbc.sql("""
                        insert into audit_link (number, entry_id, key_id, digest, sealed_at)
                        select number, entry, key, digest, :now
                          from unnest(:numbers, :entries, :keys, :digests) as made(number, entry, key, digest)
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("numbers", links.stream().mapToLong(Link::number).toArray())
                .param("entries", entries(links))
                .param("keys", links.stream().mapToInt(Link::keyId).toArray())
                .param("digests", links.stream().map(Link::digest).toArray(byte[][]::new))
                .update();
        jdbc.sql("delete from audit_tail where entry_id = any(:entries)")
                .param("entries", entries(links))
                .update();
    }

    private static UUID[] entries(List<Link> links) {
        return links.stream().map(Link::entry).toArray(UUID[]::new);
    }

    /** The next links after a number, each with its entry. */
    List<Sealed> after(long number, int most) {
        return jdbc.sql("select number, entry_id, key_id, digest, " + SAID + """
                         from audit_link left join audit_entry entry on entry.id = entry_id
                         where number > :number order by number limit :most
                        """)
                .param("number", number)
                .param("most", most)
                .query((row, at) -> new Sealed(link(row), row.getObject("id") == null ? null : said(row)))
                .list();
    }

    /** Entries that neither a link nor the tail knows: nobody wrote them by a command. */
    List<UUID> unknown(int most) {
        return jdbc.sql("""
                        select id from audit_entry
                         where not exists (select 1 from audit_link where entry_id = id)
                           and not exists (select 1 from audit_tail where entry_id = id)
                         order by id limit :most
                        """).param("most", most).query(UUID.class).list();
    }

    /** Entries that wait for their link and are gone. */
    List<UUID> lost(int most) {
        return jdbc.sql("""
                        select entry_id from audit_tail
                         where not exists (select 1 from audit_entry where id = entry_id)
                         order by entry_id limit :most
                        """).param("most", most).query(UUID.class).list();
    }

    Tail tail() {
        return jdbc.sql("""
                        select count(*) as entries,
                               (select at from audit_entry where id = (select entry_id from audit_tail order by entry_id limit 1))
                                   as oldest
                          from audit_tail
                        """)
                .query((row, number) -> new Tail(row.getLong("entries"), instant(row, "oldest")))
                .single();
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getLong("number"),
                row.getObject("entry_id", UUID.class),
                row.getInt("key_id"),
                row.getBytes("digest"));
    }

    private static Link.Said said(ResultSet row) throws SQLException {
        return new Link.Said(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("account_id", UUID.class),
                row.getString("actor"),
                row.getString("action"),
                row.getObject("subject_id", UUID.class),
                row.getString("union_path"),
                row.getString("facts"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
