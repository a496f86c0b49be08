package dev.fovea.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The cost of the response cache for a miss, against a server without a cache, and its gain for a hit. */
final class CacheBench {

    private static final String MODEL = "bench";
    private static final int CLIENTS = 16;
    /** The compiler takes up methods after some thousand calls; what it costs is not to be measured. */
    private static final int WARM_UP = 6_000;

    private static final int ROUNDS = 15;
    private static final int IMAGES = 480;
    private static final int LATENCY_WARM_UP = 1_000;
    private static final int LATENCY_ROUNDS = 500;
    private static final double BAR_MISS = 1.03;
    private static final double BAR_RATE = 0.97;
    private static final double BAR_HIT = 10;

    private final List<byte[]> images;
    private final AtomicLong serial = new AtomicLong();

    private CacheBench(List<byte[]> images) {
        this.images = images;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory without = TemporaryDirectory.create();
                TemporaryDirectory with = TemporaryDirectory.create()) {
            Launcher off = new Launcher(without.path(), Launcher.MEASURING);
            Launcher on = new Launcher(
                    with.path(), Map.of("FOVEA_CACHE_MAX_SIZE", "64MB", "FOVEA_INFERENCE_TUNING_TIMEOUT", "0s"));
            BenchSubject subject = BenchSubject.best(without.path());
            subject.importAs(MODEL, off);
            subject.importAs(MODEL, on);
            BenchReport.machine();
            BenchReport.say("model: %s".formatted(subject.name()));
            try (Launcher.Server plain = off.serve();
                    Launcher.Server cached = on.serve()) {
                CacheBench bench = new CacheBench(subject.images());
                bench.misses(plain, cached);
                bench.latency(cached);
                BenchReport.machine();
            }
        }
    }

    /** What a number of images cost: processor milliseconds of the server per image, and images per second. */
    private record Cost(double processorMs, double perSecond) {}

    /** The two servers take turns, each going first every other time. */
    private void misses(Launcher.Server plain, Launcher.Server cached) throws Exception {
        BenchSeries plainMs = new BenchSeries("no cache");
        BenchSeries cachedMs = new BenchSeries("cache, misses only");
        BenchSeries plainRate = new BenchSeries("no cache");
        BenchSeries cachedRate = new BenchSeries("cache, misses only");
        unique(plain, WARM_UP);
        unique(cached, WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            boolean plainFirst = round % 2 == 0;
            Cost first = unique(plainFirst ? plain : cached, IMAGES);
            Cost second = unique(plainFirst ? cached : plain, IMAGES);
            plainMs.add((plainFirst ? first : second).processorMs());
            plainRate.add((plainFirst ? first : second).perSecond());
            cachedMs.add((plainFirst ? second : first).processorMs());
            cachedRate.add((plainFirst ? second : first).perSecond());
        }
        BenchReport.table(
                "processor time of the server per image, %d connections".formatted(CLIENTS), "ms", plainMs, cachedMs);
        BenchReport.table("images per second, %d connections".formatted(CLIENTS), "/s", plainRate, cachedRate);
        BenchReport.maximum("processor time of a miss against no cache", cachedMs.ratioTo(plainMs), BAR_MISS, "×");
        BenchReport.minimum(
                "images per second of misses against no cache", cachedRate.ratioTo(plainRate), BAR_RATE, "×");
    }

    private Cost unique(Launcher.Server server, int count) throws Exception {
        List<BenchConnection> connections = new ArrayList<>();
        List<Callers.Caller> callers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            BenchConnection connection = new BenchConnection(server.port());
            connections.add(connection);
            callers.add(image -> ask(connection, unlikeAll(image), false));
        }
        long pid = server.process().pid();
        double before = ProcessTree.processorSeconds(pid);
        long start = System.nanoTime();
        new Callers(CLIENTS, images).run(count, callers);
        double seconds = (System.nanoTime() - start) / 1e9;
        Cost cost = new Cost((ProcessTree.processorSeconds(pid) - before) * 1000 / count, count / seconds);
        for (BenchConnection connection : connections) {
            connection.close();
        }
        return cost;
    }

    private void latency(Launcher.Server server) throws IOException {
        BenchSeries misses = new BenchSeries("miss, 1 connection");
        BenchSeries hits = new BenchSeries("hit, 1 connection");
        try (BenchConnection connection = new BenchConnection(server.port())) {
            for (int i = 0; i < LATENCY_WARM_UP + LATENCY_ROUNDS; i++) {
                byte[] image = unlikeAll(images.get(i % images.size()));
                double miss = millis(connection, image, false);
                double hit = millis(connection, image, true);
                if (i >= LATENCY_WARM_UP) {
                    misses.add(miss);
                    hits.add(hit);
                }
            }
        }
        BenchReport.table("latency, the two taking turns at every image", "ms", misses, hits);
        BenchReport.minimum("median of a miss against that of a hit", misses.median() / hits.median(), BAR_HIT, "×");
    }

    private static double millis(BenchConnection connection, byte[] image, boolean cached) throws IOException {
        long start = System.nanoTime();
        ask(connection, image, cached);
        return (System.nanoTime() - start) / 1e6;
    }

    private static void ask(BenchConnection connection, byte[] image, boolean cached) throws IOException {
        BenchConnection.Response response = connection.post("/v1/models/" + MODEL + "/predict", "image/jpeg", image);
        if (response.status() != 200 || !response.body().contains("\"cached\":" + cached)) {
            throw new IOException("the server returned %d: %s".formatted(response.status(), response.body()));
        }
    }

    /** The same pixels in other bytes: a number behind the JPEG's end, which decoders do not read. */
    private byte[] unlikeAll(byte[] image) {
        return ByteBuffer.allocate(image.length + Long.BYTES)
                .put(image)
                .putLong(serial.incrementAndGet())
                .array();
    }
}
