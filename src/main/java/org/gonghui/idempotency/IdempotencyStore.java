package org.gonghui.idempotency;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The replies to programs' requests, sealed, for a day. */
@Repository
class IdempotencyStore implements SealedColumns {

    static final SealedColumn REPLY = new SealedColumn("idempotency_reply", "reply_sealed", "seal_row");

    /** Whose request it is, and which. */
    record Key(AccountId account, String route, byte[] hash) {}

    /** What is kept of a request; status and reply are null while it is being carried out. */
    record Reply(byte[] bodyHash, UUID sealRow, @Nullable Integer status, byte @Nullable [] sealed) {}

    private final JdbcClient jdbc;

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the key for a request; false when it is taken.
     *
     * @param deadSince a request without a reply that began before this was cut off: its key may be taken again
     * @param keptSince replies from before this are forgotten
     */
    boolean begin(Key key, byte[] bodyHash, UUID sealRow, Instant now, Instant deadSince, Instant keptSince) {
        jdbc.sql("delete from idempotency_reply where begun_at < :kept")
                .param("kept", keptSince.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from idempotency_reply where status is null and begun_at < :dead")
                .param("dead", deadSince.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
                                insert into idempotency_reply
                                       (account_id, route, key_hash, body_hash, begun_at, seal_row)
                                values (:account, :route, :key, :body, :now, :sealRow)
                                on conflict (account_id, route, key_hash) do nothing
                                """)
                        .param("account", key.account().value())
                        .param("route", key.route())
                        .param("key", key.hash())
                        .param("body", bodyHash)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("sealRow", sealRow)
                        .update()
                == 1;
    }

    Optional<Reply> reply(Key key) {
        return jdbc.sql("""
                        select body_hash, seal_row, status, reply_sealed from idempotency_reply
                         where account_id = :account and route = :route and key_hash = :key
                        """)
                .param("account", key.account().value())
                .param("route", key.route())
                .param("key", key.hash())
                .query((row, number) -> new Reply(
                        row.getBytes("body_hash"),
                        row.getObject("seal_row", UUID.class),
                        row.getObject("status", Integer.class),
                        row.getBytes("reply_sealed")))
                .optional();
    }

    void keep(Key key, int status, byte[] sealed) {
        jdbc.sql("""
                        update idempotency_reply set status = :status, reply_sealed = :sealed
                         where account_id = :account and route = :route and key_hash = :key
                        """)
                .param("account", key.account().value())
                .param("route", key.route())
                .param("key", key.hash())
                .param("status", status)
                .param("sealed", sealed)
                .update();
    }

    void forget(Key key) {
        jdbc.sql("delete from idempotency_reply where account_id = :account and route = :route and key_hash = :key")
                .param("account", key.account().value())
                .param("route", key.route())
                .param("key", key.hash())
                .update();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(REPLY);
    }
}
