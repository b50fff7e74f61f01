package org.gonghui.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * An OpenID provider on a port of its own, with keys of its own: signs in whoever comes as the person told, gives each code
 * once, to whom it belongs and who shows the verifier. Lies as it is told to.
 */
public final class PretendProvider implements AutoCloseable {

    public static final String CLIENT = "gonghui";
    public static final String SECRET = "a secret of tests / with odd+signs";

    /** How the ID token is made. */
    enum Signing {
        RIGHT,
        ANOTHERS_KEY,
        NONE,
        OUR_SECRET
    }

    private record Granted(String subject, String nonce, String challenge, String callback) {}

    private final RSAKey key = freshKey();
    private final RSAKey another = freshKey();
    private final Map<String, Granted> codes = new ConcurrentHashMap<>();
    private final int port;
    private HttpServer server;
    private volatile String subject = "";
    private volatile Signing signing = Signing.RIGHT;
    private volatile UnaryOperator<JWTClaimsSet.Builder> lie = UnaryOperator.identity();
    private volatile String tokenAnswer = "";
    private volatile int tokenStatus = 200;
    private volatile UnaryOperator<String> description = UnaryOperator.identity();
    private volatile boolean keysElsewhere;
    private volatile boolean dripping;
    private final Semaphore drips = new Semaphore(0);

    public PretendProvider() {
        server = open(0);
        port = server.getAddress().getPort();
    }

    private HttpServer open(int at) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 64);
            opened.createContext(
                    "/.well-known/openid-configuration",
                    exchange -> json(exchange, 200, description.apply("""
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                     "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                     "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer()))));
            opened.createContext("/keys", exchange -> {
                if (keysElsewhere) {
                    exchange.getResponseHeaders().add("Location", issuer() + "/other-keys");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                } else {
                    json(exchange, 200, keys());
                }
            });
            opened.createContext("/other-keys", exchange -> json(exchange, 200, keys()));
            opened.createContext("/authorize", this::authorize);
            opened.createContext("/token", this::token);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** Whoever comes from now on is this person. */
    public void expect(String person) {
        subject = person;
        signing = Signing.RIGHT;
        lie = UnaryOperator.identity();
        tokenAnswer = "";
        tokenStatus = 200;
        dripping = false;
    }

    /** It answers letter by letter, for half a minute. */
    void drip() {
        dripping = true;
    }

    /** True when so many wait for such an answer. */
    boolean awaitDripping(int people) throws InterruptedException {
        return drips.tryAcquire(people, 10, TimeUnit.SECONDS);
    }

    void sign(Signing how) {
        signing = how;
    }

    void lie(UnaryOperator<JWTClaimsSet.Builder> claims) {
        lie = claims;
    }

    void answer(int status, String body) {
        tokenStatus = status;
        tokenAnswer = body;
    }

    /** What it says of itself. */
    void describe(UnaryOperator<String> change) {
        description = change;
    }

    /** Whoever asks for its keys is sent on. */
    void sendOnForKeys() {
        keysElsewhere = true;
    }

    private String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** It is gone, as when its process is killed. */
    public void leave() {
        server.stop(0);
    }

    public void comeBack() {
        server = open(port);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, List<String>> asked =
                URLUtils.parseParameters(exchange.getRequestURI().getRawQuery());
        String callback = one(asked, "redirect_uri");
        boolean right = one(asked, "client_id").equals(CLIENT)
                && one(asked, "response_type").equals("code")
                && one(asked, "code_challenge_method").equals("S256");
        String code = UUID.randomUUID().toString();
        codes.put(code, new Granted(subject, one(asked, "nonce"), one(asked, "code_challenge"), callback));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        callback + (right ? "?code=" + code : "?error=invalid_request") + "&state="
                                + one(asked, "state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, List<String>> asked =
                URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Granted granted = codes.remove(one(asked, "code"));
        String credentials =
                URLUtils.serializeParameters(Map.of(CLIENT, List.of(SECRET))).replace('=', ':');
        String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        boolean right = granted != null
                && basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && granted.callback().equals(one(asked, "redirect_uri"))
                && CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(one(asked, "code_verifier")))
                        .getValue()
                        .equals(granted.challenge());
        if (dripping) {
            drip(exchange);
        } else if (!tokenAnswer.isEmpty()) {
            json(exchange, tokenStatus, tokenAnswer);
        } else if (granted == null || !right) {
            json(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            json(exchange, 200, """
                    {"access_token":"none of your business","token_type":"Bearer","expires_in":60,"id_token":"%s"}
                    """.formatted(idToken(granted)));
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            drips.release();
            for (int i = 0; i < 30; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String idToken(Granted granted) {
        Instant now = Instant.now();
        JWTClaimsSet claims = lie.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(CLIENT)
                        .subject(granted.subject())
                        .claim("nonce", granted.nonce())
                        .claim("preferred_username", "user of " + granted.subject())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5)))))
                .build();
        try {
            if (signing == Signing.NONE) {
                return new PlainJWT(claims).serialize();
            }
            boolean ours = signing == Signing.OUR_SECRET;
            var token = new SignedJWT(
                    new JWSHeader.Builder(ours ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(
                    ours
                            ? new com.nimbusds.jose.crypto.MACSigner(SECRET.getBytes(StandardCharsets.UTF_8))
                            : new RSASSASigner(signing == Signing.RIGHT ? key : another));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes where a browser was sent, and comes back with the address to which it is led. */
    URI visit(URI away) {
        try (var browser = java.net.http.HttpClient.newHttpClient()) {
            return URI.create(browser.send(
                            java.net.http.HttpRequest.newBuilder(away).build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String one(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of("")).getFirst();
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static RSAKey freshKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("the one").generate(); // another's key may bear the same name
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        leave();
    }
}
