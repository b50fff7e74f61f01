package org.gonghui.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Someone with cookies who reads pages and sends forms over real HTTP, without a browser. Does not follow redirects. */
public final class Visitor {

    /** The cookie that holds a session's token. */
    public static final String SESSION = "gonghui";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private String token = "";

    /** A visitor of the city at this address, {@code http://localhost:8080}. */
    public Visitor(String base) {
        this.base = base;
        this.client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Signs in as one of the demonstration's people, password and second factor, and waits for a code if need be. */
    public Visitor signIn(String login) {
        get("/sign-in");
        String password = get("/site/development/password").body();
        HttpResponse<String> first = post("/sign-in", Map.of("login", login, "password", password));
        expect(first, 302);
        get(location(first));
        HttpResponse<String> second = post("/sign-in/code", Map.of("code", code(login)));
        expect(second, 302);
        return this;
    }

    /** The token of the session in which this visitor is signed in. */
    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(SESSION))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** Goes on in a session that was begun elsewhere. */
    public Visitor goOnIn(String session) {
        keep(SESSION, session);
        return this;
    }

    /** Signs in by phone, with the code that the demonstration shows. */
    public Visitor signInByPhone(String phone) {
        get("/sign-in/phone");
        expect(post("/sign-in/phone", Map.of("phone", phone)), 302);
        get("/sign-in/phone/code");
        String code = get("/site/development/message?to=" + phone).body();
        expect(post("/sign-in/phone/code", Map.of("code", code)), 302);
        return this;
    }

    /** Has the cookie from now on. */
    public Visitor keep(String name, String value) {
        var cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        URI here = URI.create(base);
        // As the cookies' keeper names a host: what the server sets later takes this one's place.
        cookie.setDomain(here.getHost().contains(".") ? here.getHost() : here.getHost() + ".local");
        cookies.getCookieStore().add(here, cookie);
        return this;
    }

    /** A code of the second factor that works now. */
    public String code(String login) {
        for (int i = 0; i < 80; i++) {
            HttpResponse<String> code = get("/site/development/code?login=" + login);
            if (code.statusCode() == 200) {
                return code.body();
            }
            pause(500); // three sign-ins of one person within half a minute use up all the codes there are
        }
        throw new IllegalStateException("no code for " + login);
    }

    public HttpResponse<String> get(String address) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(base + address)).GET());
        Matcher matcher = TOKEN.matcher(response.body());
        if (matcher.find()) {
            token = matcher.group(1);
        }
        return response;
    }

    /** Sends a form with the token of the page read last. */
    public HttpResponse<String> post(String address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        String all = "_csrf=" + encode(token) + (body.isEmpty() ? "" : "&" + body);
        return send(HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(all)));
    }

    /** Sends a file by a form that also has a key. */
    public HttpResponse<String> upload(String address, String key, String fileName, byte[] content) {
        return upload(address, Map.of("key", key), fileName, content);
    }

    /** Sends a file by a form that also has these fields. */
    public HttpResponse<String> upload(String address, Map<String, String> fields, String fileName, byte[] content) {
        String boundary = "----gonghui" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        Map<String, String> all = new HashMap<>(fields);
        all.put("_csrf", token);
        for (Map.Entry<String, String> field : all.entrySet()) {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, field.getKey(), field.getValue())
                    .getBytes(StandardCharsets.UTF_8));
        }
        String head = """
                --%s
                Content-Disposition: form-data; name="file"; filename="%s"
                Content-Type: application/octet-stream

                """.formatted(boundary, fileName);
        body.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** Sends these bytes as a form, after the token of the page read last. */
    public HttpResponse<String> raw(String address, String body) {
        return send(form(address, body));
    }

    /** The same as a page's own script does it, which shows the answer itself. */
    public HttpResponse<String> script(String address, String body) {
        return send(form(address, body).header("Accept", "application/problem+json"));
    }

    /** Sends JSON as a page's own script does it, after the token of the page read last. */
    public HttpResponse<String> scriptJson(String address, String body) {
        return send(HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "application/json")
                .header("Accept", "application/problem+json")
                .header("X-XSRF-TOKEN", token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends these bytes as a form, and has a file for an answer. */
    public byte[] file(String address, String body) {
        return bytes(form(address, body));
    }

    /** A file that is there to be taken. */
    public byte[] file(String address) {
        return bytes(HttpRequest.newBuilder(URI.create(base + address)).GET());
    }

    private byte[] bytes(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder form(String address, String body) {
        return HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encode(token) + "&" + body));
    }

    /** Sends a form without any token, as another site's page would. */
    public HttpResponse<String> forge(String address) {
        return send(HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=forged")));
    }

    /** Asks with a method of one's own choice and no body. */
    public HttpResponse<String> ask(String method, String address) {
        return send(
                HttpRequest.newBuilder(URI.create(base + address)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /**
     * Sends JSON as a program would, without cookies.
     *
     * @param headers name and value in turn
     */
    public HttpResponse<String> program(String method, String address, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + address))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** A bearer token for this phone, as a program gets it. */
    public String token(String phone) {
        expect(program("POST", "/api/v1/phone-codes", "{\"phone\":\"" + phone + "\"}"), 202);
        String code = get("/site/development/message?to=" + phone).body();
        HttpResponse<String> session =
                program("POST", "/api/v1/sessions", "{\"phone\":\"" + phone + "\",\"code\":\"" + code + "\"}");
        expect(session, 201);
        return session.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }

    /** Wants pages in this language: {@code en}. */
    public Visitor language(String code) {
        keep("language", code);
        return this;
    }

    /** Where a redirect leads, without the host. */
    public static String location(HttpResponse<String> response) {
        URI to = URI.create(response.headers().firstValue("Location").orElseThrow());
        return to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void expect(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new IllegalStateException("signing in answered " + response.statusCode() + ": " + response.body());
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
