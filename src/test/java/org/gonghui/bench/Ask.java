package org.gonghui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * One request that a benchmark sends again and again, with what its answer must be. Once an answer has been looked at
 * in full, every later one must have the same length: this costs the client nothing.
 */
final class Ask {

    private final String address;
    private final ByteBuffer wire;
    private final Predicate<String> right;
    private volatile int length = -1;

    /**
     * @param address path and query, encoded
     * @param cookie of someone signed in; empty for none
     * @param right whether a body is the right answer
     */
    Ask(String address, String cookie, Predicate<String> right) {
        this.address = address;
        this.right = right;
        String head = "GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        wire = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    String address() {
        return address;
    }

    /** The bytes to send; a view of one's own. */
    ByteBuffer wire() {
        return wire.duplicate();
    }

    /** Refuses an answer that is not the right one. */
    void check(AnswerReader answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException("status " + answer.status() + " for " + address);
        }
        if (length < 0) {
            boolean good;
            try {
                good = right.test(answer.text());
            } catch (RuntimeException e) {
                throw new IOException("wrong answer for " + address, e);
            }
            if (!good) {
                throw new IOException("wrong answer for " + address + ": " + answer.text());
            }
            length = answer.length();
        } else if (length != answer.length()) {
            throw new IOException("an answer of another length than before for " + address);
        }
    }
}
