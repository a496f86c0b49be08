package dev.fovea.bench;

import dev.fovea.load.ApiKey;
import dev.fovea.load.FoveaTarget;
import dev.fovea.load.Generator;
import dev.fovea.load.LoadConnections;
import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Load on a served model: closed loop, or at a fixed rate. */
final class BenchTraffic {

    private static final int CLIENTS = 8;
    private static final int TOO_MANY = 429;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int IN_FLIGHT = 2_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Launcher.Server server;
    private final String model;
    private final List<byte[]> images;

    BenchTraffic(Launcher.Server server, String model, List<byte[]> images) {
        this.server = server;
        this.model = model;
        this.images = images;
    }

    /** Requests per second of closed-loop clients; every request must succeed. */
    double peak(int requests) throws IOException, InterruptedException, ExecutionException {
        return new ClosedLoop(server.port(), CLIENTS, this::require)
                .run(server.tree(), images, requests)
                .perSecond();
    }

    private void require(BenchConnection connection, byte[] image) throws IOException, InterruptedException {
        BenchConnection.Response response = ask(connection, image);
        while (response.status() == TOO_MANY) {
            Thread.sleep(PAUSE);
            response = ask(connection, image);
        }
        var _ = response.successful();
    }

    private BenchConnection.Response ask(BenchConnection connection, byte[] image) throws IOException {
        return connection.post("/v1/models/" + model + "/predict", "image/jpeg", image);
    }

    /** The same with some bad images: good requests per second; none may fail. */
    double goodput(int requests, List<byte[]> mixed, AtomicInteger wrong)
            throws IOException, InterruptedException, ExecutionException {
        AtomicInteger good = new AtomicInteger();
        ClosedLoop clients = new ClosedLoop(server.port(), CLIENTS, (connection, image) -> {
            boolean expected = images.contains(image);
            boolean succeeded = ask(connection, image).status() == 200;
            good.addAndGet(succeeded ? 1 : 0);
            wrong.addAndGet(succeeded == expected ? 0 : 1);
        });
        double perSecond = clients.run(server.tree(), mixed, requests).perSecond();
        return perSecond * good.get() / requests;
    }

    /** Poisson arrivals, reported against an optional limit of the 99th percentile. */
    LoadReport at(LoadPlan.Arrivals arrivals, Optional<Duration> p99) throws InterruptedException {
        try (LoadConnections connections = LoadConnections.to("http://127.0.0.1:" + server.port())) {
            FoveaTarget target = FoveaTarget.of(connections, model, new ApiKey(Optional.empty()), images);
            LoadPlan plan = new LoadPlan(arrivals, new LoadPlan.LoadLimits(IN_FLIGHT, TIMEOUT, p99));
            return new Generator(plan, connections, target).run();
        }
    }
}
