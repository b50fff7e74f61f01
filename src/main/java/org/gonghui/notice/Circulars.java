package org.gonghui.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices to a part of the tree. One row for however many readers: each finds it by where they stand, so that it never
 * leaves its part, and follows those who move.
 */
@Service
class Circulars {

    static final int LONGEST_TITLE = 60;
    static final int LONGEST_TEXT = 2_000;
    private static final int SHOWN = 50;
    private static final int A_DAY = 50;
    private static final Duration DAY = Duration.ofDays(1);

    /** A notice as it was typed. */
    record Writing(
            @Nullable String audience,
            @Nullable String title,
            @Nullable String text) {}

    private final CircularStore store;
    private final Notices notices;
    private final Unions unions;
    private final Audit audit;
    private final Clock clock;

    Circulars(CircularStore store, Notices notices, Unions unions, Audit audit, Clock clock) {
        this.store = store;
        this.notices = notices;
        this.unions = unions;
        this.audit = audit;
        this.clock = clock;
    }

    /** What was sent to a union and those below it, the newest first. */
    @Transactional(readOnly = true)
    List<Circular> sent(Actor actor, UnionId union) {
        return store.sent(
                actor.reach(Right.NOTICE_SEND),
                unions.get(actor, union, Right.NOTICE_SEND).path(),
                SHOWN);
    }

    /** Sends it; the same id is sent once. */
    @Transactional
    void send(Actor actor, UnionId union, UUID proposed, Writing typed) {
        var input = new Input();
        Circular.Audience audience = input.choice("audience", typed.audience(), Circular.Audience.class);
        String title = input.name("title", typed.title(), LONGEST_TITLE);
        String text = input.text("text", typed.text(), LONGEST_TEXT);
        input.check();
        UnionSummary to = unions.get(actor, union, Right.NOTICE_SEND);
        Instant now = clock.instant();
        Optional<Instant> inTheWay = store.sentBefore(actor.account().orElseThrow(), now.minus(DAY), A_DAY - 1);
        if (inTheWay.isPresent()) {
            throw Refused.until(Duration.between(now, inTheWay.get().plus(DAY)), NoticeRefusal.TOO_MANY_CIRCULARS);
        }
        if (store.insert(proposed, to.id(), audience, title, text, actor, clock.instant())) {
            audit.record(
                    actor, "notice.send", proposed, to.path(), Audit.facts("name", title, "audience", audience.name()));
            notices.wroteIt(actor, proposed);
        }
    }

    /** Takes it back: nobody finds it any more. */
    @Transactional
    void withdraw(Actor actor, UUID id) {
        Circular circular = store.lock(id, actor.reach(Right.NOTICE_SEND))
                .orElseThrow(() -> new Refused(NoticeRefusal.NO_SUCH_CIRCULAR));
        if (circular.withdrawnAt().isPresent()) {
            return; // taken back already
        }
        store.withdraw(id, clock.instant());
        audit.record(
                actor,
                "notice.withdraw",
                id,
                unions.get(actor, circular.union(), Right.NOTICE_SEND).path(),
                Audit.facts("name", circular.title()));
        notices.changedForMany();
    }
}
