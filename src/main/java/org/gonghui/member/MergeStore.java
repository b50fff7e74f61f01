package org.gonghui.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.org.Places;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Merges of two records of one person, and what each needs to be undone. */
@Repository
class MergeStore implements SealedColumns {

    private static final SealedColumn PHONE_BEFORE =
            new SealedColumn("member_merge", "phone_sealed", "id", "survivor_id", MemberStore.PHONE.place());

    private static final String MERGE = """
            select merge.id, survivor_id, survivor.number as survivor_number, absorbed_id, absorbed.number as absorbed_number,
                   absorbed.name as absorbed_name, merged_at, merged_name, name_kept, name_before, phone_taken,
                   doubled_membership_id, undone_at, undone_name
              from member_merge merge
              left join member survivor on survivor.id = survivor_id
              left join member absorbed on absorbed.id = absorbed_id
            """;

    /**
     * One merge.
     *
     * @param doubled the membership that it ended; empty where at most one lived
     * @param undoneAt empty while it stands
     */
    record Merge(
            UUID id,
            MemberId survivor,
            long survivorNumber,
            MemberId absorbed,
            long absorbedNumber,
            String absorbedName,
            Instant at,
            String by,
            String nameKept,
            String nameBefore,
            boolean phoneTaken,
            Optional<UUID> doubled,
            Optional<Instant> undoneAt,
            String undoneBy) {

        boolean stands() {
            return undoneAt.isEmpty();
        }
    }

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final Places places;
    private final TransactionLocks locks;
    private final Clock clock;

    MergeStore(JdbcClient jdbc, Sealer sealer, Places places, TransactionLocks locks, Clock clock) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.places = places;
        this.locks = locks;
        this.clock = clock;
    }

    /** Locks the rows of these people, in the order of their ids; how many there are. */
    int lock(Set<MemberId> members) {
        places.hold();
        locks.alone(MergePeople.MERGING);
        locks.together(SealedColumns.MOVING);
        return jdbc.sql("select id from member where id = any(:ids) order by id for update")
                .param("ids", members.stream().map(MemberId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .size();
    }

    /** True for a record that leads to no other. */
    boolean leadsNowhere(MemberId member) {
        return jdbc.sql("select merged_into is null from member where id = :id")
                .param("id", member.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** The records that lead to this one. */
    List<MemberId> leadingTo(MemberId member) {
        return jdbc
                .sql("select id from member where merged_into = :id order by id")
                .param("id", member.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(MemberId::new)
                .toList();
    }

    Optional<Merge> merge(UUID id) {
        return jdbc.sql(MERGE + " where merge.id = :id")
                .param("id", id)
                .query(MergeStore::merge)
                .optional();
    }

    /** The merges in which a record had a part, the latest first. */
    List<Merge> of(MemberId member) {
        return jdbc.sql(MERGE + " where survivor_id = :id or absorbed_id = :id order by merged_at desc, merge.id desc")
                .param("id", member.value())
                .query(MergeStore::merge)
                .list();
    }

    private static Merge merge(ResultSet row, int number) throws SQLException {
        OffsetDateTime undoneAt = row.getObject("undone_at", OffsetDateTime.class);
        return new Merge(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("survivor_id", UUID.class)),
                row.getLong("survivor_number"),
                new MemberId(row.getObject("absorbed_id", UUID.class)),
                row.getLong("absorbed_number"),
                Optional.ofNullable(row.getString("absorbed_name")).orElse(""),
                row.getObject("merged_at", OffsetDateTime.class).toInstant(),
                row.getString("merged_name"),
                row.getString("name_kept"),
                row.getString("name_before"),
                row.getBoolean("phone_taken"),
                Optional.ofNullable(row.getObject("doubled_membership_id", UUID.class)),
                Optional.ofNullable(undoneAt).map(OffsetDateTime::toInstant),
                row.getString("undone_name"));
    }

    /** Writes down a merge with what it is about to overwrite, and has the one record lead to the other. */
    void insert(Actor actor, UUID id, MergePeople.Choice choice, String nameKept, Optional<UUID> doubled) {
        jdbc.sql("""
                        insert into member_merge (id, survivor_id, absorbed_id, merged_at, merged_by, merged_name, name_kept,
                                                  name_before, phone_taken, phone_sealed, phone_blind, doubled_membership_id,
                                                  pointed)
                        select :id, survivor.id, :absorbed, :now, :account, :actor, :nameKept, survivor.name, :phoneTaken,
                               survivor.phone_sealed, survivor.phone_blind, :doubled,
                               array(select pointed.id from member pointed where pointed.merged_into = :absorbed)
                          from member survivor where survivor.id = :survivor
                        """)
                .param("id", id)
                .param("survivor", choice.survivor().value())
                .param("absorbed", choice.absorbed().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("account", actor.account().map(AccountId::value).orElse(null), Types.OTHER)
                .param("actor", actor.name())
                .param("nameKept", nameKept)
                .param("phoneTaken", choice.otherPhone())
                .param("doubled", doubled.orElse(null), Types.OTHER)
                .update();
        jdbc.sql("""
                        insert into member_merge_membership (merge_id, membership_id, moved, lived)
                        select :id, id, member_id = :absorbed, ended_on is null from member_membership
                         where member_id in (:survivor, :absorbed)
                        """)
                .param("id", id)
                .param("survivor", choice.survivor().value())
                .param("absorbed", choice.absorbed().value())
                .update();
        jdbc.sql("update member set merged_into = :survivor where id = :absorbed or merged_into = :absorbed")
                .param("survivor", choice.survivor().value())
                .param("absorbed", choice.absorbed().value())
                .update();
    }

    /** Gives the memberships of a merge to a person: those that went over, or come back. */
    void give(UUID merge, MemberId to) {
        jdbc.sql("""
                        update member_membership held
                           set member_id = member.id, spelling = member.pinyin || ' ' || member.name,
                               number = member.number, sex = member.sex
                          from member_merge_membership part, member
                         where part.merge_id = :merge and part.moved and held.id = part.membership_id and member.id = :to
                        """).param("merge", merge).param("to", to.value()).update();
    }

    /** Gives a person the phone of another record. */
    void takePhone(MemberId from, MemberId to) {
        byte @Nullable [] sealed = jdbc.sql("select phone_sealed from member where id = :id")
                .param("id", from.value())
                .query((row, number) -> Optional.ofNullable(row.getBytes("phone_sealed")))
                .single()
                .map(phone -> sealer.seal(sealer.open(phone, MemberStore.phonePlace(from)), MemberStore.phonePlace(to)))
                .orElse(null);
        jdbc.sql("""
                        update member set phone_sealed = :sealed,
                                          phone_blind = (select taken.phone_blind from member taken where taken.id = :from)
                         where id = :to
                        """)
                .param("sealed", sealed, Types.BINARY)
                .param("from", from.value())
                .param("to", to.value())
                .update();
    }

    /** Gives the survivor the phone back that it had, unless its phone was changed since the merge took the other's. */
    void restorePhone(Merge merge) {
        jdbc.sql("""
                        update member set phone_sealed = before.phone_sealed, phone_blind = before.phone_blind
                          from member_merge before
                          join member absorbed on absorbed.id = before.absorbed_id
                         where before.id = :merge and before.phone_taken and member.id = before.survivor_id
                           and member.phone_blind is not distinct from absorbed.phone_blind
                        """).param("merge", merge.id()).update();
    }

    /** The memberships that a person has and had not when two records were merged. */
    boolean hasBegunSince(Merge merge) {
        return jdbc.sql("""
                        select exists (select 1 from member_membership held where held.member_id = :survivor
                                          and not exists (select 1 from member_merge_membership part
                                                           where part.merge_id = :merge and part.membership_id = held.id))
                        """)
                .param("survivor", merge.survivor().value())
                .param("merge", merge.id())
                .query(Boolean.class)
                .single();
    }

    /** True when another record was merged into the same one later, and still is. */
    boolean wasMergedAgain(Merge merge) {
        return jdbc.sql("""
                        select exists (select 1 from member_merge later join member_merge this on this.id = :merge
                                        where later.survivor_id = this.survivor_id and later.undone_at is null
                                          and (later.merged_at, later.id) > (this.merged_at, this.id))
                        """).param("merge", merge.id()).query(Boolean.class).single();
    }

    /** The memberships that went over with a merge, or those that had been the survivor's; the latest first. */
    List<UUID> memberships(Merge merge, boolean moved) {
        return jdbc.sql("""
                        select part.membership_id from member_merge_membership part
                          join member_membership held on held.id = part.membership_id
                         where part.merge_id = :merge and part.moved = :moved
                         order by held.ended_on desc nulls first, coalesce(held.ended_by, '') = 'doubled', held.began_on desc
                        """)
                .param("merge", merge.id())
                .param("moved", moved)
                .query(UUID.class)
                .list();
    }

    /** The record leads to no other any more, and what led to it does again. */
    void undo(Actor actor, Merge merge) {
        jdbc.sql("""
                        update member set merged_into = case when id = :absorbed then null else :absorbed end
                         where id = :absorbed
                            or id in (select unnest(pointed) from member_merge where member_merge.id = :merge)
                        """)
                .param("absorbed", merge.absorbed().value())
                .param("merge", merge.id())
                .update();
        jdbc.sql("""
                        update member_merge set undone_at = :now, undone_by = :account, undone_name = :actor
                         where id = :merge
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("account", actor.account().map(AccountId::value).orElse(null), Types.OTHER)
                .param("actor", actor.name())
                .param("merge", merge.id())
                .update();
    }

    /** True when somebody signs in by a record, or by one that leads to it. */
    boolean hasAccount(MemberId member) {
        return jdbc.sql(
                        "select exists (select 1 from member where (id = :id or merged_into = :id) and account_id is not null)")
                .param("id", member.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(PHONE_BEFORE);
    }
}
