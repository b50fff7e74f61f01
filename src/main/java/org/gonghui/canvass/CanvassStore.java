package org.gonghui.canvass;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables of employers on their way, sealed: they have names and phone numbers of contacts. */
@Repository
class CanvassStore implements SealedColumns {

    private static final SealedColumn CONTENT = new SealedColumn("canvass", "content_sealed", "id").ofFiles();

    /** What was entered. */
    record Entered(int recorded, int changed) {}

    /**
     * A table as it is kept.
     *
     * @param content empty once it is entered
     */
    record Kept(String fileName, Optional<byte[]> content, Optional<Entered> entered) {}

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final Clock clock;

    CanvassStore(JdbcClient jdbc, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.clock = clock;
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(CONTENT);
    }

    /** Keeps a table for a union within the reach; false when the id was given before. */
    boolean insert(UUID id, UnionId union, AccountId account, String fileName, byte[] content, Reach reach) {
        return jdbc.sql("insert into canvass (id, union_id, account_id, file_name, content_sealed, kept_at)"
                                + " select :id, union_id, :account, :fileName, :content, :at from org_place place"
                                + " where union_id = :union and valid_to is null and " + Within.reach("place.path")
                                + " on conflict (id) do nothing")
                        .param("id", id)
                        .param("union", union.value())
                        .param("account", account.value())
                        .param("fileName", fileName)
                        .param("content", sealer.seal(content, CONTENT.of(id)))
                        .param("at", at(clock.instant()))
                        .param("lows", reach.lows())
                        .param("highs", reach.highs())
                        .update()
                == 1;
    }

    void deleteKeptBefore(Instant at) {
        jdbc.sql("delete from canvass where kept_at < :at").param("at", at(at)).update();
    }

    /** The table that this account sent for this union. */
    Optional<Kept> find(UUID id, UnionId union, AccountId account) {
        return find(id, union, account, "");
    }

    /** The same, and nobody else enters it until the transaction ends. */
    Optional<Kept> lock(UUID id, UnionId union, AccountId account) {
        return find(id, union, account, " for update");
    }

    private Optional<Kept> find(UUID id, UnionId union, AccountId account, String lock) {
        return jdbc.sql("""
                        select file_name, content_sealed, recorded, changed from canvass
                         where id = :id and union_id = :union and account_id = :account
                        """ + lock)
                .param("id", id)
                .param("union", union.value())
                .param("account", account.value())
                .query((row, number) -> kept(row, id))
                .optional();
    }

    private Kept kept(ResultSet row, UUID id) throws SQLException {
        Integer recorded = row.getObject("recorded", Integer.class);
        return new Kept(
                row.getString("file_name"),
                Optional.ofNullable(row.getBytes("content_sealed"))
                        .map(content -> sealer.openBytes(content, CONTENT.of(id))),
                recorded == null ? Optional.empty() : Optional.of(new Entered(recorded, row.getInt("changed"))));
    }

    /** Lets the content go. */
    void markEntered(UUID id, Entered entered) {
        jdbc.sql("update canvass set content_sealed = null, recorded = :recorded, changed = :changed where id = :id")
                .param("id", id)
                .param("recorded", entered.recorded())
                .param("changed", entered.changed())
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(CityClock.ZONE).toOffsetDateTime();
    }
}
