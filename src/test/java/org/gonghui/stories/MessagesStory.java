package org.gonghui.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.gonghui.message.PretendGateway;
import org.gonghui.support.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Officers decide, applicants are told by short message and mail; meanwhile the gateway and the mail server go away and
 * come back, and the process is killed twice. Each message arrives once.
 */
class MessagesStory {

    private static final int DECISIONS = Boolean.getBoolean("gonghui.deep") ? 5_000 : 200;
    private static final int KILLS = 2;
    /** How many are on their way at once: so many mails may come twice, under the same number, at each kill. */
    private static final int UNDER_WAY = 16;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String WAITING = "select count(*) from message_outgoing where state = 'WAITING'";

    private static final PretendGateway GATEWAY = new PretendGateway(0);
    private static final int MAIL_PORT = Platform.freePort();
    private static final DatabaseAlone DATABASE = new DatabaseAlone();
    /** Everything that a mail server took, noted before it said so: what it took last is gone with it. */
    private static final Queue<MimeMessage> MAILS = new ConcurrentLinkedQueue<>();

    private static GreenMail mailServer = mailServer();
    private static final Platform CITY = Platform.telling(
            DATABASE,
            Map.of(
                    "GONGHUI_GATEWAY_URL", GATEWAY.address().toString(),
                    "GONGHUI_SMTP_HOST", "127.0.0.1",
                    "GONGHUI_SMTP_PORT", Integer.toString(MAIL_PORT),
                    "GONGHUI_SMTP_TLS", "false",
                    "GONGHUI_SMTP_FROM", "no-reply@union.example"));

    @BeforeAll
    static void everyApplicantHasAMailbox() {
        for (int i = 1; i <= 8; i++) {
            String phone = "101%08d".formatted(i);
            Visitor applicant = new Visitor(CITY.address());
            applicant.get("/sign-in/phone");
            applicant.post("/sign-in/phone", Map.of("phone", phone));
            String code = GATEWAY.delivered().stream()
                    .filter(message -> message.get("to").asString().equals(phone))
                    .filter(message -> message.get("kind").asString().equals("code"))
                    .map(message -> message.get("text").asString())
                    .findFirst()
                    .orElseThrow();
            applicant.post("/sign-in/phone/code", Map.of("code", code));
            String address = "applicant-" + i + "@example.org";
            applicant.get("/me/notices/settings");
            applicant.post("/me/notices/email", Map.of("email", address));
            applicant.post("/me/notices/email/code", Map.of("code", mailed(address)));
            assertThat(applicant.get("/me/notices/settings").body()).contains("已验证");
            applicant.post(
                    "/me/notices/settings",
                    Map.of("byPhone", "SMS", "byEmail", "on", "quietFrom", "0", "quietUntil", "0", "language", "zh"));
        }
    }

    @AfterAll
    static void close() {
        CITY.close();
        DATABASE.close();
        mailServer.stop();
        GATEWAY.close();
    }

    @Test
    void whateverDiesEachMessageArrivesOnce() throws Exception {
        Visitor officer = new Visitor(CITY.address()).signIn("street@demo");
        String session = officer.session();
        JoiningQueue queue = JoiningQueue.of(officer);
        List<String> applications = queue.applications(officer);
        assertThat(applications).hasSizeGreaterThanOrEqualTo(8);
        var random = new Random(7);
        GATEWAY.answer(number -> number % 11 == 0
                ? PretendGateway.BREAKS_AFTERWARDS
                : number % 7 == 0 ? 503 : number % 13 == 0 ? 429 : 202);
        var decided = new AtomicInteger();
        Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            for (int hand = 0; hand < 4; hand++) {
                List<String> own = List.of(applications.get(hand * 2), applications.get(hand * 2 + 1));
                hands.execute(() -> {
                    Visitor visitor = new Visitor(CITY.address()).goOnIn(session);
                    visitor.get(queue.address());
                    for (int i = 0; decided.get() < DECISIONS && faults.isEmpty(); ) {
                        try {
                            if (decide(visitor, queue, own.get(i / 2 % 2), i % 2 == 0)) {
                                decided.incrementAndGet();
                                i++;
                            }
                        } catch (java.io.UncheckedIOException killed) {
                            Platform.pause(); // and go on when it is there again
                        } catch (RuntimeException | AssertionError fault) {
                            faults.add(fault);
                        }
                    }
                });
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int goal = DECISIONS / (KILLS + 1) * (kill + 1);
                while (decided.get() < goal && faults.isEmpty()) {
                    Platform.pause();
                }
                mailServer.stop();
                GATEWAY.leave();
                Thread.sleep(random.nextInt(1_000));
                CITY.kill();
                mailServer = mailServer();
                GATEWAY.comeBack();
                CITY.startAgain();
            }
        }
        assertThat(faults).isEmpty();
        long begun = System.nanoTime();
        while (DATABASE.count(WAITING) > 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("%d still wait", DATABASE.count(WAITING))
                    .isLessThan(LIMIT);
            Platform.pause();
        }
        long told = DATABASE.count("select count(*) from notice_notice where kind in ('APPROVED', 'UNDONE')");
        // What was done just before a kill, and not acknowledged, is a yes the second time without another notice.
        assertThat(told)
                .isBetween(DECISIONS - KILLS * 4L, DECISIONS + KILLS * 4L + 4L)
                .isEqualTo(DATABASE.count(
                        "select count(*) from joining_decision where decision in ('approved', 'undone')"));
        for (String way : List.of("SMS", "EMAIL")) {
            assertThat(DATABASE.count(
                            "select count(*) from message_outgoing where state = 'SENT' and way = '" + way + "'"))
                    .as(way)
                    .isEqualTo(told);
        }
        long arrived = GATEWAY.delivered().stream()
                .filter(message -> message.get("kind").asString().equals("notice"))
                .count();
        assertThat(arrived)
                .as("by phone, each once: the gateway knows its keys")
                .isEqualTo(told);
        Set<String> numbers = new HashSet<>();
        int mails = 0;
        for (MimeMessage mail : MAILS) {
            if (mail.getSubject().startsWith("您的入会申请")) {
                numbers.add(mail.getMessageID());
                mails++;
            }
        }
        assertThat(numbers).as("by mail, each number").hasSize((int) told);
        assertThat(mails - numbers.size())
                .as("mails under a number that was there")
                .isBetween(0, KILLS * UNDER_WAY);
        System.out.printf(
                "%d decisions, %d kills: %d messages by phone and %d mails arrived; %d keys and %d mails came again%n",
                told, KILLS, arrived, numbers.size(), GATEWAY.repeated(), mails - numbers.size());
    }

    /** False when the platform is not quite there again: it says so, and is asked once more. */
    private static boolean decide(Visitor officer, JoiningQueue queue, String application, boolean yes) {
        var answer = queue.decide(officer, application, yes);
        assertThat(answer.statusCode()).isIn(302, 503);
        return answer.statusCode() == 302;
    }

    private static String mailed(String address) {
        assertThat(mailServer.waitForIncomingEmail(10_000, 1)).isTrue();
        for (MimeMessage mail : mailServer.getReceivedMessages()) {
            try {
                if (mail.getAllRecipients()[0].toString().equals(address)) {
                    return mail.getContent().toString().replaceAll("(?s)[^0-9]*([0-9]{6}).*", "$1");
                }
            } catch (MessagingException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("no mail for " + address);
    }

    private static GreenMail mailServer() {
        var server = new GreenMail(new ServerSetup(MAIL_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        UserManager boxes = server.getUserManager();
        MessageDeliveryHandler usual = boxes.getMessageDeliveryHandler();
        boxes.setMessageDeliveryHandler((mail, to) -> {
            MAILS.add(mail.getMessage());
            return usual.handle(mail, to);
        });
        return server;
    }
}
