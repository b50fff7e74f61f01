package org.gonghui.message;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider's gateway on a port of its own, as its contract says: of a repeated key it sends once. It fails as it is
 * told to, before or after it has sent.
 */
public final class PretendGateway implements AutoCloseable {

    /** An answer that never comes: the line breaks once the message is on its way. */
    public static final int BREAKS_AFTERWARDS = -1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HttpServer server;
    private final int port;
    private final Map<String, JsonNode> delivered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> repeated = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile IntUnaryOperator answers = number -> 202;
    private volatile String authorization = "";

    /** On this port; 0 for any. */
    public PretendGateway(int port) {
        server = open(port);
        this.port = server.getAddress().getPort();
    }

    private HttpServer open(int at) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 256);
            opened.createContext("/send", this::take);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is gone, as when its process is killed; what it has sent it still knows. */
    public void leave() {
        server.stop(0);
    }

    /** It is there again. */
    public void comeBack() {
        server = open(port);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = answers.applyAsInt(requests.incrementAndGet());
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            if (status == BREAKS_AFTERWARDS || status / 100 == 2) {
                if (delivered.putIfAbsent(key, body) != null) {
                    repeated.add(key);
                }
            }
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            if (status != BREAKS_AFTERWARDS) {
                exchange.sendResponseHeaders(status, -1);
            }
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/send");
    }

    /** What to answer to the first, second … request. */
    public void answer(IntUnaryOperator statuses) {
        answers = statuses;
    }

    /** What has gone to phones. */
    public List<JsonNode> delivered() {
        return List.copyOf(delivered.values());
    }

    /** How often a message came again that had gone already. */
    public int repeated() {
        return repeated.size();
    }

    public int requests() {
        return requests.get();
    }

    String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        leave();
    }
}
