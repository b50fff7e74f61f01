package org.gonghui.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider. Its answer comes whole within seven seconds, however it drips, has no more than 256 KiB, and comes
 * from where it was asked for: nobody is sent on.
 */
class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE_ANSWER = Duration.ofSeconds(7);
    private static final int LARGEST = 256 * 1024;
    private static final int OK = 200;
    private static final int SERVER_FAULT = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @throws IOException when no whole answer came in time, or the provider speaks of a fault of its own
     */
    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        HttpRequest.Builder asking = HttpRequest.newBuilder(request.getURI());
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> asking.header(name, value)));
        String body = request.getBody();
        asking.method(
                request.getMethod().name(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> said = answer(asking.build());
        if (said.statusCode() >= SERVER_FAULT) {
            throw new IOException("HTTP " + said.statusCode());
        }
        var response = new HTTPResponse(said.statusCode());
        try {
            response.setContentType(contentType(said));
        } catch (ParseException unreadable) {
            throw new IOException(unreadable);
        }
        response.setBody(said.body());
        return response;
    }

    /** The provider's keys. */
    @Override
    public Resource retrieveResource(URL address) throws IOException {
        HttpResponse<String> said =
                answer(HttpRequest.newBuilder(URI.create(address.toString())).build());
        if (said.statusCode() != OK) {
            throw new IOException("HTTP " + said.statusCode());
        }
        return new Resource(said.body(), contentType(said));
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<String>> coming =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST));
        try {
            return coming.get(WHOLE_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + WHOLE_ANSWER.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            coming.cancel(true); // lets go of an answer that is still coming
        }
    }

    private static @Nullable String contentType(HttpResponse<String> said) {
        return said.headers().firstValue("Content-Type").orElse(null);
    }
}
