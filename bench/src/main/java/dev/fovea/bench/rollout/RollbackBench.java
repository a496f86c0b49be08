package dev.fovea.bench.rollout;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.BenchSubject;
import dev.fovea.bench.Callers;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Requests sent across swaps and rollbacks: none may fail, and the old version must soon be silent. */
final class RollbackBench {

    private static final String MODEL = "bench";
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 36_000;
    private static final double BAR_SECONDS = 1;
    private static final String OLD = "\"version\":2";

    private final Launcher.Server server;
    private final BenchSubject subject;
    private final AtomicInteger succeeded = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong lastOld = new AtomicLong();

    private RollbackBench(Launcher.Server server, BenchSubject subject) {
        this.server = server;
        this.subject = subject;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            BenchSubject subject = BenchSubject.drawn(home.path(), Scale.SMALL, 32, 1);
            subject.importAs(MODEL, launcher);
            BenchSubject.drawn(home.path(), Scale.SMALL, 32, 2).importAs(MODEL, launcher);
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve()) {
                rounds(server, subject);
            }
            BenchReport.machine();
        }
    }

    private static void rounds(Launcher.Server server, BenchSubject subject) throws Exception {
        BenchSeries request = new BenchSeries("one request, mean");
        BenchSeries call = new BenchSeries("the call to roll back");
        BenchSeries silent = new BenchSeries("call to the last response of the old version");
        int succeeded = 0;
        int failed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            RollbackBench bench = new RollbackBench(server, subject);
            bench.run(request, call, silent);
            succeeded += bench.succeeded.get();
            failed += bench.failed.get();
        }
        BenchReport.table("%d connections, %d rounds".formatted(CONNECTIONS, ROUNDS), "ms", request, call, silent);
        BenchReport.say(
                "%,d requests succeeded, %d failed: %s".formatted(succeeded, failed, failed == 0 ? "met" : "MISSED"));
        BenchReport.maximum("call to the last old response", silent.max() / 1000, BAR_SECONDS, " s");
    }

    private void run(BenchSeries request, BenchSeries call, BenchSeries silent) throws Exception {
        List<BenchConnection> connections = new ArrayList<>();
        List<Callers.Caller> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            BenchConnection connection = new BenchConnection(server.port());
            connections.add(connection);
            callers.add(image -> ask(connection, image));
        }
        long start = System.nanoTime();
        Thread load = Thread.ofPlatform().start(() -> {
            try {
                new Callers(CONNECTIONS, subject.images()).run(REQUESTS, callers);
            } catch (Exception e) {
                // a caller that cannot even ask has lost its request
                failed.incrementAndGet();
                BenchReport.say("a caller failed: %s".formatted(e));
            }
        });
        awaitSuccesses(REQUESTS / 3, load);
        order("promote", "{\"version\": 2}");
        awaitSuccesses(REQUESTS * 2 / 3, load);
        long called = System.nanoTime();
        order("rollback", "{\"reason\": \"bench\"}");
        call.add((System.nanoTime() - called) / 1e6);
        load.join();
        request.add((System.nanoTime() - start) / 1e6 * CONNECTIONS / REQUESTS);
        silent.add(Math.max(0, lastOld.get() - called) / 1e6);
        for (BenchConnection connection : connections) {
            connection.close();
        }
    }

    private void awaitSuccesses(int count, Thread load) throws InterruptedException {
        while (succeeded.get() < count && load.isAlive()) {
            Thread.sleep(1);
        }
    }

    private void ask(BenchConnection connection, byte[] image) throws IOException {
        BenchConnection.Response response = connection.post("/v1/models/" + MODEL + "/predict", "image/jpeg", image);
        long now = System.nanoTime();
        succeeded.incrementAndGet();
        if (response.status() != 200) {
            failed.incrementAndGet();
        } else if (response.body().contains(OLD)) {
            lastOld.accumulateAndGet(now, Math::max);
        }
    }

    private void order(String verb, String body) throws IOException {
        try (BenchConnection connection = new BenchConnection(server.port())) {
            BenchConnection.Response response = connection.post(
                    "/v1/models/" + MODEL + "/" + verb, "application/json", body.getBytes(StandardCharsets.UTF_8));
            if (response.status() != 200) {
                throw new IOException("%s returned %d: %s".formatted(verb, response.status(), response.body()));
            }
        }
    }
}
