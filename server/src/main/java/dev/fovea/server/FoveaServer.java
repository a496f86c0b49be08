package dev.fovea.server;

import dev.fovea.api.JobEvents;
import dev.fovea.config.Settings;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.inference.GrpcEndpoint;
import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The running server; closing it drains and stops. */
public final class FoveaServer implements AutoCloseable {

    /** Bytes of a form around its file. */
    static final int FORM_BYTES = 65_536;

    private final ConfigurableApplicationContext context;
    private final Settings settings;

    private FoveaServer(ConfigurableApplicationContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Starts and returns once every production model is loaded and validated; errors are those of the rooms. */
    public static FoveaServer start(Settings settings) {
        requireFree("server.port", settings.server().host(), settings.server().port());
        requireFree(
                "server.management-port",
                settings.server().host(),
                settings.server().managementPort());
        Thread.ofPlatform().daemon().name("natives").start(() -> loadNatives(settings));
        // it would make validators and converters beforehand that no request needs
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        SpringApplication application = new SpringApplication(Wiring.class, HttpWiring.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(settings));
        application.setLazyInitialization(true); // what no request needs is not made
        Opening opening = Opening.of(settings);
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(Settings.class, () -> settings);
            beans.registerBean(Opening.class, () -> opening);
        });
        try {
            return new FoveaServer(application.run(), settings);
        } catch (RuntimeException e) {
            opening.abandon();
            throw known(e);
        }
    }

    /** On a second core while the framework starts; a part that needs them finds them loaded, or waits. */
    private static void loadNatives(Settings settings) {
        Engine.open();
        new Decoder(settings.runtime().limits());
    }

    /** Where the API and the console are. */
    public String address() {
        String host = settings.server().host().equals("0.0.0.0")
                ? "127.0.0.1"
                : settings.server().host();
        return "http://" + host + ":" + port();
    }

    public int port() {
        return boundPort("local.server.port");
    }

    public int managementPort() {
        return boundPort("local.management.port");
    }

    public int grpcPort() {
        return part(GrpcEndpoint.class).port();
    }

    private int boundPort(String property) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty(property));
    }

    /** What serves behind the transports. */
    public ServingApplication application() {
        return part(ServingApplication.class);
    }

    /** A part of the transports. */
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * Unready at once; serves on for the readiness delay; then refuses, drains and ends. Closing again does nothing.
     */
    @Override
    public void close() {
        if (!context.isActive()) {
            return;
        }
        if (!settings.shutdown().readinessDelay().isZero()) {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
            part(GrpcEndpoint.class).refuse();
            try {
                Thread.sleep(settings.shutdown().readinessDelay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        part(JobEvents.class).close(); // their streams would go on for as long as the stop may take
        context.close();
    }

    private static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.server().host());
        properties.put("server.port", settings.server().port());
        properties.put("management.server.address", settings.server().host());
        properties.put("management.server.port", settings.server().managementPort());
        properties.put(
                "spring.lifecycle.timeout-per-shutdown-phase",
                settings.shutdown().drainTimeout().toMillis() + "ms");
        properties.put(
                "spring.servlet.multipart.max-file-size",
                settings.runtime().limits().maxBytes() + "B");
        properties.put(
                "spring.servlet.multipart.max-request-size",
                settings.runtime().limits().maxBytes() + FORM_BYTES + "B");
        properties.put(
                "spring.servlet.multipart.file-size-threshold",
                settings.runtime().limits().maxBytes() + "B");
        return properties;
    }

    private static void requireFree(String key, String host, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "The configuration has 1 error:%n  1. %s: %s:%d is in use by another program or not allowed. Choose another."
                            .formatted(key, host, port),
                    e);
        }
    }

    /** Spring wraps what a constructor throws. */
    private static RuntimeException known(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FoveaException known) {
                return known;
            }
        }
        return e;
    }
}
