package org.gonghui.notice;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What somebody is told in their inbox, and what they have read. */
@Repository
class NoticeStore {

    /** Where a reader stands in the tree: what was sent to one of these places concerns them. */
    record Standing(Collection<UnionPath> asStaff, Collection<UnionPath> asMember) {

        String[] staff() {
            return lineages(asStaff);
        }

        String[] members() {
            return lineages(asMember);
        }

        private static String[] lineages(Collection<UnionPath> paths) {
            return paths.stream()
                    .flatMap(path -> path.lineage().stream())
                    .map(UnionPath::value)
                    .distinct()
                    .toArray(String[]::new);
        }
    }

    /** Staff see what their members are told as well. An ended union's place is its heir's, whose people it was not for. */
    private static final String FOR_READER = """
            circular.withdrawn_at is null and circular.sent_at >= :since and not place.estate
               and (place.path = any(:staff) or (circular.audience = 'MEMBERS' and place.path = any(:members)))
            """;

    private static final String INBOX = """
            select id, at, read_at is null as fresh, kind, facts, link, '' as title, '' as content, '' as sender,
                   cast(null as uuid) as union_id
              from notice_notice
             where account_id = :account and (at, id) < (:before, :beforeId)
            union all
            select circular.id, circular.sent_at as at, seen.account_id is null as fresh, '' as kind,
                   cast('{}' as text[]) as facts, '' as link, title, content, sender, circular.union_id
              from notice_circular circular
              join org_place place on place.union_id = circular.union_id and place.valid_to is null
              left join notice_circular_read seen on seen.circular_id = circular.id and seen.account_id = :account
             where (circular.sent_at, circular.id) < (:before, :beforeId) and %s
             order by at desc, id desc limit :most
            """.formatted(FOR_READER);

    private static final String UNREAD = """
            select (select count(*) from notice_notice where account_id = :account and read_at is null)
                 + (select count(*)
                      from notice_circular circular
                      join org_place place on place.union_id = circular.union_id and place.valid_to is null
                     where not exists (select 1 from notice_circular_read seen
                                        where seen.circular_id = circular.id and seen.account_id = :account)
                       and %s)
            """.formatted(FOR_READER);

    private final JdbcClient jdbc;

    NoticeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the fact was told before. */
    boolean insert(UUID id, String told, AccountId to, Notice.Kind kind, List<String> facts, String link, Instant at) {
        return jdbc.sql("""
                                insert into notice_notice (id, told, account_id, kind, facts, link, at)
                                values (:id, :told, :account, :kind, :facts, :link, :at)
                                on conflict (told) do nothing
                                """)
                        .param("id", id)
                        .param("told", told)
                        .param("account", to.value())
                        .param("kind", kind.name())
                        .param("facts", facts.toArray(String[]::new))
                        .param("link", link)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** What came before a moment, the newest first; of what staff wrote only what is not older than {@code since}. */
    List<Notice> inbox(AccountId account, Standing standing, Instant since, Mark before, int most) {
        return jdbc.sql(INBOX)
                .param("account", account.value())
                .param("staff", standing.staff())
                .param("members", standing.members())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("before", before.at().atOffset(ZoneOffset.UTC))
                .param("beforeId", before.id())
                .param("most", most)
                .query(NoticeStore::notice)
                .list();
    }

    int unread(AccountId account, Standing standing, Instant since) {
        return jdbc.sql(UNREAD)
                .param("account", account.value())
                .param("staff", standing.staff())
                .param("members", standing.members())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    void setRead(AccountId account, Collection<UUID> notices, Instant now) {
        jdbc.sql("update notice_notice set read_at = :now where account_id = :account and id = any(:ids)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("account", account.value())
                .param("ids", notices.toArray(UUID[]::new))
                .update();
    }

    void setCircularsRead(AccountId account, Collection<UUID> circulars, Instant now) {
        jdbc.sql("""
                        insert into notice_circular_read (circular_id, account_id, read_at)
                        select id, :account, :now from unnest(:ids) as seen (id)
                        on conflict do nothing
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("account", account.value())
                .param("ids", circulars.toArray(UUID[]::new))
                .update();
    }

    private static Notice notice(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        boolean fresh = row.getBoolean("fresh");
        String kind = row.getString("kind");
        return kind.isEmpty()
                ? new Notice.Written(
                        id,
                        at,
                        fresh,
                        row.getString("title"),
                        row.getString("content"),
                        row.getString("sender"),
                        new UnionId(row.getObject("union_id", UUID.class)))
                : new Notice.Event(
                        id, at, fresh, Notice.Kind.valueOf(kind), facts(row.getArray("facts")), row.getString("link"));
    }

    private static List<String> facts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
