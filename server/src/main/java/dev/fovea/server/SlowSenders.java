package dev.fovea.server;

import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Waits at a stop for a picture that is still being sent as long as for any request, where Jetty would cut it off after
 * a second; and cuts off those that dribble.
 */
final class SlowSenders implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

    /** A picture that comes more slowly than this holds a connection for nothing. */
    private static final long LEAST_BYTES_PER_SECOND = 500;

    private final Duration drain;

    SlowSenders(Duration drain) {
        this.drain = drain;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(this::bePatient);
    }

    private void bePatient(Server server) {
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector waiting) {
                waiting.setShutdownIdleTimeout(Math.max(1, drain.toMillis()));
            }
            for (ConnectionFactory protocol : connector.getConnectionFactories()) {
                if (protocol instanceof HttpConfiguration.ConnectionFactory http) {
                    http.getHttpConfiguration().setMinRequestDataRate(LEAST_BYTES_PER_SECOND);
                }
            }
        }
    }
}
