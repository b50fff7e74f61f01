package org.gonghui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers are read rightly however the network cuts them. */
class AnswerReaderTests {

    private static final String PLAIN =
            "HTTP/1.1 200 \r\nContent-Type: text/plain;charset=UTF-8\r\ncontent-length: 6\r\n\r\n工会";
    private static final String CHUNKED = """
            HTTP/1.1 200
            Transfer-Encoding: chunked
            Date: today

            5;part=1
            hello
            6
            , 工!
            4
            -会
            0
            Last: yes

            """.replace("\n", "\r\n").replace("200", "200 ");

    private final AnswerReader reader = new AnswerReader();

    @Test
    void anAnswerArrivesInOnePiece() throws IOException {
        assertThat(feed(PLAIN, 1000)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.text()).isEqualTo("工会");
        assertThat(reader.length()).isEqualTo(6);
        assertThat(reader.closes()).isFalse();
    }

    @Test
    void everyCutGivesTheSameAnswer() throws IOException {
        for (int piece = 1; piece < 40; piece++) {
            assertThat(feed(PLAIN, piece)).isTrue();
            assertThat(reader.text()).isEqualTo("工会");
            assertThat(feed(CHUNKED, piece)).isTrue();
            assertThat(reader.text()).isEqualTo("hello, 工!-会");
        }
    }

    @Test
    void anAnswerIsNotCompleteBeforeItsLastByte() throws IOException {
        for (String answer : new String[] {PLAIN, CHUNKED}) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            reader.begin();
            for (int i = 0; i < bytes.length; i++) {
                assertThat(reader.read(ByteBuffer.wrap(bytes, i, 1))).isEqualTo(i == bytes.length - 1);
            }
        }
    }

    @Test
    void whatFollowsAnAnswerStaysInTheBuffer() throws IOException {
        ByteBuffer two = ByteBuffer.wrap((CHUNKED + PLAIN).getBytes(StandardCharsets.UTF_8));
        reader.begin();
        assertThat(reader.read(two)).isTrue();
        reader.begin();
        assertThat(reader.read(two)).isTrue();
        assertThat(reader.text()).isEqualTo("工会");
        assertThat(two.hasRemaining()).isFalse();
    }

    @Test
    void aLongBodyIsWhole() throws IOException {
        String body = "0123456789".repeat(10_000);
        assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body, 1460))
                .isTrue();
        assertThat(reader.text()).isEqualTo(body);
    }

    @Test
    void anEmptyAnswerAndTheEndOfTheConnectionAreSeen() throws IOException {
        assertThat(feed("HTTP/1.1 302 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 7))
                .isTrue();
        assertThat(reader.status()).isEqualTo(302);
        assertThat(reader.closes()).isTrue();
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        for (String broken : new String[] {
            "SSH-2.0\r\n\r\n",
            "HTTP/1.1 200 \r\n\r\n",
            "HTTP/1.1 200 \r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n"
        }) {
            assertThatThrownBy(() -> feed(broken, 1000)).isInstanceOf(IOException.class);
        }
    }

    private boolean feed(String answer, int piece) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        reader.begin();
        boolean complete = false;
        for (int at = 0; at < bytes.length; at += piece) {
            complete = reader.read(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
        }
        return complete;
    }
}
