package org.gonghui.message;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gonghui.kernel.MessageGateway;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages to phones by a provider's gateway, over HTTP: one POST each, a JSON object {@code {"id", "channel", "to",
 * "kind", "subject", "text"}} with the id as {@code Idempotency-Key}. Of a repeated key the gateway sends once and
 * answers as before. 2xx and 409 (there already): accepted. 408, 425, 429 and 5xx: later, {@code Retry-After} in seconds
 * is heeded. All else: never.
 */
class HttpGateway implements MessageGateway {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(7);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final int CONFLICT = 409;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

    private record Body(String id, String channel, String to, String kind, String subject, String text) {}

    private final URI address;
    private final String token;
    private final Set<Way> ways;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /**
     * @param token sent as {@code Authorization: Bearer}; empty for none
     */
    HttpGateway(URI address, String token, Set<Way> ways) {
        this.address = address;
        this.token = token;
        this.ways = Set.copyOf(ways);
    }

    @Override
    public Set<Way> ways() {
        return ways;
    }

    @Override
    public Outcome send(Message message) {
        var body = new Body(
                message.id().toString(),
                lower(message.way()),
                message.to(),
                lower(message.kind()),
                message.subject(),
                message.text());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", message.id().toString())
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return outcome(client.send(request.build(), HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            // The address of the gateway and what it was sent stay out of the reason.
            return new Outcome.Unreachable(e.getClass().getSimpleName(), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unreachable("interrupted", Optional.empty());
        }
    }

    private static Outcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status / 100 == 2 || status == CONFLICT) {
            return new Outcome.Accepted();
        }
        String reason = "HTTP " + status;
        return status >= 500 || LATER.contains(status)
                ? new Outcome.Unreachable(
                        reason,
                        response.headers()
                                .firstValue("Retry-After")
                                .filter(SECONDS.asMatchPredicate())
                                .map(Long::parseLong)
                                .map(Duration::ofSeconds))
                : new Outcome.TurnedDown(reason);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
