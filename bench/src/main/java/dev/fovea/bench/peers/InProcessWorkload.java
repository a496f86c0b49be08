package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.Callers;
import dev.fovea.bench.InProcess;
import dev.fovea.bench.ProcessTree;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The pipeline from the file to the labels without a server: Fovea's in this JVM, and Python's on as many cores. */
final class InProcessWorkload {

    private static final double BAR_THROUGHPUT = 1.2;
    private static final int CALLERS = 8;
    private static final int COMPARED = 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private InProcessWorkload() {}

    /** One way to predict, and what its rounds measured. */
    private record Way(String name, Seconds predictions, Seconds processor, BenchSeries throughput, BenchSeries cpu) {
        Way(String name, Seconds predictions, Seconds processor) {
            this(name, predictions, processor, new BenchSeries(name), new BenchSeries(name));
        }

        void measure(int images) throws Exception {
            double before = processor.of(images);
            double seconds = predictions.of(images);
            throughput.add(images / seconds);
            cpu.add((processor.of(images) - before) * 1000 / images);
        }
    }

    private interface Seconds {
        double of(int images) throws Exception;
    }

    static void run(PeerHome home) throws Exception {
        PeerSubject subject = PeerSubject.best(home.path());
        home.importModel(subject, PeerSubject.Decode.EXACT);
        Path images = subject.write(home.path().resolve("images"));
        List<InProcessPeer> peers = new ArrayList<>();
        try (DecodePool decodePool = DecodePool.forThisMachine();
                LoadedModel model = InProcess.load(home.path(), PeerHome.MODEL, decodePool)) {
            List<Way> ways = new ArrayList<>();
            ways.add(new Way(
                    Contender.FOVEA,
                    count -> fovea(model, subject.images(), count),
                    _ -> ProcessTree.processorSeconds(ProcessHandle.current().pid())));
            ways.getFirst().predictions().of(home.options().warmUp());
            List<String> expected = subject.images().stream()
                    .limit(COMPARED)
                    .map(image -> label(model, image))
                    .toList();
            for (String decode : List.of("pillow", "cv2")) {
                for (String kind : List.of("threads", "processes")) {
                    python(decode, kind, subject, images, home).ifPresent(peers::add);
                }
            }
            for (InProcessPeer peer : peers) {
                int equal = Contenders.equal(peer.predict(expected.size()).labels(), expected);
                if (equal == expected.size()) {
                    ways.add(new Way(
                            peer.name(),
                            count -> peer.predict(count).seconds(),
                            _ -> peer.tree().processorSeconds()));
                } else {
                    BenchReport.say("SKIPPED %s: its best label equals Fovea's for %d of %d images"
                            .formatted(peer.name(), equal, expected.size()));
                }
            }
            for (int round = 0; round < home.options().rounds(); round++) {
                for (int i = 0; i < ways.size(); i++) {
                    ways.get((i + round) % ways.size()).measure(home.options().images());
                }
            }
            report(subject, ways, home.options());
        } finally {
            for (InProcessPeer peer : peers) {
                peer.close();
            }
        }
    }

    private static Optional<InProcessPeer> python(
            String decode, String kind, PeerSubject subject, Path images, PeerHome home)
            throws IOException, InterruptedException {
        String name = "python, %s, 2 %s".formatted(decode, kind);
        return switch (home.environments().of("fastapi")) {
            case PeerEnvironment.Skipped(String reason) -> {
                BenchReport.say("SKIPPED %s: %s".formatted(name, reason));
                yield Optional.empty();
            }
            case PeerEnvironment.Installed(Path python) -> {
                String settings =
                        subject.configuration(Map.of("threads", 1, "workers", 2, "decode", decode, "fast", false));
                yield Optional.of(InProcessPeer.start(name, python, home.path(), settings, kind, images));
            }
        };
    }

    private static double fovea(LoadedModel model, List<byte[]> images, int count)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        new Callers(CALLERS, images).run(count, Collections.nCopies(CALLERS, (Callers.Caller)
                image -> model.predict(image, Deadline.in(TIMEOUT))));
        return (System.nanoTime() - start) / 1e9;
    }

    private static String label(LoadedModel model, byte[] image) {
        return model.predict(image, Deadline.in(TIMEOUT)).result() instanceof PredictionResult.LabelResult label
                ? label.classification().best().label()
                : "no label";
    }

    private static void report(PeerSubject subject, List<Way> ways, PeerOptions options) {
        Way fovea = ways.getFirst();
        List<Way> others = ways.subList(1, ways.size());
        BenchReport.say("%nin process: %s, %d rounds of %d images"
                .formatted(subject.name(), options.rounds(), options.images()));
        for (Way way : others) {
            double ratio = fovea.throughput().ratioTo(way.throughput());
            BenchReport.say("%s %s: %.2f × the throughput, %.2f × the CPU per image"
                    .formatted(
                            ratio > 1 ? "ahead of" : "behind",
                            way.name(),
                            ratio,
                            fovea.cpu().ratioTo(way.cpu())));
        }
        others.stream()
                .max(Comparator.comparingDouble(way -> way.throughput().median()))
                .ifPresent(best -> BenchReport.minimum(
                        "throughput against " + best.name(),
                        fovea.throughput().ratioTo(best.throughput()),
                        BAR_THROUGHPUT,
                        " ×"));
        BenchSeries[] throughput = others.stream().map(Way::throughput).toArray(BenchSeries[]::new);
        BenchSeries[] cpu = others.stream().map(Way::cpu).toArray(BenchSeries[]::new);
        BenchReport.table("throughput", "images/s", fovea.throughput(), throughput);
        BenchReport.table("CPU per image", "ms", fovea.cpu(), cpu);
    }
}
