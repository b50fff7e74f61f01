package org.gonghui.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The key in use, what the nodes know of it, and what is not sealed with it yet. */
@Repository
class RotationStore {

    /** A node that has said nothing for so long has ended or is cut off. Times are the database's: clocks differ. */
    private static final String ALIVE = "said_at > now() - interval '20 seconds'";

    /** A change of the key in use; not ended as long as something is sealed with an older one. */
    record Rotation(int keyId, long resealed, boolean ended) {}

    /** A sealed value, the id of its row, and the id to which it is bound. */
    record Value(UUID key, UUID row, byte[] sealed) {}

    private final JdbcClient jdbc;

    RotationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int keyInUse() {
        return jdbc.sql("select key_id from seal_check where id = 1")
                .query(Integer.class)
                .single();
    }

    /** What this node says of itself; {@code since} stays until it seals with another key. */
    void say(UUID node, String name, int newest, int using) {
        jdbc.sql("""
                        insert into seal_node (node, name, newest_key, key_id, since, said_at)
                        values (:node, :name, :newest, :using, now(), now())
                        on conflict (node) do update
                           set newest_key = excluded.newest_key, key_id = excluded.key_id, said_at = now(),
                               since = case when seal_node.key_id = excluded.key_id then seal_node.since else now() end
                        """)
                .param("node", node)
                .param("name", name)
                .param("newest", newest)
                .param("using", using)
                .update();
    }

    void gone(UUID node) {
        jdbc.sql("delete from seal_node where node = :node or not " + ALIVE)
                .param("node", node)
                .update();
    }

    int nodes() {
        return jdbc.sql("select count(*) from seal_node where " + ALIVE)
                .query(Integer.class)
                .single();
    }

    /** The nodes whose file lacks this key. */
    List<String> nodesWithout(int keyId) {
        return jdbc.sql("select name from seal_node where newest_key < :key and " + ALIVE + " order by name")
                .param("key", keyId)
                .query(String.class)
                .list();
    }

    /** Puts a key to use on all nodes: they notice within seconds. */
    void use(int keyId, byte[] check) {
        jdbc.sql("""
                        with switched as (
                            update seal_check set key_id = :key, sealed = :check where id = 1 and key_id < :key
                            returning key_id)
                        insert into seal_rotation (key_id, begun_at) select key_id, now() from switched
                        """).param("key", keyId).param("check", check).update();
    }

    Optional<Rotation> latest() {
        return jdbc.sql("""
                        select key_id, resealed, ended_at is not null as ended from seal_rotation
                         order by key_id desc limit 1
                        """).query(Rotation.class).optional();
    }

    /**
     * Whether nothing more can come that is sealed with an older key: every node has used this one for ten seconds, and no
     * transaction is open from before.
     */
    boolean isSettled(int keyId) {
        return jdbc.sql("""
                        select coalesce(bool_and(key_id = :key and since < now() - interval '10 seconds'), true)
                               and not exists (select 1 from pg_stat_activity
                                                where datname = current_database() and pid <> pg_backend_pid()
                                                  and xact_start < (select max(since) from seal_node where %1$s))
                          from seal_node where %1$s
                        """.formatted(ALIVE))
                .param("key", keyId)
                .query(Boolean.class)
                .single();
    }

    /**
     * Seals the next values anew that were sealed with an older key. Rows that somebody else is changing are left for the
     * next time; nobody waits for a lock here, so nobody can wait for each other.
     *
     * @param after the id of the row after which to go on
     * @param anew the value sealed anew; null to leave it as it is
     * @return the values that were found; fewer than {@code most} at the end
     */
    List<Value> reseal(SealedColumn column, int keyId, UUID after, int most, Function<Value, byte @Nullable []> anew) {
        List<Value> found = jdbc.sql(
                        """
                        select %3$s as key, %4$s as row, %2$s as sealed from %1$s
                         where %3$s > :after and %5$s
                         order by %3$s limit :most for no key update skip locked
                        """.formatted(column.table(), column.column(), column.key(), column.row(), older(column)))
                .param("after", after)
                .param("key", bytes(keyId))
                .param("most", most)
                .query(Value.class)
                .list();
        List<UUID> keys = new ArrayList<>();
        List<byte[]> fresh = new ArrayList<>();
        for (Value value : found) {
            byte[] sealed = anew.apply(value);
            if (sealed != null) {
                keys.add(value.key());
                fresh.add(sealed);
            }
        }
        jdbc.sql("""
                        update %1$s set %2$s = fresh.sealed
                          from unnest(:keys, :fresh) as fresh (key, sealed) where %1$s.%3$s = fresh.key
                        """.formatted(column.table(), column.column(), column.key()))
                .param("keys", keys.toArray(new UUID[0]))
                .param("fresh", fresh.toArray(new byte[0][]))
                .update();
        jdbc.sql("update seal_rotation set resealed = resealed + :count where key_id = :key")
                .param("count", keys.size())
                .param("key", keyId)
                .update();
        return found;
    }

    boolean holdsOlder(SealedColumn column, int keyId) {
        return jdbc.sql("select exists (select 1 from %1$s where %3$s)"
                        .formatted(column.table(), column.column(), older(column)))
                .param("key", bytes(keyId))
                .query(Boolean.class)
                .single();
    }

    void end(int keyId) {
        jdbc.sql("update seal_rotation set ended_at = now() where key_id = :key")
                .param("key", keyId)
                .update();
    }

    private static String older(SealedColumn column) {
        return "%1$s is not null and substring(%1$s from 2 for 4) <> :key".formatted(column.column());
    }

    /** As it stands in a sealed value, after its version. */
    private static byte[] bytes(int keyId) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array();
    }
}
