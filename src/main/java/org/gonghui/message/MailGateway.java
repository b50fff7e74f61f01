package org.gonghui.message;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gonghui.kernel.MessageGateway;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * E-mail by SMTP. A message has its own {@code Message-ID} for good, so that a mail store knows it again if it comes a
 * second time: SMTP itself cannot tell whether a message went through when the line broke before the answer.
 */
class MailGateway implements MessageGateway {

    private final JavaMailSenderImpl sender;
    private final String from;
    private final Clock clock;

    MailGateway(JavaMailSenderImpl sender, String from, Clock clock) {
        this.sender = sender;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public Set<Way> ways() {
        return Set.of(Way.EMAIL);
    }

    @Override
    public Outcome send(Message message) {
        try {
            sender.send(mail(message));
            return new Outcome.Accepted();
        } catch (MailSendException e) {
            return e.getFailedMessages().values().stream()
                    .filter(MailGateway::isForGood)
                    .findFirst()
                    .<Outcome>map(cause -> new Outcome.TurnedDown("the mail server takes no mail for this address"))
                    .orElseGet(() -> new Outcome.Unreachable(reason(e), Optional.empty()));
        } catch (MailException e) {
            return new Outcome.Unreachable(reason(e), Optional.empty());
        } catch (MessagingException e) {
            return new Outcome.TurnedDown("no mail can be made of it");
        }
    }

    /** Only the kind of fault: what mail servers say repeats the address. */
    private static String reason(Exception e) {
        return e.getClass().getSimpleName();
    }

    private static boolean isForGood(Exception failed) {
        // What the server refuses for now (4xx) stands among the unsent, not among the invalid.
        return failed instanceof SendFailedException refused
                && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0;
    }

    private MimeMessage mail(Message message) throws MessagingException {
        var mail = new Numbered(sender.getSession(), message.id(), from.substring(from.lastIndexOf('@')));
        mail.setFrom(from);
        mail.setRecipients(RecipientType.TO, message.to());
        mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
        mail.setText(message.text(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated"); // so that nobody's holiday answers (RFC 3834)
        return mail;
    }

    private static final class Numbered extends MimeMessage {

        private final String id;

        Numbered(Session session, UUID id, String host) {
            super(session);
            this.id = "<" + id + host + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
