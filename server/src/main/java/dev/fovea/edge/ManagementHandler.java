package dev.fovea.edge;

import dev.fovea.config.Settings;
import dev.fovea.fault.ErrorCode;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * What every request to the management port passes: the same guard against foreign names and pages as on the API's
 * port. Its errors have the API's form. No request there takes parameters.
 */
final class ManagementHandler extends Handler.Wrapper {

    /** Probes and one or two collectors of metrics, each with a few connections. */
    private static final int MAX_CONNECTIONS = 128;

    private final RequestGuard guard;

    private ManagementHandler(RequestGuard guard) {
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = RequestIds.give(request, response);
        SecurityHeaders.put(response);
        Optional<RequestRefusal> refusal = guard.refusal(request).or(() -> parameters(request));
        if (refusal.isPresent()) {
            EdgeHandler.refuse(refusal.get(), request, id, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static Optional<RequestRefusal> parameters(Request request) {
        String query = request.getHttpURI().getQuery();
        return query == null || query.isEmpty()
                ? Optional.empty()
                : Optional.of(RequestRefusal.of(
                        ErrorCode.ARGUMENT_INVALID,
                        "The parameters \"%s\" are unknown; requests to this port take none.".formatted(query)));
    }

    private static void configure(Server server, RequestGuard guard, Settings settings) {
        ConnectionLimits.add(server, MAX_CONNECTIONS, settings.limits().headerTimeout());
        ServerErrors errors = new ServerErrors();
        server.setErrorHandler(errors);
        server.getDescendants(ContextHandler.class).forEach(context -> context.setErrorHandler(errors));
        server.insertHandler(new ManagementHandler(guard));
    }

    /** Spring gives the management port a context of its own, which takes its beans from such classes only. */
    @ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
    static class Configuration {

        @Bean
        WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> managementDoor(Settings settings) {
            RequestGuard guard = new RequestGuard(!settings.auth().apiKeys().isEmpty());
            return factory -> factory.addServerCustomizers(server -> configure(server, guard, settings));
        }
    }
}
