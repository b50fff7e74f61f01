package org.gonghui.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.gonghui.database.BulkLoad;
import org.gonghui.database.Copy;
import org.gonghui.database.TransactionLocks;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.Members.Enrolled;
import org.gonghui.org.Places;
import org.gonghui.org.Spelling;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MemberStore implements SealedColumns {

    static final SealedColumn IDENTITY = new SealedColumn("member", "identity_sealed", "id");
    static final SealedColumn PHONE = new SealedColumn("member", "phone_sealed", "id");
    static final SealedColumn PHONE_BEFORE =
            new SealedColumn("member_before", "phone_sealed", "membership_id", "member_id", PHONE.place());

    private static final String WITHIN = Within.reach("place.path");

    /** The record that this one leads to, itself if it leads to no other. */
    private static final String SURVIVOR = "(select coalesce(merged_into, id) from member where id = :id)";

    private static final String MEMBERSHIP = """
            select held.id, member_id, held.union_id, began_on, began_by, employment, new_form, ended_on, ended_by, ended_why
              from member_membership held
              join member_employment on code = employment
            """;

    private final JdbcClient jdbc;
    private final Copy copy;
    private final BulkLoad bulkLoad;
    private final Sealer sealer;
    private final Places places;
    private final TransactionLocks locks;

    MemberStore(JdbcClient jdbc, Copy copy, BulkLoad bulkLoad, Sealer sealer, Places places, TransactionLocks locks) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.bulkLoad = bulkLoad;
        this.sealer = sealer;
        this.places = places;
        this.locks = locks;
    }

    /** The forms of employment that can be chosen on a day, regular employment first. */
    List<Employment> employments(LocalDate day) {
        return jdbc.sql("""
                        select code, new_form from member_employment
                         where valid_from <= :day and (valid_to is null or valid_to > :day)
                         order by new_form, position, code
                        """)
                .param("day", day)
                .query((row, number) -> new Employment(row.getString("code"), row.getBoolean("new_form")))
                .list();
    }

    Optional<Employment> employmentOf(String code) {
        return jdbc.sql("select code, new_form from member_employment where code = :code")
                .param("code", code)
                .query((row, number) -> new Employment(row.getString("code"), row.getBoolean("new_form")))
                .optional();
    }

    List<Members.Alike> alike(Person person, Reach reach) {
        return jdbc.sql("select alike.* from (select distinct on (member.id) member.id,"
                        + " found.identity_blind = :identity as same_identity,"
                        + " coalesce(found.phone_blind = :phone, false) as same_phone, held.union_id,"
                        + " coalesce(" + WITHIN + ", false) as within"
                        + " from member found join member on member.id = coalesce(found.merged_into, found.id)"
                        + " left join member_membership held on held.member_id = member.id and held.ended_on is null"
                        + " left join org_place place on place.union_id = held.union_id and place.valid_to is null"
                        + " where found.identity_blind = :identity or found.phone_blind = :phone"
                        + " or (found.name = :name and found.birth_date = :birthDate)"
                        + " order by member.id, same_identity desc, same_phone desc) alike"
                        + " order by same_identity desc, same_phone desc, id limit 5")
                .param("identity", sealer.blind("identity", person.identity().text()))
                .param(
                        "phone",
                        person.phone()
                                .map(phone -> sealer.blind(PhoneNumber.BLIND, phone.text()))
                                .orElse(new byte[0]))
                .param("name", person.name())
                .param("birthDate", person.identity().birthDate())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> {
                    Members.Likeness how = row.getBoolean("same_identity")
                            ? Members.Likeness.SAME_IDENTITY
                            : row.getBoolean("same_phone")
                                    ? Members.Likeness.SAME_PHONE
                                    : Members.Likeness.SAME_NAME_AND_BIRTH_DATE;
                    UUID union = row.getObject("union_id", UUID.class);
                    return new Members.Alike(
                            how,
                            union != null,
                            row.getBoolean("within") ? Optional.of(new UnionId(union)) : Optional.empty());
                })
                .list();
    }

    /** A person's row without what is sealed. */
    record Row(MemberId id, long number, String name) {}

    Optional<Row> person(MemberId member) {
        return jdbc.sql("select id, number, name from member where id = " + SURVIVOR)
                .param("id", member.value())
                .query((row, number) -> new Row(
                        new MemberId(row.getObject("id", UUID.class)), row.getLong("number"), row.getString("name")))
                .optional();
    }

    /** The name on this very record, whether it leads to another or not. */
    String ownName(MemberId member) {
        return jdbc.sql("select name from member where id = :id")
                .param("id", member.value())
                .query(String.class)
                .single();
    }

    /** A person's row with what is sealed. */
    record Sealed(
            MemberId id,
            long number,
            String name,
            String sex,
            LocalDate birthDate,
            byte[] identity,
            byte @Nullable [] phone) {}

    private static final String EVER_WITHIN = " exists (select 1 from member_membership held"
            + " join org_place place on place.union_id = held.union_id and place.valid_to is null"
            + " where held.member_id = member.id and " + WITHIN + ") ";

    private static final String SEALED =
            "select id, number, name, sex, birth_date, identity_sealed, phone_sealed from member ";

    /** Someone who is or was a member of a union within the reach. */
    Optional<Sealed> sealed(MemberId member, Reach reach) {
        return jdbc.sql(SEALED + " where id = " + SURVIVOR + " and " + EVER_WITHIN)
                .param("id", member.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(MemberStore::sealed)
                .optional();
    }

    /** Everyone on record with this phone: a household may share one. */
    List<Sealed> ofPhone(PhoneNumber phone) {
        return jdbc.sql(SEALED
                        + " where id in (select coalesce(merged_into, id) from member where phone_blind = :phone)")
                .param("phone", sealer.blind(PhoneNumber.BLIND, phone.text()))
                .query(MemberStore::sealed)
                .list();
    }

    private static Sealed sealed(ResultSet row, int number) throws SQLException {
        return new Sealed(
                new MemberId(row.getObject("id", UUID.class)),
                row.getLong("number"),
                row.getString("name"),
                row.getString("sex"),
                row.getObject("birth_date", LocalDate.class),
                row.getBytes("identity_sealed"),
                row.getBytes("phone_sealed"));
    }

    boolean isWithin(MemberId member, Reach reach) {
        return sealed(member, reach).isPresent();
    }

    Optional<MemberId> byNumber(long number, Reach reach) {
        return jdbc.sql("select id from member where id ="
                        + " (select coalesce(merged_into, id) from member where number = :number) and " + EVER_WITHIN)
                .param("number", number)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(UUID.class)
                .optional()
                .map(MemberId::new);
    }

    /** The one whose phone it is, the latest on record where several gave the same. */
    Optional<MemberId> byPhone(PhoneNumber phone, Reach reach) {
        return jdbc.sql("select id from member where id in"
                        + " (select coalesce(merged_into, id) from member where phone_blind = :phone) and "
                        + EVER_WITHIN
                        + " order by number desc limit 1")
                .param("phone", sealer.blind(PhoneNumber.BLIND, phone.text()))
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(UUID.class)
                .optional()
                .map(MemberId::new);
    }

    /** The place of a union within the reach; empty when there is none such today. */
    Optional<UnionPath> placeOf(UnionId union, Reach reach) {
        return jdbc.sql("select place.path from org_place place where place.union_id = :union"
                        + " and place.valid_to is null and " + WITHIN)
                .param("union", union.value())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(String.class)
                .optional()
                .map(UnionPath::new);
    }

    /** The person of this identity number, the row locked; made if there is none. */
    Known lockOrInsert(MemberId proposed, Person person) {
        places.hold();
        byte[] blind = sealer.blind("identity", person.identity().text());
        while (true) {
            boolean fresh = insert(proposed, person, blind);
            Optional<MemberId> locked = lockByIdentity(blind);
            if (locked.isPresent()) {
                return new Known(locked.get(), fresh);
            }
        }
    }

    private boolean insert(MemberId proposed, Person person, byte[] blind) {
        boolean fresh = jdbc.sql("""
                                insert into member (id, name, pinyin, sex, birth_date, identity_sealed, identity_blind, blind_key)
                                values (:id, :name, :pinyin, :sex, :birthDate, :sealed, :blind, :key)
                                on conflict (identity_blind) do nothing
                                """)
                        .param("id", proposed.value())
                        .param("name", person.name())
                        .param("pinyin", Spelling.of(person.name()).pinyin())
                        .param("sex", person.identity().sex())
                        .param("birthDate", person.identity().birthDate())
                        .param("sealed", sealer.seal(person.identity().text(), identityPlace(proposed)))
                        .param("blind", blind)
                        .param("key", sealer.blindKeyId())
                        .update()
                == 1;
        if (fresh) {
            compare(proposed);
        }
        return fresh;
    }

    /** Has somebody compared with everybody else, soon: they may be on record already. */
    private void compare(MemberId member) {
        jdbc.sql("insert into member_comparing (member_id) values (:id)")
                .param("id", member.value())
                .update();
    }

    /**
     * The row of the person to whom a number leads, which a merge or its undoing may change until it is locked; empty for
     * somebody who was forgotten meanwhile.
     */
    private Optional<MemberId> lockByIdentity(byte[] blind) {
        while (true) {
            Optional<UUID> leadsTo = leadsTo(blind);
            if (leadsTo.isEmpty()) {
                return Optional.empty();
            }
            boolean locked = jdbc.sql("select id from member where id = :id and merged_into is null for update")
                    .param("id", leadsTo.get())
                    .query(UUID.class)
                    .optional()
                    .isPresent();
            if (locked && leadsTo(blind).equals(leadsTo)) {
                return leadsTo.map(MemberId::new);
            }
        }
    }

    private Optional<UUID> leadsTo(byte[] blind) {
        return jdbc.sql("select coalesce(merged_into, id) from member where identity_blind = :blind")
                .param("blind", blind)
                .query(UUID.class)
                .optional();
    }

    /** A person found or made by identity number. */
    record Known(MemberId id, boolean fresh) {}

    /** True when the number stands on the person's own record, and not on one that leads to it. */
    boolean isOwnIdentity(MemberId member, IdentityNumber identity) {
        return jdbc.sql("select exists (select 1 from member where id = :id and identity_blind = :blind)")
                .param("id", member.value())
                .param("blind", sealer.blind("identity", identity.text()))
                .query(Boolean.class)
                .single();
    }

    /** The member of this identity number, if there is one. */
    Optional<MemberId> byIdentity(IdentityNumber identity) {
        return jdbc.sql("select coalesce(merged_into, id) from member where identity_blind = :blind")
                .param("blind", sealer.blind("identity", identity.text()))
                .query(UUID.class)
                .optional()
                .map(MemberId::new);
    }

    /** The account by which the member signs in, if they do; of a record that leads here when this one has none. */
    Optional<AccountId> accountOf(MemberId member) {
        return jdbc.sql("""
                        select account_id from member
                         where (id = :id or merged_into = :id) and account_id is not null
                         order by merged_into nulls first, id limit 1
                        """)
                .param("id", member.value())
                .query(UUID.class)
                .optional()
                .map(AccountId::new);
    }

    /** The member who signs in by this account, also by that of a record which leads to theirs. */
    Optional<MemberId> byAccount(AccountId account) {
        return jdbc.sql("select coalesce(merged_into, id) from member where account_id = :account")
                .param("account", account.value())
                .query(UUID.class)
                .optional()
                .map(MemberId::new);
    }

    void setPhone(MemberId member, PhoneNumber phone) {
        jdbc.sql("update member set phone_sealed = :sealed, phone_blind = :blind where id = :id")
                .param("id", member.value())
                .param("sealed", sealer.seal(phone.text(), phonePlace(member)))
                .param("blind", sealer.blind(PhoneNumber.BLIND, phone.text()))
                .update();
        compare(member);
    }

    void setPhoneIfNone(MemberId member, PhoneNumber phone) {
        boolean none = jdbc.sql("select phone_blind is null from member where id = :id")
                .param("id", member.value())
                .query(Boolean.class)
                .single();
        if (none) {
            setPhone(member, phone);
        }
    }

    void clearPhone(MemberId member) {
        jdbc.sql("update member set phone_sealed = null, phone_blind = null where id = :id")
                .param("id", member.value())
                .update();
    }

    /** The name on record, and as every list spells it. */
    void setName(MemberId member, String name) {
        String pinyin = Spelling.of(name).pinyin();
        jdbc.sql("update member set name = :name, pinyin = :pinyin where id = :id")
                .param("id", member.value())
                .param("name", name)
                .param("pinyin", pinyin)
                .update();
        compare(member);
        jdbc.sql("update member_membership set spelling = :spelling where member_id = :id")
                .param("id", member.value())
                .param("spelling", pinyin + " " + name)
                .update();
    }

    /** Sets the identity number, and with it birth date and sex, which it tells. */
    void setIdentity(MemberId member, IdentityNumber identity) {
        jdbc.sql("""
                        update member
                           set identity_sealed = :sealed, identity_blind = :blind, birth_date = :birthDate, sex = :sex
                         where id = :id
                        """)
                .param("id", member.value())
                .param("sealed", sealer.seal(identity.text(), identityPlace(member)))
                .param("blind", sealer.blind("identity", identity.text()))
                .param("birthDate", identity.birthDate())
                .param("sex", identity.sex())
                .update();
        compare(member);
        jdbc.sql("update member_membership set sex = :sex where member_id = :id")
                .param("id", member.value())
                .param("sex", identity.sex())
                .update();
    }

    /**
     * Keeps what the beginning of a membership is about to overwrite: the person's phone and account, and who signed in by
     * the new account until now. Forgets what can be taken back no more.
     */
    void keepBefore(UUID membership, MemberId member, Optional<AccountId> account, LocalDate today, LocalDate since) {
        locks.together(SealedColumns.MOVING);
        jdbc.sql("delete from member_before where begun_on < :since")
                .param("since", since)
                .update();
        jdbc.sql("""
                        insert into member_before (membership_id, member_id, begun_on, phone_sealed, phone_blind, account_id,
                                                   untied_member_id)
                        select :membership, id, :today, phone_sealed, phone_blind, account_id,
                               (select other.id from member other where other.account_id = :account and other.id <> :member)
                          from member where id = :member
                        """)
                .param("membership", membership)
                .param("today", today)
                .param("account", account.map(AccountId::value).orElse(null), Types.OTHER)
                .param("member", member.value())
                .update();
    }

    private record Before(
            UUID member,
            @Nullable UUID brought,
            @Nullable UUID account,
            @Nullable UUID untied) {}

    /** Puts phone and accounts back as they were before the membership began; what it left alone stays. */
    void restoreBefore(UUID membership) {
        locks.together(SealedColumns.MOVING);
        jdbc.sql("""
                        select member.id as member, member.account_id as brought, before.account_id as account,
                               before.untied_member_id as untied
                          from member_before before
                          join member_membership begun on begun.id = before.membership_id
                          join member on member.id = begun.member_id
                         where before.membership_id = :membership
                        """)
                .param("membership", membership)
                .query(Before.class)
                .optional()
                .ifPresent(before -> restore(membership, before));
    }

    private void restore(UUID membership, Before before) {
        jdbc.sql("""
                        update member set phone_sealed = before.phone_sealed, phone_blind = before.phone_blind,
                                          account_id = null
                          from member_before before
                         where before.membership_id = :membership and member.id = :member
                        """)
                .param("membership", membership)
                .param("member", before.member())
                .update();
        tieAgain(before.untied(), before.brought());
        tieAgain(before.member(), before.account());
    }

    private void tieAgain(@Nullable UUID member, @Nullable UUID account) {
        if (member == null || account == null) {
            return;
        }
        jdbc.sql("""
                        update member set account_id = :account
                         where id = :member and account_id is null
                           and not exists (select 1 from member other where other.account_id = :account)
                        """).param("member", member).param("account", account).update();
    }

    /** Ties the person to the account by which they sign in, letting go of an earlier one of either. */
    void setAccount(MemberId member, AccountId account) {
        if (byAccount(account).equals(Optional.of(member))) {
            return; // also when a record has it that leads here: both ways to sign in stay
        }
        jdbc.sql("update member set account_id = null where account_id = :account and id <> :id")
                .param("account", account.value())
                .param("id", member.value())
                .update();
        jdbc.sql("update member set account_id = :account where id = :id")
                .param("account", account.value())
                .param("id", member.value())
                .update();
    }

    /** True for someone on record as dead. */
    boolean hasDied(MemberId member) {
        return jdbc.sql(
                        "select exists (select 1 from member_membership where member_id = :member and ended_by = 'died')")
                .param("member", member.value())
                .query(Boolean.class)
                .single();
    }

    /** The membership that lives, if any; the person's row must be locked. */
    Optional<Membership> live(MemberId member) {
        return jdbc.sql(MEMBERSHIP + " where member_id = :member and ended_on is null")
                .param("member", member.value())
                .query(MemberStore::membership)
                .optional();
    }

    /** Every membership of a person: the one that lives, then those that ended, the latest first. */
    List<Membership> memberships(MemberId member) {
        return jdbc.sql(MEMBERSHIP + " where member_id = " + SURVIVOR + """
                         order by ended_on desc nulls first, coalesce(ended_by, '') = 'doubled', began_on desc, held.id desc
                        """)
                .param("id", member.value())
                .query(MemberStore::membership)
                .list();
    }

    /** Of these memberships the ones that live. */
    Set<UUID> liveOf(Collection<UUID> memberships) {
        return Set.copyOf(jdbc.sql("select id from member_membership where id = any(:ids) and ended_on is null")
                .param("ids", memberships.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /** A membership of a union within the reach. */
    Optional<Membership> membership(UUID membership, Reach reach) {
        return jdbc.sql(MEMBERSHIP
                        + " join org_place place on place.union_id = held.union_id and place.valid_to is null"
                        + " where held.id = :membership and " + WITHIN)
                .param("membership", membership)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(MemberStore::membership)
                .optional();
    }

    /** A membership of a union within the reach, its person's row locked; empty when there is none such. */
    Optional<Membership> lock(UUID membership, Reach reach) {
        places.hold();
        while (true) {
            Optional<UUID> person = jdbc.sql("select member.id from member"
                            + " join member_membership held on held.member_id = member.id"
                            + " join org_place place on place.union_id = held.union_id and place.valid_to is null"
                            + " where held.id = :membership and " + WITHIN + " for update of member")
                    .param("membership", membership)
                    .param("lows", reach.lows())
                    .param("highs", reach.highs())
                    .query(UUID.class)
                    .optional();
            Optional<Membership> held = person.flatMap(id -> jdbc.sql(MEMBERSHIP + " where held.id = :membership")
                    .param("membership", membership)
                    .query(MemberStore::membership)
                    .optional());
            if (held.isEmpty() || held.get().member().value().equals(person.get())) {
                return held;
            }
        } // went over to another record while its own was waited for
    }

    private static Membership membership(ResultSet row, int number) throws SQLException {
        @Nullable String endedBy = row.getString("ended_by");
        return new Membership(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("member_id", UUID.class)),
                new UnionId(row.getObject("union_id", UUID.class)),
                row.getObject("began_on", LocalDate.class),
                Membership.Beginning.of(row.getString("began_by")),
                new Employment(row.getString("employment"), row.getBoolean("new_form")),
                Optional.ofNullable(row.getObject("ended_on", LocalDate.class)),
                Optional.ofNullable(endedBy).map(Membership.Ending::of),
                row.getString("ended_why"));
    }

    void insertMembership(
            UUID id,
            MemberId member,
            UnionId union,
            LocalDate beganOn,
            Membership.Beginning beganBy,
            Employment employment) {
        jdbc.sql("""
                        insert into member_membership
                               (id, member_id, union_id, began_on, began_by, employment_at_start, employment,
                                district_id, street_id, spelling, number, sex)
                        select :id, :member, :union, :beganOn, :beganBy, :employment, :employment,
                               district.union_id, street.union_id, member.pinyin || ' ' || member.name, member.number,
                               member.sex
                          from member
                          join org_place place on place.union_id = :union and place.valid_to is null
                        """ + MovingStore.ABOVE + """
                         where member.id = :member
                        """)
                .param("id", id)
                .param("member", member.value())
                .param("union", union.value())
                .param("beganOn", beganOn)
                .param("beganBy", beganBy.code())
                .param("employment", employment.code())
                .update();
    }

    /** Ends a membership that lives; whoever ends it holds its person's lock. */
    void endMembership(UUID id, LocalDate on, Membership.Ending by, String why) {
        int ended = jdbc.sql("""
                        update member_membership set ended_on = :on, ended_by = :by, ended_why = :why
                         where id = :id and ended_on is null
                        """)
                .param("id", id)
                .param("on", on)
                .param("by", by.code())
                .param("why", why)
                .update();
        if (ended != 1) {
            throw new IllegalStateException("the membership " + id + " was changed beside its person's lock");
        }
    }

    void reopenMembership(UUID id) {
        jdbc.sql("update member_membership set ended_on = null, ended_by = null, ended_why = '' where id = :id")
                .param("id", id)
                .update();
    }

    void deleteMembership(UUID id) {
        jdbc.sql("delete from member_membership where id = :id").param("id", id).update();
    }

    /** Forgets a person who has no membership left. */
    void deleteIfNeverMember(MemberId member) {
        jdbc.sql("""
                        delete from member where id = :id
                           and not exists (select 1 from member_membership where member_id = :id)
                           and not exists (select 1 from member absorbed where absorbed.merged_into = :id)
                        """).param("id", member.value()).update();
    }

    /** True for a membership that was there already when two records were merged that still are. */
    boolean isMerged(UUID membership) {
        return jdbc.sql("""
                        select exists (select 1 from member_merge_membership part
                                         join member_merge on member_merge.id = part.merge_id
                                        where part.membership_id = :membership and undone_at is null)
                        """)
                .param("membership", membership)
                .query(Boolean.class)
                .single();
    }

    /** The memberships of a person that had ended already when two records were merged that still are. */
    Set<UUID> endedWhenMerged(MemberId member) {
        return Set.copyOf(
                jdbc.sql("""
                        select part.membership_id from member_merge_membership part
                          join member_merge on member_merge.id = part.merge_id
                          join member_membership held on held.id = part.membership_id
                         where held.member_id = :member and undone_at is null and not part.lived
                        """).param("member", member.value()).query(UUID.class).list());
    }

    boolean hasEmploymentChanges(UUID membership) {
        return jdbc.sql("select exists (select 1 from member_employment_change where membership_id = :membership)")
                .param("membership", membership)
                .query(Boolean.class)
                .single();
    }

    void setEmployment(UUID membership, Employment employment) {
        jdbc.sql("update member_membership set employment = :employment where id = :id")
                .param("id", membership)
                .param("employment", employment.code())
                .update();
    }

    void insertEmploymentChange(UUID id, UUID membership, LocalDate on, Employment before, Employment after) {
        jdbc.sql("""
                        insert into member_employment_change (id, membership_id, changed_on, before, after)
                        values (:id, :membership, :on, :before, :after)
                        """)
                .param("id", id)
                .param("membership", membership)
                .param("on", on)
                .param("before", before.code())
                .param("after", after.code())
                .update();
    }

    static Sealer.Place identityPlace(MemberId member) {
        return IDENTITY.of(member.value());
    }

    static Sealer.Place phonePlace(MemberId member) {
        return PHONE.of(member.value());
    }

    long load(Consumer<Consumer<Enrolled>> rosters) {
        places.hold();
        var count = new AtomicLong();
        bulkLoad.into(List.of("member", "member_membership"), () -> copyAll(rosters, count));
        // Of a whole city at once only those who share something with somebody: the others would be compared for
        // nothing.
        jdbc.sql("""
                        insert into member_comparing (member_id)
                        select unnest(array_agg(id)) from member group by name, birth_date having count(*) > 1
                        union all
                        select unnest(array_agg(id)) from member where phone_blind is not null
                         group by phone_blind having count(*) > 1
                        """).update();
        return count.get();
    }

    private record Above(@Nullable UUID district, @Nullable UUID street) {}

    /** The places above each union at the two upper levels, as its memberships carry them. */
    private Map<UUID, Above> above() {
        Map<UUID, Above> above = new HashMap<>();
        jdbc.sql("""
                        select place.union_id, district.union_id as district_id, street.union_id as street_id
                          from org_place place
                        """ + MovingStore.ABOVE + """
                         where place.valid_to is null
                        """).query(row -> {
            above.put(
                    row.getObject("union_id", UUID.class),
                    new Above(row.getObject("district_id", UUID.class), row.getObject("street_id", UUID.class)));
        });
        return above;
    }

    private void copyAll(Consumer<Consumer<Enrolled>> rosters, AtomicLong count) {
        Map<UUID, Above> above = above();
        long first =
                jdbc.sql("select nextval('member_number')").query(Long.class).single();
        var given = new AtomicLong(first);
        try (Copy.Rows rows = copy.into("""
                member (id, name, pinyin, sex, birth_date, identity_sealed, identity_blind,
                        phone_sealed, phone_blind, blind_key, number)
                """)) {
            int key = sealer.blindKeyId();
            rosters.accept(person -> {
                String identity = person.identity().text();
                rows.row(
                        person.id(),
                        person.name(),
                        Spelling.of(person.name()).pinyin(),
                        person.identity().sex(),
                        person.identity().birthDate(),
                        sealer.seal(identity, IDENTITY.of(person.id())),
                        sealer.blind("identity", identity),
                        sealer.seal(person.phone(), PHONE.of(person.id())),
                        sealer.blind(PhoneNumber.BLIND, person.phone()),
                        key,
                        given.getAndIncrement());
                count.incrementAndGet();
            });
        }
        try (Copy.Rows rows = copy.into("""
                member_membership (id, member_id, union_id, began_on, began_by, employment_at_start, employment,
                                   ended_on, ended_by, district_id, street_id, spelling, number, sex)
                """)) {
            var again = new AtomicLong(first); // the roster gives the same people in the same order
            rosters.accept(person -> {
                Above of = Objects.requireNonNull(above.get(person.union().value()));
                rows.row(
                        person.membership(),
                        person.id(),
                        person.union(),
                        person.beganOn(),
                        person.beganBy().code(),
                        person.employment(),
                        person.employment(),
                        person.endedOn(),
                        person.endedBy(),
                        of.district(),
                        of.street(),
                        Spelling.of(person.name()).pinyin() + " " + person.name(),
                        again.getAndIncrement(),
                        person.identity().sex());
            });
        }
        jdbc.sql("select setval('member_number', :last)")
                .param("last", given.get())
                .query()
                .singleRow();
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(IDENTITY, PHONE, PHONE_BEFORE);
    }
}
