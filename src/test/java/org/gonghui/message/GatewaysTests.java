package org.gonghui.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Kind;
import org.gonghui.kernel.MessageGateway.Message;
import org.gonghui.kernel.MessageGateway.Outcome;
import org.gonghui.kernel.MessageGateway.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways out against a real mail server and a gateway that fails on purpose. */
class GatewaysTests {

    private static final String PHONE = "13900001111";
    private static final Set<Way> BY_PHONE = Set.of(Way.SMS, Way.WECHAT);

    private static Message message(Way way, String to) {
        return new Message(
                UUID.randomUUID(), way, to, Kind.NOTICE, "您的入会申请通过了", "您的入会申请通过了 𠮷 https://union.example/me");
    }

    @Test
    void aMessageGoesToTheGatewayWithItsKey() {
        try (var server = new PretendGateway(0)) {
            var gateway = new HttpGateway(server.address(), "secret", BY_PHONE);
            Message message = message(Way.WECHAT, PHONE);
            assertThat(gateway.send(message)).isEqualTo(new Outcome.Accepted());
            assertThat(gateway.send(message)).isEqualTo(new Outcome.Accepted());
            assertThat(server.delivered()).hasSize(1);
            assertThat(server.repeated()).isEqualTo(1);
            assertThat(server.authorization()).isEqualTo("Bearer secret");
            assertThat(server.delivered().getFirst().toString())
                    .isEqualTo(
                            "{\"id\":\"%s\",\"channel\":\"wechat\",\"to\":\"%s\",\"kind\":\"notice\",\"subject\":\"%s\",\"text\":\"%s\"}"
                                    .formatted(message.id(), PHONE, message.subject(), message.text()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, Accepted",
        "204, Accepted",
        "409, Accepted",
        "400, TurnedDown",
        "401, TurnedDown",
        "404, TurnedDown",
        "408, Unreachable",
        "429, Unreachable",
        "500, Unreachable",
        "503, Unreachable",
        "-1, Unreachable"
    })
    void whatTheGatewayAnswersIsUnderstood(int status, String outcome) {
        try (var server = new PretendGateway(0)) {
            server.answer(number -> status);
            Outcome answer = new HttpGateway(server.address(), "", BY_PHONE).send(message(Way.SMS, PHONE));
            assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
            assertThat(answer.toString()).doesNotContain(PHONE);
            if (answer instanceof Outcome.Unreachable away) {
                assertThat(away.again())
                        .isEqualTo(status == 429 ? Optional.of(Duration.ofSeconds(1)) : Optional.empty());
            }
        }
    }

    @Test
    void whoIsNotThereIsNotThereYet() {
        var server = new PretendGateway(0);
        server.close();
        assertThat(new HttpGateway(server.address(), "", BY_PHONE).send(message(Way.SMS, PHONE)))
                .isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void mailArrivesWithItsNumberAndItsCharacters() throws Exception {
        GreenMail server = mailServer();
        try {
            MessageGateway gateway = mail(server.getSmtp().getPort());
            Message message = message(Way.EMAIL, "lin@example.org");
            assertThat(gateway.send(message)).isEqualTo(new Outcome.Accepted());
            assertThat(gateway.send(message)).isEqualTo(new Outcome.Accepted());
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(2); // SMTP knows no keys: a mail store knows the number
            assertThat(received[0].getMessageID())
                    .isEqualTo("<" + message.id() + "@union.example>")
                    .isEqualTo(received[1].getMessageID());
            assertThat(received[0].getSubject()).isEqualTo(message.subject());
            assertThat(received[0].getContent().toString().strip()).isEqualTo(message.text());
            assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(received[0].getFrom()[0].toString()).isEqualTo("no-reply@union.example");
        } finally {
            server.stop();
        }
    }

    @Test
    void aMailServerThatIsAwayIsAskedAgainAndAnAddressThatIsNoneIsNot() {
        GreenMail server = mailServer();
        int port = server.getSmtp().getPort();
        MessageGateway gateway = mail(port);
        assertThat(gateway.send(message(Way.EMAIL, "a@b@c"))).isInstanceOf(Outcome.TurnedDown.class);
        server.stop();
        Outcome away = gateway.send(message(Way.EMAIL, "lin@example.org"));
        assertThat(away).isInstanceOf(Outcome.Unreachable.class);
        assertThat(away.toString()).doesNotContain("lin@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms,pigeon", "email", ""})
    void aWayThatIsNoneStopsTheStart(String ways) {
        assertThatThrownBy(() -> new MessageConfiguration().httpGateway("http://127.0.0.1:1/", "", ways))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GONGHUI_GATEWAY_WAYS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.example", "ftp://gateway.example/", "http://", "http:// x"})
    void anAddressThatIsNoneStopsTheStart(String address) {
        assertThatThrownBy(() -> new MessageConfiguration().httpGateway(address, "", "sms"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GONGHUI_GATEWAY_URL");
    }

    @Test
    void aGatewayElsewhereIsReachedByHttps() {
        var configuration = new MessageConfiguration();
        assertThatThrownBy(() -> configuration.httpGateway("http://gateway.example/send", "", "sms"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("https");
        for (String address : List.of(
                "https://gateway.example/send",
                "http://127.0.0.1:9/send",
                "http://localhost:9/send",
                "http://[::1]:9/send")) {
            assertThat(configuration.httpGateway(address, "", "sms").ways()).containsExactly(Way.SMS);
        }
    }

    /** What is sent is for the gateway that was named: another address is told neither phone nor code. */
    @Test
    void aGatewayThatSendsElsewhereIsNotFollowed() throws IOException {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/send", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/send");
            assertThat(new HttpGateway(address, "secret", BY_PHONE).send(message(Way.SMS, PHONE)))
                    .isInstanceOf(Outcome.TurnedDown.class);
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void mailFromNobodyStopsTheStart() {
        assertThatThrownBy(() -> new MessageConfiguration()
                        .mailGateway("127.0.0.1", 25, "", "", false, "", new CityClock(() -> java.time.Instant.now())))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("GONGHUI_SMTP_FROM");
    }

    private static GreenMail mailServer() {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    private static MessageGateway mail(int port) {
        return new MessageConfiguration()
                .mailGateway(
                        "127.0.0.1",
                        port,
                        "",
                        "",
                        false,
                        "no-reply@union.example",
                        new CityClock(() -> java.time.Instant.now()));
    }
}
