package org.gonghui.notice;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.UnionId;
import org.gonghui.layout.Language;
import org.gonghui.layout.Texts;

/** One thing that a person is told, as it stands in the inbox. */
sealed interface Notice {

    UUID id();

    Instant at();

    /** True as long as its reader has not had it before their eyes. */
    boolean fresh();

    /** What it says in one line. */
    String title(Texts texts, Language language);

    /** The rest; may be empty, may have several lines. */
    String text(Texts texts, Language language);

    /**
     * Something that happened.
     *
     * @param facts fill the sentence; one that is the name of a sentence stands for it
     * @param link where it leads on the platform; empty for nowhere
     */
    record Event(UUID id, Instant at, boolean fresh, Kind kind, List<String> facts, String link) implements Notice {

        @Override
        public String title(Texts texts, Language language) {
            return kind.title(texts, language, facts);
        }

        @Override
        public String text(Texts texts, Language language) {
            return kind.say(texts, language, "text", facts);
        }
    }

    /**
     * Something that staff wrote to a part of the tree.
     *
     * @param union to which it was sent, and to all below it
     */
    record Written(UUID id, Instant at, boolean fresh, String title, String text, String sender, UnionId union)
            implements Notice {

        @Override
        public String title(Texts texts, Language language) {
            return title;
        }

        @Override
        public String text(Texts texts, Language language) {
            return text;
        }
    }

    /** What can happen. The sentences are {@code notice.kind.<name>.title} and {@code .text}. */
    enum Kind {
        /** The application for membership was approved. */
        APPROVED,
        /** It was refused; the second fact is the reason. */
        REFUSED,
        /** A decision about it was taken back. */
        UNDONE,
        /** A founding waits for the reader's decision; the facts are the union's name, who works towards it, and below whom. */
        FOUNDING_APPLIED,
        /** The union that was applied for stands in the tree. */
        FOUNDING_APPROVED,
        /** It was not approved; the third fact is the reason. */
        FOUNDING_REJECTED,
        /** The membership went from one union to another. */
        TRANSFERRED,
        /** A role was given. */
        APPOINTED,
        /** A role ended. */
        APPOINTMENT_ENDED,
        /** Work is handed over to the reader; the facts are role, union, who had it, and the first day. */
        HANDED_TO,
        /** The reader's work goes to somebody else; the facts are role, union, who takes it, and the first day. */
        HANDED_FROM,
        /** By what the reader signs in was changed; the fact is what. */
        CREDENTIALS_CHANGED,
        /** Somebody gave out a link by which the reader's account is opened anew; the fact is who. */
        RENEWAL_LINK,
        /** Somebody who answers for the reader's account ended whatever was signed in with it; the fact is who. */
        SESSIONS_ENDED,
        /** Somebody who answers for it closed it; the fact is who. */
        ACCOUNT_CLOSED,
        /** A planned change of the tree could not be done. */
        CHANGE_FAILED,
        /** Counters do not say what the records say. */
        RECOUNT_DIFFERS;

        String title(Texts texts, Language language, List<String> facts) {
            return say(texts, language, "title", facts);
        }

        private String say(Texts texts, Language language, String part, List<String> facts) {
            return texts.say(
                    language,
                    "notice.kind." + name() + "." + part,
                    facts.stream()
                            .map(fact -> texts.has(language, fact) ? texts.say(language, fact) : fact)
                            .toArray());
        }
    }
}
