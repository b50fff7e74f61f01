package org.gonghui.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signs in as a person does: page by page, with the forms' tokens, a password and a second factor. */
final class Visitor implements AutoCloseable {

    private static final String LOGIN = "city@demo";
    private static final int CODE_SECONDS = 40;
    private static final Pattern TOKEN_FIELD = Pattern.compile("<input[^>]*name=\"_csrf\"[^>]*>");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

    private final String server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private Visitor(int port) {
        server = "http://127.0.0.1:" + port;
    }

    /** Signs in as the demonstration city's officer; returns the cookie of the session, as it is sent. */
    static String signIn(int port) throws IOException, InterruptedException {
        return signIn(port, LOGIN);
    }

    /** The session cookie of this demonstration sign-in. */
    static String signIn(int port, String login) throws IOException, InterruptedException {
        try (var visitor = new Visitor(port)) {
            String password = visitor.get("/site/development/password").strip();
            visitor.post("/sign-in", Map.of("login", login, "password", password));
            visitor.post("/sign-in/code", Map.of("code", visitor.code(login)));
            String session = Optional.ofNullable(visitor.cookies.get("gonghui"))
                    .filter(token -> !token.isEmpty())
                    .orElseThrow(() -> new IOException("signing in gave no session"));
            return "gonghui=" + session;
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Someone who has this session cookie. */
    static Visitor signedIn(int port, String cookie) {
        var visitor = new Visitor(port);
        visitor.cookies.put("gonghui", cookie.substring(cookie.indexOf('=') + 1));
        return visitor;
    }

    /** The second factor's code; a code counts once, so there may be none until the next. */
    private String code(String login) throws IOException, InterruptedException {
        for (int tries = 0; tries < CODE_SECONDS; tries++) {
            HttpResponse<String> answer = send(request("/site/development/code?login=" + encoded(login))
                    .GET()
                    .build());
            if (answer.statusCode() == 200) {
                return answer.body().strip();
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        throw new IOException("no code for " + login);
    }

    String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(address).GET().build());
        if (answer.statusCode() != 200) {
            throw new IOException("GET " + address + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Where this address leads on to. */
    String ledTo(String address) throws IOException, InterruptedException {
        return send(request(address).GET().build())
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    /** True when the answer has this header. */
    boolean answers(String address, String header) throws IOException, InterruptedException {
        return send(request(address).GET().build()).headers().firstValue(header).isPresent();
    }

    /** The token of the form of this address. */
    String token(String address) throws IOException, InterruptedException {
        Matcher field = TOKEN_FIELD.matcher(get(address));
        if (!field.find()) {
            throw new IOException("the form " + address + " has no token");
        }
        Matcher value = VALUE.matcher(field.group());
        if (!value.find()) {
            throw new IOException("the token of " + address + " has no value");
        }
        return value.group(1);
    }

    /** Fills in the form of this address and sends it; it must lead on. */
    void post(String address, Map<String, String> fields) throws IOException, InterruptedException {
        send(address, token(address), fields);
    }

    /** Sends a form whose token is known. */
    void send(String address, String token, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        post(address, token, "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends bytes, as the script of a page does. */
    void send(String address, String token, byte[] bytes) throws IOException, InterruptedException {
        post(address, token, "application/octet-stream", HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    private void post(String address, String token, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(address)
                .header("Content-Type", type)
                .header("X-XSRF-TOKEN", token)
                .POST(body)
                .build());
        if (answer.statusCode() / 100 != 3 && answer.statusCode() != 204) {
            throw new IOException("POST " + address + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpRequest.Builder request(String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + address));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return answer;
    }
}
