package dev.fovea.server;

import dev.fovea.api.ApiJson;
import dev.fovea.api.ImagePredictHandler;
import dev.fovea.api.ImagePredictions;
import dev.fovea.api.JobEvents;
import dev.fovea.config.Settings;
import dev.fovea.edge.ApiKeys;
import dev.fovea.edge.BodyCoding;
import dev.fovea.edge.EdgeHandler;
import dev.fovea.edge.FrameworkGate;
import dev.fovea.edge.HttpPort;
import dev.fovea.edge.ManagementHandler;
import dev.fovea.edge.RateLimit;
import dev.fovea.edge.RequestGuard;
import dev.fovea.edge.telemetry.HttpMetrics;
import dev.fovea.imaging.Decoder;
import dev.fovea.inference.GrpcEndpoint;
import dev.fovea.inference.GrpcService;
import dev.fovea.inference.InferHandler;
import dev.fovea.inference.InferenceBodies;
import dev.fovea.inference.InferenceCatalog;
import dev.fovea.inference.InferenceHealthHandler;
import dev.fovea.inference.OpenInferenceService;
import dev.fovea.inference.Readiness;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.runtime.session.Engine;
import dev.fovea.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.bridge.SLF4JBridgeHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running server: {@link ServingApplication} behind its three ports. Predictions and health are served before
 * {@link SpringApi} has started. Closing it drains and stops.
 */
public final class FoveaServer implements AutoCloseable {

    /** Bytes of a form around its file. */
    static final int FORM_BYTES = 65_536;

    private final Settings settings;
    private final Telemetry telemetry;
    private final ServingApplication application;
    private final Readiness readiness;
    private final JobEvents events;
    private final HttpPort api;
    private final HttpPort management;
    private final GrpcEndpoint grpc;
    private final List<Object> parts;
    private final SpringApi spring;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What serves requests before Spring. */
    private record Backends(
            ImagePredictHandler.Backend images, InferHandler.InferBackend inference, Readiness readiness) {}

    private FoveaServer(
            Settings settings, Telemetry telemetry, Opening opening, CloseStack closing, Runnable beforeSpring) {
        this.settings = settings;
        JsonMapper json = ApiJson.mapper();
        this.telemetry = telemetry;
        HttpMetrics http = new HttpMetrics(telemetry.tracer().isPresent());
        RequestGuard guard = new RequestGuard(!settings.auth().apiKeys().isEmpty());
        ApiKeys keys = new ApiKeys(
                settings.auth().keys(), new RateLimit(settings.auth().rateLimit()));
        InferenceBodies bodies =
                new InferenceBodies(settings.limits().maxRequestSize().intBytes());
        CompletableFuture<Backends> backends = new CompletableFuture<>();
        FrameworkGate gate = new FrameworkGate();
        EdgeHandler edge = new EdgeHandler(
                guard,
                keys,
                new BodyCoding(settings.runtime().limits().maxBytes() + FORM_BYTES),
                List.of(
                        new ImagePredictHandler(() -> backends.join().images()),
                        new InferHandler(() -> backends.join().inference()),
                        new InferenceHealthHandler(() -> backends.join().readiness())),
                http,
                telemetry.tracer());
        edge.setHandler(gate);
        this.api = HttpPort.api(settings, edge);

        this.application = opening.application();
        telemetry.follow(application.stream());
        this.readiness = new Readiness(application.models());
        ImagePredictions predictions = new ImagePredictions(settings, application.predictor(), application.router());
        OpenInferenceService inference = new OpenInferenceService(
                application.predictor(),
                application.router(),
                settings.inference().requestTimeout());
        InferenceCatalog catalog =
                new InferenceCatalog(application.registry(), application.predictor(), application.recorder());
        backends.complete(new Backends(
                new ImagePredictHandler.Backend(predictions, json),
                new InferHandler.InferBackend(inference, application.predictor(), bodies),
                readiness));
        this.events = new JobEvents(application.jobs(), json);
        this.management =
                HttpPort.management(settings, new ManagementHandler(guard, pages(application, readiness, http)));
        this.grpc = closing.add(
                new GrpcEndpoint(
                        settings,
                        keys,
                        telemetry.tracer(),
                        new GrpcService(inference, catalog, application.models(), readiness)),
                GrpcEndpoint::close);
        closing.add(api, HttpPort::close).open();
        closing.add(management, HttpPort::close).open();
        grpc.start();
        this.parts = List.of(settings, application, readiness, json, bodies, predictions, catalog, events);
        this.spring = SpringApi.start(settings, gate, parts, beforeSpring);
    }

    private static Map<String, ManagementHandler.PageMaker> pages(
            ServingApplication application, Readiness readiness, HttpMetrics http) {
        HealthPages health = new HealthPages(application, readiness);
        PrometheusEndpoint metrics = new PrometheusEndpoint(application, http);
        return Map.of(
                "/health", accept -> health.all(),
                "/health/liveness", accept -> health.liveness(),
                "/health/readiness", accept -> health.readiness(),
                "/metrics", metrics::scrape);
    }

    /**
     * Starts and returns once every production model is loaded and validated, and predictions are served. Errors are
     * those of the rooms.
     */
    public static FoveaServer start(Settings settings) {
        return start(settings, () -> {});
    }

    /** @param beforeSpring runs on the thread that starts Spring */
    static FoveaServer start(Settings settings, Runnable beforeSpring) {
        requireFree("server.port", settings.server().host(), settings.server().port());
        requireFree(
                "server.management-port",
                settings.server().host(),
                settings.server().managementPort());
        CloseStack closing = new CloseStack();
        // before other threads log: the first line has the form of all, and logging is not being initialized meanwhile
        Telemetry telemetry = closing.add(
                Telemetry.begin(
                        settings.telemetry(),
                        JobOwner.current().host() + ":" + settings.server().port()),
                Telemetry::close);
        Thread.ofPlatform().daemon().name("natives").start(() -> loadNatives(settings));
        Opening opening = Opening.of(settings);
        try {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install(); // gRPC logs to java.util.logging
            return new FoveaServer(settings, telemetry, opening, closing, beforeSpring);
        } catch (RuntimeException | Error e) {
            closing.close();
            opening.abandon();
            throw e;
        }
    }

    /** On a second core while the server starts; a part that needs them finds them loaded, or waits. */
    private static void loadNatives(Settings settings) {
        Engine.open();
        new Decoder(settings.runtime().limits());
    }

    /**
     * Waits until the management API is served, too.
     *
     * @throws RuntimeException what kept it from starting
     */
    public void awaitManagementApi() throws InterruptedException {
        spring.await();
    }

    /** Where the API and the console are. */
    public String address() {
        String host = settings.server().host().equals("0.0.0.0")
                ? "127.0.0.1"
                : settings.server().host();
        return "http://" + host + ":" + port();
    }

    /** The port of the API. */
    public int port() {
        return api.number();
    }

    /** The port of health and metrics. */
    public int managementPort() {
        return management.number();
    }

    /** The port of gRPC. */
    public int grpcPort() {
        return grpc.port();
    }

    /** What serves behind the transports. */
    public ServingApplication application() {
        return application;
    }

    /** What Spring's beans are made of. */
    List<Object> parts() {
        return parts;
    }

    /**
     * Unready at once; serves on for the readiness delay; then refuses, drains and ends. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        readiness.refuse();
        if (!settings.shutdown().readinessDelay().isZero()) {
            grpc.refuse();
            try {
                Thread.sleep(settings.shutdown().readinessDelay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        events.close(); // their streams would go on for as long as the stop may take
        api.drain();
        grpc.close();
        spring.close();
        api.close();
        management.close();
        application.close();
        telemetry.close();
    }

    private static void requireFree(String key, String host, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw HttpPort.inUse(key, host, port, e);
        }
    }
}
