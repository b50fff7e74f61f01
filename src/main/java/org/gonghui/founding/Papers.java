package org.gonghui.founding;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The papers of a founding: what each is and how large it may be is looked at in its bytes, not in its name. */
@Service
class Papers {

    /** Bytes that a paper may have. */
    static final int LARGEST = 10_000_000;

    private static final int MOST = 20;
    private static final int LONGEST_NAME = 100;

    /** A paper with its content. */
    record Content(Founding.Paper paper, byte[] bytes) {}

    private final Foundings foundings;
    private final PaperStore store;
    private final Audit audit;
    private final Clock clock;

    Papers(Foundings foundings, PaperStore store, Audit audit, Clock clock) {
        this.foundings = foundings;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Puts a paper to a founding that is not applied for yet; sent twice, once. */
    @Transactional
    void attach(
            Actor actor,
            FoundingId id,
            UUID proposed,
            @Nullable String typedKind,
            @Nullable String fileName,
            byte[] content) {
        var input = new Input();
        Founding.PaperKind kind = input.choice("kind", typedKind, Founding.PaperKind.class);
        if (content.length == 0) {
            input.fault("file", "no-file");
        }
        input.check();
        FoundingStore.Locked locked = foundings.beforeApplication(actor, id);
        String mediaType = mediaType(content)
                .filter(type -> content.length <= LARGEST)
                .orElseThrow(() -> new Refused(FoundingRefusal.NO_PAPER));
        if (store.papers(id).size() >= MOST) {
            throw new Refused(FoundingRefusal.TOO_MANY_PAPERS, MOST);
        }
        String name = stem(CleanText.line(fileName));
        var paper = new Founding.Paper(
                proposed,
                kind,
                name.isEmpty() ? kind.name() : name,
                mediaType,
                content.length,
                clock.instant(),
                actor.name());
        if (store.insert(id, paper, content)) {
            record(actor, locked, "founding.paper", paper);
        }
    }

    /** A file's name without what it claims to be; what it is, its first bytes have told. */
    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
        int length = stem.codePointCount(0, stem.length());
        return length <= LONGEST_NAME ? stem : stem.substring(0, stem.offsetByCodePoints(0, LONGEST_NAME));
    }

    /** The media type by the first bytes: PDF, JPEG or PNG; empty for anything else. */
    static Optional<String> mediaType(byte[] content) {
        if (startsWith(content, '%', 'P', 'D', 'F', '-')) {
            return Optional.of("application/pdf");
        }
        if (startsWith(content, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("image/jpeg");
        }
        return startsWith(content, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')
                ? Optional.of("image/png")
                : Optional.empty();
    }

    private static boolean startsWith(byte[] content, int... first) {
        if (content.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((content[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    /** A paper of a founding that the actor may read; that it was opened is on record. */
    @Transactional
    Content open(Actor actor, FoundingId id, UUID paper) {
        Founding founding = foundings.get(actor, id);
        Founding.Paper found = found(id, paper);
        byte[] bytes = store.content(id, paper).orElseThrow(() -> new Refused(FoundingRefusal.NO_SUCH_PAPER));
        audit.record(actor, "founding.paper-look", id.value(), foundings.place(founding), fact(found));
        return new Content(found, bytes);
    }

    /** Takes a paper away again, as long as nothing is applied for. */
    @Transactional
    void remove(Actor actor, FoundingId id, UUID paper) {
        FoundingStore.Locked locked = foundings.beforeApplication(actor, id);
        Founding.Paper found = found(id, paper);
        if (Foundings.wentAlong(foundings.steps(id), found)) {
            throw new Refused(FoundingRefusal.PAPER_STAYS);
        }
        store.delete(id, paper);
        record(actor, locked, "founding.paper-remove", found);
    }

    private Founding.Paper found(FoundingId id, UUID paper) {
        List<Founding.Paper> all = store.papers(id);
        return all.stream()
                .filter(each -> each.id().equals(paper))
                .findFirst()
                .orElseThrow(() -> new Refused(FoundingRefusal.NO_SUCH_PAPER));
    }

    private void record(Actor actor, FoundingStore.Locked locked, String action, Founding.Paper paper) {
        audit.record(actor, action, locked.founding().id().value(), locked.place(), fact(paper));
    }

    /** What it is, and not what its file is called: that may be a person's name. */
    private static Map<String, String> fact(Founding.Paper paper) {
        return Audit.facts("paper", paper.kind().name());
    }
}
