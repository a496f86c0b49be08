package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Bad images among good ones: one corrupt in 32, and a folder of nasty files beside good traffic. */
final class IsolationBench {

    private static final String MODEL = "bench";
    private static final int EVERY = 32;
    private static final int REQUESTS = 1_600;
    private static final int ROUNDS = 5;
    private static final double BAR_GOODPUT = 0.9;

    private IsolationBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(
                    home.path(),
                    Map.of(
                            "FOVEA_CACHE_MAX_SIZE",
                            "0MB",
                            "FOVEA_INFERENCE_TUNING_TIMEOUT",
                            "0s",
                            "FOVEA_BATCHING_MAX_QUEUE_DELAY",
                            "5ms"));
            subject.importAs(MODEL, launcher);
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve()) {
                corrupt(new BenchTraffic(server, MODEL, subject.images()), subject.images());
                nasty(server, new BenchTraffic(server, MODEL, subject.images()));
            }
            BenchReport.machine();
        }
    }

    private static void corrupt(BenchTraffic traffic, List<byte[]> images) throws Exception {
        List<byte[]> mixed = new ArrayList<>();
        for (int i = 0; i < EVERY * 4; i++) {
            byte[] image = images.get(i % images.size());
            mixed.add(i % EVERY == 0 ? Arrays.copyOf(image, image.length / 2) : image);
        }
        traffic.peak(REQUESTS);
        AtomicInteger wrong = new AtomicInteger();
        BenchSeries clean = new BenchSeries("all good");
        BenchSeries some = new BenchSeries("1 corrupt in %d".formatted(EVERY));
        for (int round = 0; round < ROUNDS; round++) {
            clean.add(traffic.peak(REQUESTS));
            some.add(traffic.goodput(REQUESTS, mixed, wrong));
        }
        BenchReport.table("good requests per second, 8 connections", "/s", clean, some);
        BenchReport.minimum("with corrupt images", some.ratioTo(clean), BAR_GOODPUT, "×");
        BenchReport.maximum("good ones rejected, bad ones accepted", wrong.get(), 0, "");
    }

    private static void nasty(Launcher.Server server, BenchTraffic traffic) throws Exception {
        Path folder = Path.of(System.getProperty("fovea.bench.data", "")).resolve("decode");
        if (!Files.isDirectory(folder)) {
            BenchReport.say("skipped: no folder of nasty files at " + folder);
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        double alone = traffic.peak(REQUESTS);
        AtomicInteger posted = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();
        Thread poster = Thread.ofPlatform().start(() -> files.forEach(file -> post(server, file, posted, broken)));
        int rounds = 0;
        BenchSeries beside = new BenchSeries("beside");
        while (poster.isAlive() || rounds == 0) {
            beside.add(traffic.peak(REQUESTS / 4));
            rounds++;
        }
        poster.join();
        BenchReport.say("%d malicious files posted beside good traffic: %d without a response, process alive: %s"
                .formatted(posted.get(), broken.get(), server.process().isAlive()));
        BenchReport.say(
                "good traffic: %.1f/s alone, %.1f/s beside them, none failed".formatted(alone, beside.median()));
    }

    private static void post(Launcher.Server server, Path file, AtomicInteger posted, AtomicInteger broken) {
        posted.incrementAndGet();
        try (BenchConnection connection = new BenchConnection(server.port())) {
            BenchConnection.Response response =
                    connection.post("/v1/models/" + MODEL + "/predict", "image/png", Files.readAllBytes(file));
            if (response.status() >= 500) {
                BenchReport.say("%s returned %d: %s".formatted(file.getFileName(), response.status(), response.body()));
                broken.incrementAndGet();
            }
        } catch (IOException e) {
            BenchReport.say("%s: %s".formatted(file.getFileName(), e));
            broken.incrementAndGet();
        }
    }
}
