package dev.fovea.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * The connections to one server: a request takes the idle one that was used last, or opens one. Thread-safe; a thread
 * of its own ends exchanges that are past their deadline. To be closed.
 */
public final class LoadConnections implements AutoCloseable {

    private static final long SWEEP_NANOS = Duration.ofMillis(5).toNanos();

    private final Endpoint endpoint;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private final Thread sweeper;
    private volatile boolean closed;

    private LoadConnections(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.sweeper = Thread.ofPlatform().name("load-timeouts").daemon().unstarted(this::sweep);
    }

    /**
     * For a server's address; nothing is opened yet.
     *
     * @param url {@code http://127.0.0.1:8080}, or https; {@code ARGUMENT_INVALID} when it is not understood
     */
    public static LoadConnections to(String url) {
        LoadConnections connections = new LoadConnections(Endpoint.parse(url));
        connections.sweeper.start();
        return connections;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Sends a request and waits for its response, up to a timeout. Idle connections that the server closed are skipped.
     * A connection closed during the exchange is an error, as the server may have caused it.
     *
     * @throws SocketTimeoutException after the timeout
     */
    LoadResponse send(LoadRequest request, Duration timeout) throws IOException {
        long until = System.nanoTime() + timeout.toNanos();
        for (Connection used = idle.pollFirst(); used != null; used = idle.pollFirst()) {
            if (used.isQuiet()) {
                return exchange(used, request, until);
            }
            used.close();
        }
        return exchange(Connection.open(endpoint, timeout), request, until);
    }

    private LoadResponse exchange(Connection connection, LoadRequest request, long until) throws IOException {
        boolean whole = false;
        try {
            connection.expectBy(until);
            busy.add(connection);
            LoadResponse response = connection.exchange(request);
            whole = true;
            return response;
        } finally {
            busy.remove(connection);
            if (whole && connection.reusable() && !closed) {
                idle.addFirst(connection);
            } else {
                connection.close();
            }
        }
    }

    private void sweep() {
        while (!closed) {
            long now = System.nanoTime();
            busy.forEach(connection -> connection.giveUp(now));
            LockSupport.parkNanos(SWEEP_NANOS);
        }
    }

    /** Closes every connection; an exchange that is under way fails. */
    @Override
    public void close() {
        closed = true;
        busy.forEach(Connection::close);
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
