package dev.fovea.edge;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the open connections of a server and the time that a request's header may take, so that callers who open
 * connections and send nothing, or a byte now and then, do not use up the server. Beyond the limit new connections wait
 * in the system's backlog, and connections without a request are closed after a second to make room.
 *
 * <p>One task of the server's scheduler looks at all connections once a second; it alone touches the state kept here.
 */
final class ConnectionLimits extends AbstractLifeCycle {

    private static final long SWEEP_MILLIS = 1_000;

    private final Server server;
    private final NetworkConnectionLimit limit;
    private final long headerMillis;
    private final Map<Connection, Waiting> waiting = new WeakHashMap<>();
    private volatile Scheduler.Task next = () -> false;

    private ConnectionLimits(Server server, int maxConnections, Duration headerTimeout) {
        this.server = server;
        this.limit = new NetworkConnectionLimit(maxConnections, server);
        this.headerMillis = headerTimeout.toMillis();
    }

    /** Limits a server that has its connectors and is not started. */
    static void add(Server server, int maxConnections, Duration headerTimeout) {
        ConnectionLimits limits = new ConnectionLimits(server, maxConnections, headerTimeout);
        server.addBean(limits.limit);
        server.addBean(limits);
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void schedule() {
        next = server.getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        boolean full = limit.getNetworkConnectionCount() >= limit.getMaxNetworkConnectionCount();
        for (Connector connector : server.getConnectors()) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                Connection connection = endPoint.getConnection();
                if (connection != null && isLate(connection, full)) {
                    endPoint.close();
                }
            }
        }
        if (isRunning()) {
            schedule();
        }
    }

    /** A connection between two requests, as it was at the first sweep. */
    private record Waiting(long requests, long bytes, long sinceNanos) {}

    private boolean isLate(Connection connection, boolean full) {
        if (connection.getMessagesIn() > connection.getMessagesOut()) {
            waiting.remove(connection);
            return false;
        }
        long now = System.nanoTime();
        Waiting first = new Waiting(connection.getMessagesIn(), connection.getBytesIn(), now);
        Waiting before = waiting.merge(connection, first, (old, fresh) -> old.requests == fresh.requests ? old : fresh);
        long millis = TimeUnit.NANOSECONDS.toMillis(now - before.sinceNanos);
        boolean hasBegun = before.requests == 0 || connection.getBytesIn() > before.bytes;
        return hasBegun ? millis >= headerMillis : full && millis >= SWEEP_MILLIS;
    }
}
