package org.gonghui.stall;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys of the codes: the public one as it is, the private one sealed. */
@Repository
class StallKeyStore implements SealedColumns {

    private static final SealedColumn PRIVATE = new SealedColumn("stall_key", "private_sealed", "id");

    private final JdbcClient jdbc;
    private final Sealer sealer;

    StallKeyStore(JdbcClient jdbc, Sealer sealer) {
        this.jdbc = jdbc;
        this.sealer = sealer;
    }

    Optional<StallKey> find(String code) {
        return jdbc.sql("select id, public_key, private_sealed from stall_key where code = :code")
                .param("code", code)
                .query((row, number) -> new StallKey(
                        row.getBytes("public_key"),
                        sealer.openBytes(row.getBytes("private_sealed"), PRIVATE.of(row.getObject("id", UUID.class)))))
                .optional();
    }

    /** Keeps a key unless the code has one. */
    void insert(UUID id, String code, StallKey key, Instant now) {
        jdbc.sql("""
                        insert into stall_key (id, code, public_key, private_sealed, made_at)
                        values (:id, :code, :public, :private, :now) on conflict (code) do nothing
                        """)
                .param("id", id)
                .param("code", code)
                .param("public", key.publicKey())
                .param("private", sealer.seal(key.privateKey(), PRIVATE.of(id)))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(PRIVATE);
    }
}
