package org.gonghui.seal;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** By what it is known whether the key file is the city's. */
@Repository
class SealStore {

    private final JdbcClient jdbc;

    SealStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<byte[]> keyCheck() {
        return jdbc.sql("select sealed from seal_check where id = 1")
                .query(byte[].class)
                .optional();
    }

    byte[] blindCheck() {
        return jdbc.sql("select blind from seal_check where id = 1")
                .query(byte[].class)
                .single();
    }

    void saveKeyCheck(byte[] sealed, byte[] blind, int keyId) {
        jdbc.sql("insert into seal_check (id, sealed, blind, key_id) values (1, :sealed, :blind, :key)")
                .param("key", keyId)
                .param("sealed", sealed)
                .param("blind", blind)
                .update();
    }
}
