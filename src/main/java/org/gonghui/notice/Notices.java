package org.gonghui.notice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Ids;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.MessageGateway.Way;
import org.gonghui.layout.Bell;
import org.gonghui.layout.Texts;
import org.gonghui.member.Members;
import org.gonghui.message.Outbox;
import org.gonghui.org.UnionSummary;
import org.gonghui.org.Unions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Everyone's inbox. A notice is written with the fact it tells of, in one transaction; what is to leave the platform by
 * phone or e-mail goes into the outbox with it.
 */
@Service
public class Notices implements Bell {

    private static final int PAGE = 20;
    private static final UUID LAST_ID = new UUID(-1, -1);

    /** What staff wrote stays in inboxes for half a year. */
    private static final Duration KEPT = Duration.ofDays(183);

    /** How long the number beside the bell may be behind on another node. */
    private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

    /** A page of the inbox, the newest first. */
    record Inbox(List<Notice> notices, Optional<Mark> next) {}

    private final NoticeStore store;
    private final Contacts contacts;
    private final Outbox outbox;
    private final Members members;
    private final Unions unions;
    private final Texts texts;
    private final Clock clock;
    private final MeterRegistry meters;
    private final String publicUrl;
    private final Cache<AccountId, Integer> unread = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(COUNTED_FOR)
            .build();

    Notices(
            NoticeStore store,
            Contacts contacts,
            Outbox outbox,
            Members members,
            Unions unions,
            Texts texts,
            Clock clock,
            MeterRegistry meters,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.store = store;
        this.contacts = contacts;
        this.outbox = outbox;
        this.members = members;
        this.unions = unions;
        this.texts = texts;
        this.clock = clock;
        this.meters = meters;
        this.publicUrl = publicUrl;
    }

    /**
     * Tells a person of something, once.
     *
     * @param told names the fact: the same is not told again
     * @param facts fill the sentence of the kind; one that is the name of a sentence stands for it
     * @param link where it leads on the platform
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(AccountId to, Notice.Kind kind, UUID told, List<String> facts, String link) {
        UUID id = Ids.next(clock);
        Instant now = clock.instant();
        if (!store.insert(id, kind + ":" + told + ":" + to, to, kind, facts, link, now)) {
            return;
        }
        Contact contact = contacts.of(to);
        Instant due = contact.quiet().endAt(now);
        String title = kind.title(texts, contact.language(), facts);
        for (Way way : contacts.reaching(to, contact)) {
            outbox.put(id, to, way, title, title + " " + publicUrl + link, due);
        }
        changed(to);
        afterCommit(() -> meters.counter("gonghui.notices", "kind", kind.name()).increment());
    }

    /** The inbox from a mark on. What it shows counts as read from now on, and still looks new this once. */
    @Transactional
    public Inbox open(Actor actor, Optional<Mark> after) {
        AccountId account = actor.account().orElseThrow();
        Mark before = after.orElse(new Mark(clock.instant().plus(Duration.ofDays(1)), LAST_ID));
        List<Notice> found = store.inbox(account, standing(actor), since(), before, PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Notice> shown = more ? found.subList(0, PAGE) : found;
        store.setRead(account, fresh(shown, Notice.Event.class), clock.instant());
        store.setCircularsRead(account, fresh(shown, Notice.Written.class), clock.instant());
        changed(account);
        Notice last = shown.isEmpty() ? null : shown.getLast();
        return new Inbox(shown, more && last != null ? Optional.of(new Mark(last.at(), last.id())) : Optional.empty());
    }

    private static List<UUID> fresh(List<Notice> shown, Class<? extends Notice> type) {
        return shown.stream()
                .filter(Notice::fresh)
                .filter(type::isInstance)
                .map(Notice::id)
                .toList();
    }

    /** How many notices the actor has not had before their eyes; 0 while the database is away. */
    @Override
    public int unread(Actor actor) {
        try {
            return actor.account()
                    .map(account -> unread.get(account, key -> store.unread(key, standing(actor), since())))
                    .orElse(0);
        } catch (DataAccessException | TransactionException away) {
            return 0; // the page that says so has a bell, too
        }
    }

    private Instant since() {
        return clock.instant().minus(KEPT);
    }

    private NoticeStore.Standing standing(Actor actor) {
        return new NoticeStore.Standing(
                actor.grants().stream()
                        .filter(grant -> !grant.rights().isEmpty())
                        .map(Actor.Grant::over)
                        .toList(),
                members
                        .cardOf(actor)
                        .flatMap(Members.Card::live)
                        .flatMap(live -> unions.named(live.union()))
                        .map(UnionSummary::path)
                        .stream()
                        .toList());
    }

    private void changed(AccountId account) {
        afterCommit(() -> unread.invalidate(account));
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    /** Whoever wrote a notice knows it; all others have one more. */
    void wroteIt(Actor sender, UUID circular) {
        store.setCircularsRead(sender.account().orElseThrow(), List.of(circular), clock.instant());
        changedForMany();
    }

    /** Everyone's number is counted anew. */
    void changedForMany() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                unread.invalidateAll();
            }
        });
    }
}
