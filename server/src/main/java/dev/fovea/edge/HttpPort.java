package dev.fovea.edge;

import dev.fovea.config.Settings;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port with its HTTP server, one virtual thread per request. The server is configured for uploads of images: a few
 * large reads, on connections that need little memory. At a stop, an image that is still being sent has the drain
 * timeout, where Jetty would close it after a second. Slow uploads are closed.
 */
public final class HttpPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.http");

    private static final int MAX_REQUESTS = 1000;

    /** Probes and one or two collectors of metrics, each with a few connections. */
    private static final int MAX_MANAGEMENT_CONNECTIONS = 128;

    /** An image has some hundred kilobytes, which Jetty's own 8 KiB would take dozens of system calls to read. */
    private static final int INPUT_BUFFER_BYTES = 1 << 16;

    /** Jetty keeps a connection's headers in a table of 100 KB of its own, which a thousand callers make 100 MB. */
    private static final int NO_HEADER_CACHE = 0;

    /** Of the heap, for what has come of bodies; decoded images and tensors have bounds of their own. */
    private static final int BODIES_SHARE = 4;

    private final String key;
    private final Duration drainTimeout;
    private final Server server;
    private final ServerConnector connector;
    private final InFlight inFlight = new InFlight();

    private HttpPort(String key, int port, int maxConnections, Settings settings) {
        this.key = key;
        this.drainTimeout = settings.shutdown().drainTimeout();
        VirtualThreadPool threads = new VirtualThreadPool(MAX_REQUESTS);
        threads.setName("jetty-");
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHeaderCacheSize(NO_HEADER_CACHE);
        HttpConnectionFactory connections = new HttpConnectionFactory(http);
        connections.setInputBufferSize(INPUT_BUFFER_BYTES);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, connections);
        connector.setHost(settings.server().host());
        connector.setPort(port);
        connector.setShutdownIdleTimeout(Math.max(1, drainTimeout.toMillis()));
        server.addConnector(connector);
        server.setErrorHandler(new ServerErrors());
        ConnectionLimits.add(server, maxConnections, settings.limits().headerTimeout());
        server.setHandler(inFlight);
    }

    /** The port of the API and the console, closed. */
    public static HttpPort api(Settings settings, EdgeHandler edge) {
        HttpPort port = new HttpPort(
                "server.port", settings.server().port(), settings.server().maxConnections(), settings);
        BodyLimits limits = new BodyLimits(
                settings.limits().uploadGracePeriod(), Runtime.getRuntime().maxMemory() / BODIES_SHARE);
        limits.setHandler(edge);
        port.inFlight.setHandler(limits);
        return port;
    }

    /** The port of health and metrics, closed. */
    public static HttpPort management(Settings settings, Handler management) {
        HttpPort port = new HttpPort(
                "server.management-port", settings.server().managementPort(), MAX_MANAGEMENT_CONNECTIONS, settings);
        port.inFlight.setHandler(management);
        return port;
    }

    /** Takes connections; {@code CONFIGURATION_INVALID} when the port is taken. */
    public void open() {
        try {
            server.start();
        } catch (IOException e) {
            throw inUse(key, connector.getHost(), connector.getPort(), e);
        } catch (Exception e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    /** The error of a port that cannot be bound. */
    public static FoveaException inUse(String key, String host, int port, IOException cause) {
        return new FoveaException(
                ErrorCode.CONFIGURATION_INVALID,
                "The configuration has 1 error:%n  1. %s: %s:%d is in use by another program or not allowed. Choose another."
                        .formatted(key, host, port),
                cause);
    }

    /** The port that is bound. */
    public int number() {
        return connector.getLocalPort();
    }

    /** Takes no more connections, and waits for the requests in flight until the drain timeout. */
    public void drain() {
        var _ = connector.shutdown();
        try {
            inFlight.drained().get(drainTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The requests on port {} that are still in flight are ended.", number());
        }
    }

    /** Closes the connections that are left. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop as it should: {}", e.toString());
        }
    }

    /**
     * The requests in flight. While they are drained, requests on open connections are served still, each as the last
     * one of its connection: none that was sent is lost.
     */
    private static final class InFlight extends Handler.Wrapper {

        private final AtomicInteger count = new AtomicInteger();
        private final CompletableFuture<Void> drained = new CompletableFuture<>();
        private volatile boolean draining;

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            count.incrementAndGet();
            Request.addCompletionListener(request, failure -> {
                if (count.decrementAndGet() == 0 && draining) {
                    drained.complete(null);
                }
            });
            if (draining) {
                response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            }
            return super.handle(request, response, callback);
        }

        CompletableFuture<Void> drained() {
            draining = true;
            if (count.get() == 0) {
                drained.complete(null);
            }
            return drained;
        }
    }
}
