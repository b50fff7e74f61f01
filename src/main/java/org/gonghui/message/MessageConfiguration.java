package org.gonghui.message;

import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.MessageGateway;
import org.gonghui.kernel.MessageGateway.Way;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The ways out that the environment names: a gateway for phones, a mail server. */
@Configuration(proxyBeanMethods = false)
class MessageConfiguration {

    private static final String MILLIS = "8000";

    /** What is said to these leaves the machine for nobody to read. */
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Bean
    @ConditionalOnExpression("'${GONGHUI_GATEWAY_URL:}' != ''")
    MessageGateway httpGateway(
            @Value("${GONGHUI_GATEWAY_URL}") String url,
            @Value("${GONGHUI_GATEWAY_TOKEN:}") String token,
            @Value("${GONGHUI_GATEWAY_WAYS:sms}") String ways) {
        return new HttpGateway(address(url), token, byPhone(ways));
    }

    @Bean
    @ConditionalOnExpression("'${GONGHUI_SMTP_HOST:}' != ''")
    MessageGateway mailGateway(
            @Value("${GONGHUI_SMTP_HOST}") String host,
            @Value("${GONGHUI_SMTP_PORT:587}") int port,
            @Value("${GONGHUI_SMTP_USER:}") String user,
            @Value("${GONGHUI_SMTP_PASSWORD:}") String password,
            @Value("${GONGHUI_SMTP_TLS:true}") boolean tls,
            @Value("${GONGHUI_SMTP_FROM:}") String from,
            Clock clock) {
        if (!from.contains("@")) {
            throw new CannotStart("GONGHUI_SMTP_FROM must be the address that mail comes from");
        }
        var sender = new JavaMailSenderImpl();
        sender.setHost(host);
        sender.setPort(port);
        sender.setDefaultEncoding("UTF-8");
        Properties properties = sender.getJavaMailProperties();
        if (!user.isEmpty()) {
            sender.setUsername(user);
            sender.setPassword(password);
            properties.setProperty("mail.smtp.auth", "true");
        }
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.connectiontimeout", "3000");
        properties.setProperty("mail.smtp.timeout", MILLIS);
        properties.setProperty("mail.smtp.writetimeout", MILLIS);
        return new MailGateway(sender, from, clock);
    }

    private static URI address(String url) {
        try {
            URI address = URI.create(url);
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                if (address.getScheme().equals("http") && !HERE.contains(address.getHost())) {
                    throw new CannotStart("GONGHUI_GATEWAY_URL must begin with https: codes and phones go there");
                }
                return address;
            }
        } catch (IllegalArgumentException notOne) {
            // falls through: the reason is the same for the reader
        }
        throw new CannotStart("GONGHUI_GATEWAY_URL is no address: " + url);
    }

    private static Set<Way> byPhone(String named) {
        var ways = EnumSet.noneOf(Way.class);
        for (String name : named.split(",", -1)) {
            ways.add(Arrays.stream(Way.values())
                    .filter(Way::isByPhone)
                    .filter(way -> way.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new CannotStart("GONGHUI_GATEWAY_WAYS is sms, wechat or both, not " + named)));
        }
        return ways;
    }
}
