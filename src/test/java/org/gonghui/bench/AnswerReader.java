package org.gonghui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers as their bytes arrive, in pieces of any size: bodies with a Content-Length and chunked ones.
 * One reader serves one connection, answer after answer.
 */
final class AnswerReader {

    private static final int LONGEST_HEAD = 64 * 1024;

    private enum At {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private At at = At.HEAD;
    private byte[] line = new byte[1024];
    private int lineLength;
    private byte[] body = new byte[8 * 1024];
    private int bodyLength;
    private long missing;
    private int status;
    private boolean chunked;
    private boolean closes;

    /** Makes the reader ready for the next answer of its connection. */
    void begin() {
        at = At.HEAD;
        lineLength = 0;
        bodyLength = 0;
        missing = -1;
        status = 0;
        chunked = false;
        closes = false;
    }

    /**
     * Takes what has arrived.
     *
     * @return true when the answer is complete; what follows it stays in the buffer
     * @throws IOException when this is not an answer that can be understood
     */
    boolean read(ByteBuffer in) throws IOException {
        while (at != At.DONE && in.hasRemaining()) {
            switch (at) {
                case HEAD -> head(in);
                case BODY, CHUNK -> bytes(in);
                case CHUNK_SIZE, CHUNK_END, TRAILER -> chunkLine(in);
                case DONE -> throw new IllegalStateException();
            }
        }
        return at == At.DONE;
    }

    int status() {
        return status;
    }

    /** True when the server ends the connection after this answer. */
    boolean closes() {
        return closes;
    }

    int length() {
        return bodyLength;
    }

    /** The body as text, in UTF-8. */
    String text() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    private void head(ByteBuffer in) throws IOException {
        if (!line(in)) {
            return;
        }
        if (lineLength == 0) {
            bodyBegins();
        } else if (status == 0) {
            statusLine();
        } else {
            field();
        }
        lineLength = 0;
    }

    private void statusLine() throws IOException {
        String text = lineText();
        if (!text.startsWith("HTTP/1.1 ") || text.length() < 12) {
            throw new IOException("not an answer: " + text);
        }
        status = number(text.substring(9, 12), 10);
    }

    private void field() throws IOException {
        // Most fields are of no interest; a look at the first letter spares their text.
        int first = line[0] | 0x20;
        if (first != 'c' && first != 't') {
            return;
        }
        String text = lineText().toLowerCase(Locale.ROOT);
        if (text.startsWith("content-length:")) {
            missing = number(text.substring("content-length:".length()).strip(), 10);
        } else if (text.startsWith("transfer-encoding:")) {
            chunked = text.endsWith("chunked");
        } else if (text.startsWith("connection:")) {
            closes = text.endsWith("close");
        }
    }

    private void bodyBegins() throws IOException {
        if (chunked) {
            at = At.CHUNK_SIZE;
        } else if (missing == 0 || status == 204 || status == 304) {
            at = At.DONE;
        } else if (missing > 0) {
            at = At.BODY;
        } else {
            throw new IOException("an answer of unknown length, status " + status);
        }
    }

    private void bytes(ByteBuffer in) {
        int taken = (int) Math.min(missing, in.remaining());
        if (bodyLength + taken > body.length) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, bodyLength + taken));
        }
        in.get(body, bodyLength, taken);
        bodyLength += taken;
        missing -= taken;
        if (missing == 0) {
            at = at == At.BODY ? At.DONE : At.CHUNK_END;
        }
    }

    private void chunkLine(ByteBuffer in) throws IOException {
        if (!line(in)) {
            return;
        }
        if (at == At.CHUNK_SIZE) {
            String text = lineText();
            int extension = text.indexOf(';');
            missing = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
            at = missing == 0 ? At.TRAILER : At.CHUNK;
        } else if (at == At.CHUNK_END) {
            if (lineLength > 0) {
                throw new IOException("a chunk longer than it said");
            }
            at = At.CHUNK_SIZE;
        } else if (lineLength == 0) {
            at = At.DONE;
        }
        lineLength = 0;
    }

    /** Gathers a line without its end; true when the end has come. */
    private boolean line(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n') {
                if (lineLength > 0 && line[lineLength - 1] == '\r') {
                    lineLength--;
                }
                return true;
            }
            if (lineLength == line.length) {
                if (lineLength >= LONGEST_HEAD) {
                    throw new IOException("a line without an end");
                }
                line = Arrays.copyOf(line, 2 * lineLength);
            }
            line[lineLength++] = next;
        }
        return false;
    }

    private String lineText() {
        return new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + text, e);
        }
    }
}
