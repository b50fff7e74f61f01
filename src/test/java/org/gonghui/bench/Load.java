package org.gonghui.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The client: a few threads, each with its share of the keep-alive connections behind one selector, one request under way
 * on each connection. Client and server share the machine, so the client does as little as it can.
 */
final class Load implements AutoCloseable {

    static final int CONNECTIONS = 64;

    private static final int THREADS = Integer.getInteger("bench.threads", 1);
    private static final int BUFFER = 256 * 1024;
    private static final Duration STALL = Duration.ofSeconds(30);

    /**
     * What one round saw.
     *
     * @param perSecond right answers a second
     * @param p50 microseconds from sending to the last byte, median
     * @param p99 the same, 99 of 100
     */
    record Round(double perSecond, int p50, int p99) {}

    private final InetSocketAddress server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Worker> workers = new ArrayList<>();
    private final SplittableRandom seeds = new SplittableRandom(20231);

    Load(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < THREADS; i++) {
            workers.add(new Worker(CONNECTIONS / THREADS));
        }
    }

    /** Sends these requests, picked at random, for a while; fails on the first answer that is not right. */
    Round during(Duration time, List<Ask> asks) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        var latencies = new Statistics.Sample();
        for (Statistics.Sample part : run(() -> {
            SplittableRandom random;
            synchronized (seeds) {
                random = seeds.split();
            }
            return () ->
                    System.nanoTime() < end ? Optional.of(asks.get(random.nextInt(asks.size()))) : Optional.empty();
        })) {
            latencies.addAll(part);
        }
        // The last answers come a little after the end; there are at most as many as connections.
        double seconds = (System.nanoTime() - end + time.toNanos()) / 1e9;
        int[] sorted = latencies.sorted();
        return new Round(
                sorted.length / seconds, Statistics.percentile(sorted, 0.5), Statistics.percentile(sorted, 0.99));
    }

    /** Sends each of these requests once; fails on the first answer that is not right. */
    void each(List<Ask> asks) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        run(() -> () -> {
            int mine = next.getAndIncrement();
            return mine < asks.size() ? Optional.of(asks.get(mine)) : Optional.empty();
        });
    }

    private List<Statistics.Sample> run(Supplier<Supplier<Optional<Ask>>> sources)
            throws IOException, InterruptedException {
        var running = new ArrayList<Future<Statistics.Sample>>();
        for (Worker worker : workers) {
            worker.source = sources.get();
            running.add(threads.submit(worker));
        }
        var samples = new ArrayList<Statistics.Sample>();
        for (Future<Statistics.Sample> one : running) {
            try {
                samples.add(one.get());
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getMessage()), e);
            }
        }
        return samples;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Worker worker : workers) {
            worker.close();
        }
    }

    private final class Worker implements Callable<Statistics.Sample>, AutoCloseable {

        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private final List<Connection> connections = new ArrayList<>();
        private volatile Supplier<Optional<Ask>> source = Optional::empty;

        Worker(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                connections.add(new Connection(selector));
            }
        }

        @Override
        public Statistics.Sample call() throws IOException {
            var latencies = new Statistics.Sample();
            Supplier<Optional<Ask>> asks = source;
            int underWay = 0;
            for (Connection connection : connections) {
                underWay += connection.send(asks.get()) ? 1 : 0;
            }
            var arrived = new ArrayList<Connection>();
            while (underWay > 0) {
                arrived.clear();
                if (selector.select(key -> arrived.add((Connection) key.attachment()), STALL.toMillis()) == 0) {
                    throw new IOException("no answer within " + STALL);
                }
                for (Connection connection : arrived) {
                    if (connection.receive(buffer)) {
                        latencies.add((int) ((System.nanoTime() - connection.sentAt) / 1000));
                        underWay -= connection.send(asks.get()) ? 0 : 1;
                    }
                }
            }
            return latencies;
        }

        @Override
        public void close() throws IOException {
            for (Connection connection : connections) {
                connection.channel.close();
            }
            selector.close();
        }
    }

    private final class Connection {

        private final Selector selector;
        private final AnswerReader answer = new AnswerReader();
        private SocketChannel channel;
        private Optional<Ask> asked = Optional.empty();
        private long sentAt;

        Connection(Selector selector) throws IOException {
            this.selector = selector;
            channel = connect();
        }

        private SocketChannel connect() throws IOException {
            SocketChannel fresh = SocketChannel.open(server);
            fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
            fresh.configureBlocking(false);
            fresh.register(selector, SelectionKey.OP_READ, this);
            return fresh;
        }

        boolean send(Optional<Ask> ask) throws IOException {
            asked = ask;
            if (ask.isEmpty()) {
                return false;
            }
            ByteBuffer wire = ask.get().wire();
            answer.begin();
            sentAt = System.nanoTime();
            while (wire.hasRemaining()) {
                channel.write(wire); // a request is far smaller than the socket's own buffer
            }
            return true;
        }

        /** True when the answer is complete and right. */
        boolean receive(ByteBuffer buffer) throws IOException {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the server hung up"
                        + asked.map(ask -> " on " + ask.address()).orElse(""));
            }
            buffer.flip();
            if (asked.isEmpty()) {
                throw new IOException("an answer that nobody asked for");
            }
            if (!answer.read(buffer)) {
                return false;
            }
            if (buffer.hasRemaining()) {
                throw new IOException("more bytes than the answer has");
            }
            asked.get().check(answer);
            if (answer.closes()) {
                channel.close();
                channel = connect();
            }
            return true;
        }
    }
}
