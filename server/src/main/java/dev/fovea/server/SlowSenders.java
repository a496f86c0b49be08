package dev.fovea.server;

import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Waits at a stop for a picture that is still being sent as long as for any request, where Jetty would cut it off after
 * a second; and cuts off those that dribble.
 */
final class SlowSenders implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

    private final Duration drain;
    private final Duration uploadGrace;

    SlowSenders(Duration drain, Duration uploadGrace) {
        this.drain = drain;
        this.uploadGrace = uploadGrace;
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
        }
        server.insertHandler(new UploadPace(uploadGrace));
    }
}
