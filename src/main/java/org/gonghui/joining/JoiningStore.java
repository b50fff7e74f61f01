package org.gonghui.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.TransactionLocks;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.IdentityNumber;
import org.gonghui.member.MemberId;
import org.gonghui.member.Person;
import org.gonghui.seal.SealedColumn;
import org.gonghui.seal.SealedColumns;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Applications and what was decided about them; identity number and phone are sealed. */
@Repository
class JoiningStore implements SealedColumns {

    static final SealedColumn IDENTITY = new SealedColumn("joining_application", "identity_sealed", "id");
    static final SealedColumn PHONE = new SealedColumn("joining_application", "phone_sealed", "id");

    private static final String IDENTITY_SUBJECT = "identity";

    /**
     * An application that is there under an id.
     *
     * @param samePerson true when staff took it down, of the same identity number
     * @param elsewhere true when the person was a member of another union then
     */
    record TakenBefore(String scanned, boolean samePerson, boolean elsewhere) {}

    /** An application that waits, or was decided a short while ago. */
    record Line(Application application, int sameIdentityWaiting, Optional<Application.Decision> decision) {}

    private static final String WITHIN = Within.reach("place.path");

    private static final String COLUMNS = """
            application.id, application.account_id, scanned, state, name, identity_sealed, birth_date,
            coalesce(employment, '') as employment, employer, application.union_id, deciding_union_id, sent_at,
            membership_id, transfer_id, objection, taken_by, phone_sealed
            """;

    /** With how many others wait with the same identity number, anywhere in the city. */
    private static final String WITH_TWINS = "select " + COLUMNS + """
            , (select count(*) from joining_application other
                where other.identity_blind = application.identity_blind and other.state = 'waiting'
                  and other.id <> application.id) as twins
              from joining_application application
              join org_place place on place.union_id = deciding_union_id and place.valid_to is null
            """;

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final TransactionLocks locks;

    JoiningStore(JdbcClient jdbc, Sealer sealer, TransactionLocks locks) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.locks = locks;
    }

    static Sealer.Place identityPlace(UUID application) {
        return IDENTITY.of(application);
    }

    static Sealer.Place phonePlace(UUID application) {
        return PHONE.of(application);
    }

    /** The application of an account that is neither decided nor withdrawn. */
    Optional<Application> open(AccountId account) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + " from joining_application application where account_id = :account and state in ('draft', 'waiting')")
                .param("account", account.value())
                .query(JoiningStore::application)
                .optional();
    }

    /** The application of this id, whoever's. */
    Optional<Application> byId(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from joining_application application where id = :id")
                .param("id", id)
                .query(JoiningStore::application)
                .optional();
    }

    /** The application that an account made last, whatever became of it. */
    Optional<Application> latest(AccountId account) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + " from joining_application application where account_id = :account order by begun_at desc, id desc limit 1")
                .param("account", account.value())
                .query(JoiningStore::application)
                .optional();
    }

    /** Begins an application; false when the account has an open one, or the id is there already. */
    boolean insert(UUID id, AccountId account, String scanned, Instant now) {
        return jdbc.sql("""
                                insert into joining_application (id, account_id, scanned, state, begun_at)
                                values (:id, :account, :scanned, 'draft', :now)
                                on conflict do nothing
                                """)
                        .param("id", id)
                        .param("account", account.value())
                        .param("scanned", scanned)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** Who the applicant is; false when it is a draft no more. */
    boolean setWho(UUID id, String scanned, String name, IdentityNumber identity) {
        return jdbc.sql("""
                                update joining_application
                                   set union_id = case when scanned = :scanned then union_id end,
                                       deciding_union_id = case when scanned = :scanned then deciding_union_id end,
                                       scanned = :scanned, name = :name, identity_sealed = :sealed,
                                       identity_blind = :blind, blind_key = :key, sex = :sex, birth_date = :birthDate
                                 where id = :id and state = 'draft'
                                """)
                        .param("id", id)
                        .param("scanned", scanned)
                        .param("name", name)
                        .param("sealed", sealer.seal(identity.text(), identityPlace(id)))
                        .param("blind", sealer.blind(IDENTITY_SUBJECT, identity.text()))
                        .param("key", sealer.blindKeyId())
                        .param("sex", identity.sex())
                        .param("birthDate", identity.birthDate())
                        .update()
                == 1;
    }

    /** What the applicant works as, and where the application will go; false when it is a draft no more. */
    boolean setWork(UUID id, String employment, String employer, UnionId union, UnionId deciding) {
        return jdbc.sql("""
                                update joining_application
                                   set employment = :employment, employer = :employer, union_id = :union,
                                       deciding_union_id = :deciding
                                 where id = :id and state = 'draft'
                                """)
                        .param("id", id)
                        .param("employment", employment)
                        .param("employer", employer)
                        .param("union", union.value())
                        .param("deciding", deciding.value())
                        .update()
                == 1;
    }

    /** Forgets what an account began and did not send. */
    void deleteDraft(AccountId account) {
        jdbc.sql("delete from joining_application where account_id = :account and state = 'draft'")
                .param("account", account.value())
                .update();
    }

    /** One after another for everybody with this identity number, until the transaction ends. */
    void takeTurns(IdentityNumber identity) {
        byte[] blind = sealer.blind(IDENTITY_SUBJECT, identity.text());
        locks.alone("joining.identity." + HexFormat.of().formatHex(blind));
    }

    /** Who was taken down under this id before, if anybody was. */
    Optional<TakenBefore> taken(UUID id, IdentityNumber identity) {
        return jdbc.sql("""
                        select scanned, taken_by <> '' and identity_blind = :blind as same, taken_elsewhere
                          from joining_application where id = :id
                        """)
                .param("id", id)
                .param("blind", sealer.blind(IDENTITY_SUBJECT, identity.text()))
                .query((row, number) -> new TakenBefore(
                        row.getString("scanned"), row.getBoolean("same"), row.getBoolean("taken_elsewhere")))
                .optional();
    }

    /** True while somebody with this identity number waits, anywhere in the city. */
    boolean isWaiting(IdentityNumber identity) {
        return jdbc.sql(
                        "select exists (select 1 from joining_application where identity_blind = :blind and state = 'waiting')")
                .param("blind", sealer.blind(IDENTITY_SUBJECT, identity.text()))
                .query(Boolean.class)
                .single();
    }

    /** Whom staff took down, waiting to be decided about; false when this id is there already. */
    boolean insertTaken(
            UUID id,
            Actor by,
            String scanned,
            Person person,
            boolean elsewhere,
            String employer,
            Instant now,
            Joinings.Destination to) {
        IdentityNumber identity = person.identity();
        return jdbc.sql("""
                                insert into joining_application (id, scanned, state, name, identity_sealed, identity_blind,
                                                                 blind_key, sex, birth_date, phone_sealed, employment,
                                                                 employer, union_id, deciding_union_id, begun_at, sent_at,
                                                                 taken_by_id, taken_by, taken_elsewhere)
                                values (:id, :scanned, 'waiting', :name, :identity, :blind, :key, :sex, :birthDate, :phone,
                                        :employment, :employer, :union, :deciding, :now, :now, :by, :byName, :elsewhere)
                                on conflict (id) do nothing
                                """)
                        .param("id", id)
                        .param("scanned", scanned)
                        .param("name", person.name())
                        .param("identity", sealer.seal(identity.text(), identityPlace(id)))
                        .param("blind", sealer.blind(IDENTITY_SUBJECT, identity.text()))
                        .param("key", sealer.blindKeyId())
                        .param("sex", identity.sex())
                        .param("birthDate", identity.birthDate())
                        .param(
                                "phone",
                                person.phone()
                                        .map(phone -> sealer.seal(phone.text(), phonePlace(id)))
                                        .orElse(null))
                        .param("employment", person.employment().code())
                        .param("employer", employer)
                        .param("union", to.union().id().value())
                        .param("deciding", to.deciding().id().value())
                        .param("now", at(now))
                        .param("by", by.account().map(AccountId::value).orElse(null))
                        .param("byName", by.name())
                        .param("elsewhere", elsewhere)
                        .update()
                == 1;
    }

    /** Sends a draft on its way; false when it is none. */
    boolean send(UUID id, Instant now) {
        return jdbc.sql(
                                "update joining_application set state = 'waiting', sent_at = :now where id = :id and state = 'draft'")
                        .param("id", id)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /**
     * Withdraws what is not decided yet; false when it is, or when another union was asked meanwhile.
     *
     * @param transfer the wish for a transfer that the applicant knew of
     */
    boolean withdraw(UUID id, Optional<UUID> transfer) {
        return jdbc.sql("delete from joining_application where id = :id and state = 'draft'")
                                .param("id", id)
                                .update()
                        + jdbc.sql(
                                        "update joining_application set state = 'withdrawn' where id = :id and state = 'waiting'"
                                                + " and transfer_id is not distinct from cast(:transfer as uuid)")
                                .param("id", id)
                                .param("transfer", transfer.orElse(null))
                                .update()
                == 1;
    }

    /** What waits for the actor's decision, the oldest first, after one that was read before. */
    List<Line> queue(Reach reach, UnionPath at, Optional<UUID> after, int atMost) {
        return jdbc.sql(WITH_TWINS + """
                         where state = 'waiting' and (transfer_id is null or objection <> '')
                           and place.path >= :low and place.path < :high
                           and (cast(:after as uuid) is null
                                or (sent_at, application.id) > (select sent_at, id from joining_application where id = :after))
                           and
                        """ + WITHIN + " order by sent_at, application.id limit :atMost")
                .param("low", at.low())
                .param("high", at.high())
                .param("after", after.orElse(null))
                .param("atMost", atMost)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(JoiningStore::withTwins)
                .list();
    }

    /** An application that the actor decides about. */
    Optional<Line> one(UUID id, Reach reach) {
        return jdbc.sql(WITH_TWINS + " where application.id = :id and state <> 'draft' and " + WITHIN)
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(JoiningStore::withTwins)
                .optional();
    }

    private static Line withTwins(ResultSet row, int number) throws SQLException {
        return new Line(application(row, number), row.getInt("twins"), Optional.empty());
    }

    int waiting(Reach reach, UnionPath at) {
        return ofWaiting("count(*)", reach, at).query(Integer.class).single();
    }

    /** When the one was sent that waits longest; empty when none waits. */
    Optional<Instant> oldestWaiting(Reach reach, UnionPath at) {
        return ofWaiting("min(sent_at)", reach, at)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .single();
    }

    private JdbcClient.StatementSpec ofWaiting(String what, Reach reach, UnionPath at) {
        return jdbc.sql("select " + what + """
                          from joining_application application
                          join org_place place on place.union_id = deciding_union_id and place.valid_to is null
                         where state = 'waiting' and (transfer_id is null or objection <> '')
                           and place.path >= :low and place.path < :high and
                        """ + WITHIN)
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs());
    }

    /** What was decided since an instant and stands, the latest first. */
    List<Line> decidedSince(Instant since, Reach reach, UnionPath at, int atMost) {
        return jdbc.sql("select " + COLUMNS + """
                        , decision, at, actor, reason
                          from joining_application application
                          join org_place place on place.union_id = deciding_union_id and place.valid_to is null
                          join joining_decision decided on decided.application_id = application.id
                         where state in ('approved', 'refused') and decided.at > :since and decision = state
                           and transfer_id is null
                           and place.path >= :low and place.path < :high
                           and not exists (select 1 from joining_decision later
                                            where later.application_id = application.id and later.id > decided.id)
                           and
                        """ + WITHIN + " order by decided.at desc, application.id limit :atMost")
                .param("since", at(since))
                .param("low", at.low())
                .param("high", at.high())
                .param("atMost", atMost)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new Line(application(row, number), 0, Optional.of(decision(row, number))))
                .list();
    }

    /** An application that the actor decides about, its row locked; empty when there is none such. */
    Optional<Application> lock(UUID id, Reach reach) {
        return jdbc.sql("select " + COLUMNS + """
                          from joining_application application
                          join org_place place on place.union_id = deciding_union_id and place.valid_to is null
                         where application.id = :id and state <> 'draft' and
                        """ + WITHIN + " for update of application")
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(JoiningStore::application)
                .optional();
    }

    void approve(UUID id, MemberId member, UUID membership) {
        jdbc.sql(
                        "update joining_application set state = 'approved', member_id = :member, membership_id = :membership where id = :id")
                .param("id", id)
                .param("member", member.value())
                .param("membership", membership)
                .update();
    }

    void refuse(UUID id) {
        jdbc.sql("update joining_application set state = 'refused' where id = :id")
                .param("id", id)
                .update();
    }

    /** From now on another union is asked to let the applicant go. */
    void setTransfer(UUID id, UUID transfer) {
        jdbc.sql("update joining_application set transfer_id = :transfer, objection = '' where id = :id")
                .param("id", id)
                .param("transfer", transfer)
                .update();
    }

    /** The application, if any, of which a wish for a transfer came, its row locked. */
    Optional<Application> lockByTransfer(UUID transfer) {
        return jdbc.sql("select " + COLUMNS
                        + " from joining_application application where transfer_id = :transfer for update")
                .param("transfer", transfer)
                .query(JoiningStore::application)
                .optional();
    }

    /** The other union does not let the applicant go: back into the queue with its reason. */
    void setObjection(UUID id, String objection) {
        jdbc.sql("update joining_application set objection = :objection where id = :id")
                .param("id", id)
                .param("objection", objection)
                .update();
    }

    /** Back into the queue as if no transfer had been asked for. */
    void clearTransfer(UUID id) {
        jdbc.sql("update joining_application set transfer_id = null, objection = '' where id = :id")
                .param("id", id)
                .update();
    }

    /** Puts a decided application back into the queue; false when its applicant withdrew it or began another since. */
    boolean reopen(UUID id, Optional<AccountId> account) {
        return jdbc.sql("""
                                update joining_application set state = 'waiting', member_id = null, membership_id = null
                                 where id = :id and state in ('approved', 'refused')
                                   and not exists (select 1 from joining_application other
                                                    where other.account_id = cast(:account as uuid) and other.state in ('draft', 'waiting'))
                                """)
                        .param("id", id)
                        .param("account", account.map(AccountId::value).orElse(null))
                        .update()
                == 1;
    }

    void insertDecision(UUID id, UUID application, String decision, Instant at, Actor actor, String reason) {
        jdbc.sql("""
                        insert into joining_decision (id, application_id, decision, at, account_id, actor, reason)
                        values (:id, :application, :decision, :at, :account, :actor, :reason)
                        """)
                .param("id", id)
                .param("application", application)
                .param("decision", decision)
                .param("at", at(at))
                .param("account", actor.account().map(AccountId::value).orElse(null))
                .param("actor", actor.name())
                .param("reason", reason)
                .update();
    }

    /** What was decided about an application last. */
    Optional<Application.Decision> lastDecision(UUID application) {
        return jdbc.sql("""
                        select decision, at, actor, reason from joining_decision
                         where application_id = :application order by id desc limit 1
                        """)
                .param("application", application)
                .query(JoiningStore::decision)
                .optional();
    }

    private static Application.Decision decision(ResultSet row, int number) throws SQLException {
        return new Application.Decision(
                row.getString("decision"), instant(row, "at"), row.getString("actor"), row.getString("reason"));
    }

    private static Application application(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new Application(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("account_id", UUID.class)).map(AccountId::new),
                row.getString("scanned"),
                Application.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getBytes("identity_sealed"),
                Optional.ofNullable(row.getObject("birth_date", LocalDate.class)),
                row.getString("employment"),
                row.getString("employer"),
                Optional.ofNullable(row.getObject("union_id", UUID.class)).map(UnionId::new),
                Optional.ofNullable(row.getObject("deciding_union_id", UUID.class))
                        .map(UnionId::new),
                Optional.ofNullable(sentAt).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getObject("membership_id", UUID.class)),
                Optional.ofNullable(row.getObject("transfer_id", UUID.class)),
                row.getString("objection"),
                row.getString("taken_by"),
                row.getBytes("phone_sealed"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public List<SealedColumn> sealedColumns() {
        return List.of(IDENTITY, PHONE);
    }
}
