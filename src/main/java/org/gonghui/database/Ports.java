package org.gonghui.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports to listen on. */
public final class Ports {

    /**
     * Below the range from which the usual systems take the ports of outgoing connections: one that is free now is not
     * taken by the next connection, however long its server needs until it listens.
     */
    private static final int FIRST = 15_000;

    private static final int END = 32_000;
    private static final int TRIES = 100;

    private Ports() {}

    /**
     * A port on which nobody listens.
     *
     * @throws IOException if none of many tried is free
     */
    public static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + END);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** True when nobody listens on a port where this machine alone can ask. */
    static boolean isFreeHere(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
