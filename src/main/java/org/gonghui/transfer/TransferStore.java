package org.gonghui.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.database.Within;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.OpenWork;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.gonghui.member.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Wishes to take a member over from another union, and their answers. */
@Repository
class TransferStore {

    private static final String WITHIN = Within.reach("place.path");

    private static final String COLUMNS = """
            request.id, request.member_id, request.membership_id, from_union_id, to_union_id, asked_by, request.name,
            request.employment, request.account_id, state, asked_at, asked_name, answered_at, answered_name, reason,
            arrived_membership_id, at_once
            """;

    /** The place of the side that asked. */
    private static final String ASKING = """
            join org_place place on place.valid_to is null
                 and place.union_id = case asked_by when 'taking' then to_union_id else from_union_id end
            """;

    /** The place of the side that answers. */
    private static final String ANSWERING = """
            join org_place place on place.valid_to is null
                 and place.union_id = case asked_by when 'taking' then from_union_id else to_union_id end
            """;

    private final JdbcClient jdbc;

    TransferStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records a wish; false when it waits and another one about the same person waits. */
    boolean insert(Transfer transfer) {
        return jdbc.sql("""
                                insert into transfer_request (id, member_id, membership_id, from_union_id, to_union_id,
                                       asked_by, name, employment, account_id, state, asked_at, asked_name, answered_at,
                                       answered_name, arrived_membership_id, at_once)
                                values (:id, :member, :membership, :from, :to, :askedBy, :name, :employment, :account,
                                        :state, :askedAt, :asker, :answeredAt, :answerer, :arrived, :atOnce)
                                on conflict (member_id) where state = 'waiting' do nothing
                                """)
                        .param("id", transfer.id())
                        .param("member", transfer.member().value())
                        .param("membership", transfer.membership())
                        .param("from", transfer.from().value())
                        .param("to", transfer.to().value())
                        .param("askedBy", code(transfer.askedBy()))
                        .param("name", transfer.name())
                        .param("employment", transfer.employment().orElse(null))
                        .param(
                                "account",
                                transfer.account().map(AccountId::value).orElse(null))
                        .param("askedAt", at(transfer.askedAt()))
                        .param("asker", transfer.asker())
                        .param("state", code(transfer.state()))
                        .param(
                                "answeredAt",
                                transfer.answeredAt().map(TransferStore::at).orElse(null))
                        .param("answerer", transfer.answerer())
                        .param("arrived", transfer.arrived().orElse(null))
                        .param("atOnce", transfer.atOnce())
                        .update()
                == 1;
    }

    /** What waits for an answer of the actor's side, the oldest first. */
    List<Transfer> toAnswer(Reach reach, UnionPath at, int atMost) {
        return list(ANSWERING, "state = 'waiting'", "asked_at, request.id", reach, at, atMost);
    }

    /** How many wait for an answer of the actor's side, and since when the first; empty for none. */
    Optional<OpenWork.Waiting> waiting(Reach reach, UnionPath at, String label, String address) {
        return jdbc.sql("select count(*) as count, min(asked_at) as oldest from transfer_request request " + ANSWERING
                        + " where state = 'waiting' and place.path >= :low and place.path < :high and " + WITHIN
                        + " having count(*) > 0")
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query((row, number) -> new OpenWork.Waiting(
                        label,
                        row.getLong("count"),
                        Optional.of(
                                row.getObject("oldest", OffsetDateTime.class).toInstant()),
                        address))
                .optional();
    }

    /** What the actor's side has asked and waits for, the oldest first. */
    List<Transfer> asked(Reach reach, UnionPath at, int atMost) {
        return list(ASKING, "state = 'waiting'", "asked_at, request.id", reach, at, atMost);
    }

    /** What was answered, either side, the latest first. */
    List<Transfer> answered(Reach reach, UnionPath at, int atMost) {
        return list("""
                join lateral (select path from org_place where valid_to is null and path >= :low and path < :high
                                 and union_id in (from_union_id, to_union_id) limit 1) place on true
                """, "state <> 'waiting'", "answered_at desc, request.id", reach, at, atMost);
    }

    private List<Transfer> list(String side, String state, String order, Reach reach, UnionPath at, int atMost) {
        return jdbc.sql("select " + COLUMNS
                        + " from transfer_request request "
                        + side + " where " + state
                        + " and place.path >= :low and place.path < :high and " + WITHIN
                        + " order by " + order + " limit :atMost")
                .param("low", at.low())
                .param("high", at.high())
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .param("atMost", atMost)
                .query(TransferStore::transfer)
                .list();
    }

    /** A wish that the actor's side answers, its row locked. */
    Optional<Transfer> lockToAnswer(UUID id, Reach reach) {
        return lock(ANSWERING, id, reach);
    }

    /** A wish that the actor's side has asked, its row locked. */
    Optional<Transfer> lockAsked(UUID id, Reach reach) {
        return lock(ASKING, id, reach);
    }

    private Optional<Transfer> lock(String side, UUID id, Reach reach) {
        return jdbc.sql("select " + COLUMNS
                        + " from transfer_request request "
                        + side + " where request.id = :id and " + WITHIN + " for update of request")
                .param("id", id)
                .param("lows", reach.lows())
                .param("highs", reach.highs())
                .query(TransferStore::transfer)
                .optional();
    }

    /** Locks a wish for whoever the applicant's own withdrawal concerns. */
    Optional<Transfer> lock(UUID id) {
        return lock(ASKING, id, Reach.everywhere());
    }

    void answer(UUID id, Transfer.State state, Instant at, String answerer, String reason, @Nullable UUID arrived) {
        jdbc.sql("""
                        update transfer_request
                           set state = :state, answered_at = :at, answered_name = :answerer, reason = :reason,
                               arrived_membership_id = :arrived
                         where id = :id
                        """)
                .param("id", id)
                .param("state", code(state))
                .param("at", at(at))
                .param("answerer", answerer)
                .param("reason", reason)
                .param("arrived", arrived)
                .update();
    }

    /** Lets a wish wait again; false when another one about the same person waits. */
    boolean reopen(Transfer transfer) {
        return jdbc.sql("""
                                update transfer_request
                                   set state = 'waiting', answered_at = null, answered_name = '', reason = '',
                                       arrived_membership_id = null
                                 where id = :id
                                   and not exists (select 1 from transfer_request other
                                                    where other.member_id = :member and other.state = 'waiting')
                                """)
                        .param("id", transfer.id())
                        .param("member", transfer.member().value())
                        .update()
                == 1;
    }

    private static Transfer transfer(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime answeredAt = row.getObject("answered_at", OffsetDateTime.class);
        return new Transfer(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("member_id", UUID.class)),
                row.getObject("membership_id", UUID.class),
                new UnionId(row.getObject("from_union_id", UUID.class)),
                new UnionId(row.getObject("to_union_id", UUID.class)),
                Transfer.Side.valueOf(row.getString("asked_by").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                Optional.ofNullable(row.getString("employment")),
                Optional.ofNullable(row.getObject("account_id", UUID.class)).map(AccountId::new),
                Transfer.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("asked_name"),
                Optional.ofNullable(answeredAt).map(OffsetDateTime::toInstant),
                row.getString("answered_name"),
                row.getString("reason"),
                Optional.ofNullable(row.getObject("arrived_membership_id", UUID.class)),
                row.getBoolean("at_once"));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
