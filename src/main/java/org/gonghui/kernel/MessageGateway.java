package org.gonghui.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A way out for messages to people. An adapter stands behind it; without one nothing is sent that way. */
public interface MessageGateway {

    /** How a message reaches a person. */
    enum Way {
        /** To a phone. */
        SMS,
        /** To the WeChat of whoever has this phone, where a gateway knows it. */
        WECHAT,
        /** To an e-mail address. */
        EMAIL;

        /** True when the address is a phone's number. */
        public boolean isByPhone() {
            return this != EMAIL;
        }
    }

    /** What a message is about. */
    enum Kind {
        /** A code that proves a phone or an address; the text is the code. */
        CODE,
        /** Something that happened; the text tells it. */
        NOTICE
    }

    /**
     * One message. Address and text are personal data: they are in no log.
     *
     * @param id the same whenever the same message is sent again, so that it arrives once
     * @param to eleven digits of a phone, or an e-mail address
     */
    record Message(UUID id, Way way, String to, Kind kind, String subject, String text) {
        @Override
        public String toString() {
            return "Message[" + kind + " by " + way + "]";
        }
    }

    /** What came of sending. */
    sealed interface Outcome {
        /** It is on its way, or was already. */
        record Accepted() implements Outcome {}

        /** It will never be taken: a wrong address, a text that is not allowed. */
        record TurnedDown(String reason) implements Outcome {}

        /**
         * Not now.
         *
         * @param again how long to wait, if the other side says so
         */
        record Unreachable(String reason, Optional<Duration> again) implements Outcome {}
    }

    /** The ways that this adapter knows. */
    Set<Way> ways();

    /** Sends now. */
    Outcome send(Message message);
}
