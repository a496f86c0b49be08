package dev.fovea.server;

import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Reads a picture from the network in few pieces: Jetty's own 8 kB cost a system call and a wake-up each. */
final class InputBuffers implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

    private static final int BYTES = 128 * 1024;

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(InputBuffers::enlarge);
    }

    private static void enlarge(Server server) {
        for (Connector connector : server.getConnectors()) {
            connector.getConnectionFactories().forEach(connections -> {
                if (connections instanceof AbstractConnectionFactory buffered) {
                    buffered.setInputBufferSize(BYTES);
                }
                if (connections instanceof HttpConfiguration.ConnectionFactory http) {
                    http.getHttpConfiguration().setInputBufferSize(BYTES);
                }
            });
        }
    }
}
