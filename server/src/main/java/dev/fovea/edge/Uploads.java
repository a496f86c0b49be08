package dev.fovea.edge;

import dev.fovea.config.Settings;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Configures Jetty for uploads of images: a few large reads, on connections that need little memory. At a stop, an
 * image that is still being sent has the drain timeout, where Jetty would close it after a second. Slow uploads are
 * closed.
 */
public final class Uploads implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

    /** An image has some hundred kilobytes, which Jetty's own 8 KiB would take dozens of system calls to read. */
    private static final int INPUT_BUFFER_BYTES = 1 << 16;

    /** Jetty keeps a connection's headers in a table of 100 KB of its own, which a thousand callers make 100 MB. */
    private static final int NO_HEADER_CACHE = 0;

    /** Of the heap, for what has come of bodies; decoded images and tensors have bounds of their own. */
    private static final int BODIES_SHARE = 4;

    private final EdgeHandler edge;
    private final Settings settings;

    public Uploads(EdgeHandler edge, Settings settings) {
        this.edge = edge;
        this.settings = settings;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(this::configure);
    }

    private void configure(Server server) {
        for (Connector connector : server.getConnectors()) {
            for (ConnectionFactory factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConnectionFactory http) {
                    http.setInputBufferSize(INPUT_BUFFER_BYTES);
                    http.getHttpConfiguration().setHeaderCacheSize(NO_HEADER_CACHE);
                }
            }
            if (connector instanceof AbstractConnector waiting) {
                waiting.setShutdownIdleTimeout(
                        Math.max(1, settings.shutdown().drainTimeout().toMillis()));
            }
        }
        ServerErrors errors = new ServerErrors();
        server.setErrorHandler(errors);
        server.getDescendants(ContextHandler.class).forEach(context -> context.setErrorHandler(errors));
        ConnectionLimits.add(
                server, settings.server().maxConnections(), settings.limits().headerTimeout());
        server.insertHandler(edge);
        server.insertHandler(new BodyLimits(
                settings.limits().uploadGracePeriod(), Runtime.getRuntime().maxMemory() / BODIES_SHARE));
    }
}
