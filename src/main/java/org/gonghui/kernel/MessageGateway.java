package org.gonghui.kernel;

/** The way out for messages to people's phones. An adapter stands behind it; without one nothing is sent. */
public interface MessageGateway {

    /** What a message is about; its words are the adapter's template of this kind. */
    enum Kind {
        /** A code that proves a phone; the text is the code. */
        CODE
    }

    /**
     * One message. Phone and text are personal data: they are in no log.
     *
     * @param phone eleven digits
     * @param text what fills the template
     */
    record Message(String phone, Kind kind, String text) {
        @Override
        public String toString() {
            return "Message[" + kind + "]";
        }
    }

    /** Sends now; returns when the message is on its way. */
    void send(Message message);
}
