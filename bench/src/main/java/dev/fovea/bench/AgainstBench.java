package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * This clone's program against that of another clone, such as one of an earlier commit, the two taking turns: start,
 * processor time per image and latency.
 */
final class AgainstBench {

    private static final String MODEL = "bench";
    private static final int CLIENTS = 8;
    private static final int STARTS = 7;
    private static final int WARM_UP = 3_000;
    private static final int ROUNDS = 21;
    private static final int IMAGES = 240;
    private static final int LATENCY_ROUNDS = 5;
    private static final double BAR_HOT_PATH = 1.02;
    private static final double BAR_START = 0.8;

    private AgainstBench() {}

    /**
     * Takes the other clone's directory, then what its environment needs, as {@code NAME=VALUE}, so that it caches and
     * tunes nothing.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException(
                    "Name the directory of another clone: bench/run against ../fovea-before");
        }
        Map<String, String> environment = new HashMap<>(arguments.length == 1 ? Launcher.MEASURING : Map.of());
        for (int i = 1; i < arguments.length; i++) {
            environment.put(arguments[i].split("=", 2)[0], arguments[i].split("=", 2)[1]);
        }
        try (TemporaryDirectory here = TemporaryDirectory.create();
                TemporaryDirectory there = TemporaryDirectory.create()) {
            Launcher ours = new Launcher(here.path(), Launcher.MEASURING);
            Launcher other = new Launcher(Path.of(arguments[0]), there.path(), environment);
            BenchSubject subject = BenchSubject.best(here.path());
            subject.importAs(MODEL, other);
            subject.importAs(MODEL, ours);
            BenchReport.machine();
            BenchReport.say("model: %s".formatted(subject.name()));
            start(other, ours);
            try (Launcher.Server before = other.serve();
                    Launcher.Server after = ours.serve()) {
                serve(before, after, subject.images());
            }
            BenchReport.machine();
        }
    }

    private static void start(Launcher other, Launcher ours) throws IOException, InterruptedException {
        BenchSeries before = new BenchSeries("the other clone");
        BenchSeries after = new BenchSeries("this clone");
        BenchSeries processorBefore = new BenchSeries("the other clone");
        BenchSeries processorAfter = new BenchSeries("this clone");
        for (int run = 0; run < STARTS; run++) {
            try (Launcher.Server server = other.serve()) {
                before.add(server.nanosToReady() / 1e9);
                processorBefore.add(server.processorSecondsToReady());
            }
            try (Launcher.Server server = ours.serve()) {
                after.add(server.nanosToReady() / 1e9);
                processorAfter.add(server.processorSecondsToReady());
            }
        }
        BenchReport.table("from the shell to readiness 200", "s", before, after);
        BenchReport.table("processor time until then", "s", processorBefore, processorAfter);
        BenchReport.maximum("start", after.ratioTo(before), BAR_START, "×");
    }

    private static void serve(Launcher.Server other, Launcher.Server ours, List<byte[]> images) throws Exception {
        processor(other, WARM_UP, images);
        processor(ours, WARM_UP, images);
        BenchSeries before = new BenchSeries("the other clone");
        BenchSeries after = new BenchSeries("this clone");
        for (int round = 0; round < ROUNDS; round++) {
            before.add(processor(other, IMAGES, images));
            after.add(processor(ours, IMAGES, images));
        }
        BenchReport.table("processor time per image, %d connections".formatted(CLIENTS), "ms", before, after);
        BenchReport.maximum("processor time per image", after.ratioTo(before), BAR_HOT_PATH, "×");
        latency(other, ours, images);
    }

    private static double processor(Launcher.Server server, int count, List<byte[]> images) throws Exception {
        return new ClosedLoop(server.port(), CLIENTS, AgainstBench::predict)
                .run(server.tree(), images, count)
                .processorMs();
    }

    private static void latency(Launcher.Server other, Launcher.Server ours, List<byte[]> images) throws IOException {
        BenchSeries before = new BenchSeries("the other clone");
        BenchSeries after = new BenchSeries("this clone");
        try (BenchConnection toOther = new BenchConnection(other.port());
                BenchConnection toOurs = new BenchConnection(ours.port())) {
            for (int round = 0; round < LATENCY_ROUNDS; round++) {
                for (byte[] image : images) {
                    before.add(millis(toOther, image));
                    after.add(millis(toOurs, image));
                }
            }
        }
        BenchReport.table("latency, 1 connection, the two taking turns at every image", "ms", before, after);
        BenchReport.maximum("p50", after.median() / before.median(), BAR_HOT_PATH, "×");
    }

    private static double millis(BenchConnection connection, byte[] image) throws IOException {
        long start = System.nanoTime();
        predict(connection, image);
        return (System.nanoTime() - start) / 1e6;
    }

    private static void predict(BenchConnection connection, byte[] image) throws IOException {
        var _ = connection
                .post("/v1/models/" + MODEL + "/predict", "image/jpeg", image)
                .successful();
    }
}
