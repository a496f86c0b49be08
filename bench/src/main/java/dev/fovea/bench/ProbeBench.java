package dev.fovea.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Latency of health probes while ten models are saturated, against an idle server. */
final class ProbeBench {

    private static final int MODELS = 10;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 4_000;
    private static final int PROBES = 400;
    private static final int ROUNDS = 3;
    private static final int PAUSE_MS = 25;
    private static final double BAR_P99_MS = 50;
    private static final int TOO_MANY = 429;

    private ProbeBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(
                    home.path(), Map.of("FOVEA_CACHE_MAX_SIZE", "0MB", "FOVEA_INFERENCE_TUNING_TIMEOUT", "0s"));
            for (int i = 0; i < MODELS; i++) {
                subject.importAs(model(i), launcher);
            }
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve()) {
                measure(server, subject.images());
            }
            BenchReport.machine();
        }
    }

    private static String model(int i) {
        return "bench-" + i;
    }

    private static void measure(Launcher.Server server, List<byte[]> images) throws Exception {
        BenchSeries idle = new BenchSeries("idle server, p99 of both probes");
        BenchSeries readiness = new BenchSeries("full load, /health/readiness p99");
        BenchSeries inference = new BenchSeries("full load, /v2/health/ready p99");
        load(server, images, REQUESTS / 5); // the first requests compile
        for (int round = 0; round < ROUNDS; round++) {
            double[] both = concat(
                    probe(server.managementPort(), "/health/readiness"), probe(server.port(), "/v2/health/ready"));
            idle.add(p99(both));
            AtomicInteger succeeded = new AtomicInteger();
            Thread traffic = Thread.ofPlatform().start(() -> succeeded.set(load(server, images, REQUESTS)));
            readiness.add(p99(probe(server.managementPort(), "/health/readiness")));
            inference.add(p99(probe(server.port(), "/v2/health/ready")));
            boolean covered = traffic.isAlive();
            traffic.join();
            BenchReport.say("round %d: %d requests succeeded; load outlasted the probes: %s"
                    .formatted(round + 1, succeeded.get(), covered));
        }
        BenchReport.table(
                "latency of a probe on a connection of its own, %d models, %d clients".formatted(MODELS, CLIENTS),
                "ms",
                idle,
                readiness,
                inference);
        BenchReport.maximum("/health/readiness p99", readiness.median(), BAR_P99_MS, " ms");
        BenchReport.maximum("/v2/health/ready p99", inference.median(), BAR_P99_MS, " ms");
    }

    /** Milliseconds of each probe; a probe other than "ready" ends the benchmark. */
    private static double[] probe(int port, String path) throws IOException, InterruptedException {
        double[] millis = new double[PROBES];
        for (int i = 0; i < PROBES; i++) {
            long start = System.nanoTime();
            try (BenchConnection connection = new BenchConnection(port)) {
                BenchConnection.Response response = connection.get(path);
                if (response.status() != 200) {
                    throw new IOException("%s returned %d: %s".formatted(path, response.status(), response.body()));
                }
            }
            millis[i] = (System.nanoTime() - start) / 1e6;
            Thread.sleep(PAUSE_MS);
        }
        return millis;
    }

    private static int load(Launcher.Server server, List<byte[]> images, int requests) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger succeeded = new AtomicInteger();
        List<Callers.Caller> callers = new ArrayList<>();
        List<BenchConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                BenchConnection connection = new BenchConnection(server.port());
                connections.add(connection);
                callers.add(image -> {
                    String path = "/v1/models/%s/predict".formatted(model(next.getAndIncrement() % MODELS));
                    int status = connection.post(path, "image/jpeg", image).status();
                    if (status != 200 && status != TOO_MANY) {
                        throw new IOException("%s returned %d".formatted(path, status));
                    }
                    succeeded.addAndGet(status == 200 ? 1 : 0);
                });
            }
            new Callers(CLIENTS, images).run(requests, callers);
            for (BenchConnection connection : connections) {
                connection.close();
            }
            return succeeded.get();
        } catch (Exception e) {
            throw new IllegalStateException("the load on the server failed", e);
        }
    }

    private static double[] concat(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static double p99(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }
}
