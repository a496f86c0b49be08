package dev.fovea.bench;

import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The server's overhead over the same pipeline in process. Measures CPU time per image of the server process at 16
 * connections, without the load generator, and the latency of one connection.
 */
final class ServerBench {

    private static final String MODEL = "bench";
    private static final int CLIENTS = 16;
    /**
     * Warm-up: methods are compiled after some ten thousand calls, which should not be measured. A small network
     * reaches that number sooner.
     */
    private static final String SMALL_MODEL = "small";

    private static final int SMALL_EDGE = 32;
    private static final int SMALL_WARM_UP = 40_000;
    private static final int WARM_UP = 3_000;

    private static final int ROUNDS = 21;
    private static final int IMAGES = 240;
    private static final int LATENCY_ROUNDS = 10;
    private static final double BAR_PROCESSOR = 1.05;
    private static final double BAR_LATENCY_MS = 0.5;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final String name;
    private final List<byte[]> images;
    private final LoadedModel model;
    private final Launcher.Server server;

    private ServerBench(String name, List<byte[]> images, LoadedModel model, Launcher.Server server) {
        this.name = name;
        this.images = images;
        this.model = model;
        this.server = server;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create();
                DecodePool workers = DecodePool.forThisMachine()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher);
            BenchSubject small = BenchSubject.drawn(home.path(), Scale.SMALL, SMALL_EDGE, 1);
            small.importAs(SMALL_MODEL, launcher);
            BenchReport.machine();
            BenchReport.say("model: %s".formatted(subject.name()));
            try (LoadedModel model = InProcess.load(home.path(), MODEL, workers);
                    LoadedModel smallModel = InProcess.load(home.path(), SMALL_MODEL, workers);
                    Launcher.Server server = launcher.serve()) {
                new ServerBench(SMALL_MODEL, small.images(), smallModel, server).warmUp(SMALL_WARM_UP);
                ServerBench bench = new ServerBench(MODEL, subject.images(), model, server);
                bench.warmUp(WARM_UP);
                bench.processor();
                bench.latency();
                BenchReport.machine();
            }
        }
    }

    private void warmUp(int count) throws Exception {
        inProcess(count);
        served(count);
    }

    private void processor() throws Exception {
        BenchSeries inProcess = new BenchSeries("in process, %d threads".formatted(CLIENTS));
        BenchSeries served = new BenchSeries("server, %d connections".formatted(CLIENTS));
        for (int round = 0; round < ROUNDS; round++) {
            inProcess.add(inProcess(IMAGES));
            served.add(served(IMAGES));
        }
        BenchReport.table("CPU time per image of the server process", "ms", inProcess, served);
        BenchReport.maximum("server against in process", served.ratioTo(inProcess), BAR_PROCESSOR, "×");
    }

    /** Processor milliseconds per image. */
    private double inProcess(int count) throws Exception {
        double before = ProcessTree.processorSeconds(ProcessHandle.current().pid());
        new Callers(CLIENTS, images).run(count, Collections.nCopies(CLIENTS, (Callers.Caller) this::askInProcess));
        return (ProcessTree.processorSeconds(ProcessHandle.current().pid()) - before) * 1000 / count;
    }

    private double served(int count) throws Exception {
        return new ClosedLoop(server.port(), CLIENTS, (connection, image) -> askServer(connection, request(image)))
                .run(server.tree(), images, count)
                .processorMs();
    }

    private void askInProcess(byte[] image) {
        model.predict(image, Deadline.in(TIMEOUT));
    }

    private byte[] request(byte[] image) {
        return BenchConnection.posting("/v1/models/" + name + "/predict", "image/jpeg", image);
    }

    private static void askServer(BenchConnection connection, byte[] request) throws IOException {
        var _ = connection.send(request).successful();
    }

    private void latency() throws IOException {
        BenchSeries inProcess = new BenchSeries("in process, 1 thread");
        BenchSeries served = new BenchSeries("server, 1 connection");
        try (BenchConnection connection = new BenchConnection(server.port())) {
            for (int round = 0; round < LATENCY_ROUNDS; round++) {
                for (byte[] image : images) {
                    byte[] request = request(image);
                    inProcess.add(millis(() -> askInProcess(image)));
                    served.add(millis(() -> askServer(connection, request)));
                }
            }
        }
        BenchReport.table("latency, the two taking turns at every image", "ms", inProcess, served);
        BenchReport.maximum("p50 added by the server", served.median() - inProcess.median(), BAR_LATENCY_MS, " ms");
    }

    private interface Ask {
        void run() throws IOException;
    }

    private static double millis(Ask ask) throws IOException {
        long start = System.nanoTime();
        ask.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
