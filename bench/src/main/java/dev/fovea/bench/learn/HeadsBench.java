package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Heads on learned features, against scikit-learn's on the same features and splits: accuracy and macro-F1 on the
 * serving path, with all images and with few, and the time from a folder to a registered version.
 */
final class HeadsBench {

    private static final double MARGIN = 0.005;
    private static final int TIMED = 200;
    private static final double MAX_SECONDS = 60;

    private static final List<Integer> FEW = List.of(5, 10, 25, 50, 100, 200);

    private final TemporaryDirectory scratch;
    private final ProbeNetwork network;
    private final ProbeRun probe;

    private HeadsBench(TemporaryDirectory scratch, ProbeNetwork network, ProbeRun probe) {
        this.scratch = scratch;
        this.network = network;
        this.probe = probe;
    }

    /** {@code [NAME FILE.onnx [CONTRACT.json]]}; without arguments SqueezeNet 1.1 of {@code FOVEA_BENCH_DATA}. */
    public static void main(String[] arguments) throws Exception {
        Optional<ProbeNetwork> network = ProbeNetwork.of(arguments);
        if (network.isEmpty()) {
            return;
        }
        BenchReport.machine();
        try (TemporaryDirectory scratch = TemporaryDirectory.create();
                Application application = Application.open(scratch.path().resolve("home"))) {
            HeadsBench bench =
                    new HeadsBench(scratch, network.get(), network.get().probe(application.tools(), scratch.path()));
            Optional<ImageSet> steel = ImageSet.steel();
            if (steel.isPresent()) {
                bench.measure(steel.get(), 5);
            }
            Optional<ImageSet> flowers = ImageSet.flowers();
            if (flowers.isPresent()) {
                bench.measure(flowers.get(), 3);
                bench.time(flowers.get());
            }
        }
        BenchReport.machine();
    }

    private void measure(ImageSet set, int seeds) throws IOException, InterruptedException {
        BenchReport.say("%n%s on %s: %,d images, mean ± deviation of %d splits"
                .formatted(probe.backbone().name(), set.name(), set.files().size(), seeds));
        ProbeFigures accuracy = new ProbeFigures("accuracy");
        ProbeFigures macroF1 = new ProbeFigures("macro-F1");
        ProbeFigures neighbors = new ProbeFigures("5 nearest neighbours: accuracy");
        ProbeFigures means = new ProbeFigures("nearest class mean: accuracy");
        ProbeFigures seconds = new ProbeFigures("seconds, features cached");
        Map<Integer, ProbeFigures> few = new TreeMap<>();
        FlippedImages flips = new FlippedImages();
        List<StratifiedSplit> splits = new ArrayList<>();
        Optional<HeadsPeer> peer = HeadsPeer.find();
        new HeadTraining(probe.tools()).features(probe.backbone(), ProbeRun.files(set, everything(set)));
        for (int seed = 0; seed < seeds; seed++) {
            StratifiedSplit split =
                    StratifiedSplit.of(set.labels(), set.classes().size(), seed);
            ProbeRun.Measured all = probe.of(set, split, true, seed);
            splits.add(split);
            accuracy.add(all.report().accuracy().value());
            macroF1.add(all.report().macro().f1());
            seconds.add(all.head().seconds());
            means.add(all.head().baselines().get(0).accuracy());
            neighbors.add(all.head().baselines().get(1).accuracy());
            if (seed == 0) {
                BenchReport.say("  " + all.head().sentence());
            }
            flips.add(probe, all, set, split);
            for (int count : FEW) {
                StratifiedSplit small = split.first(count, set.labels());
                if (small.training().size() == count * set.classes().size()) {
                    splits.add(small);
                    few.computeIfAbsent(count, n -> new ProbeFigures(n + " images a class: accuracy"))
                            .add(probe.of(set, small, true, seed)
                                    .report()
                                    .accuracy()
                                    .value());
                }
            }
        }
        List.of(accuracy, macroF1, means, neighbors, seconds).forEach(ProbeFigures::say);
        few.values().forEach(ProbeFigures::say);
        flips.say();
        if (peer.isPresent()) {
            compare(peer.get().run(probe, set, splits), seeds, accuracy, macroF1, seconds, few);
        }
        ProbeReference.of(network.name(), set.name()).ifPresent(bar -> {
            require("accuracy, reference less half a point", accuracy.mean(), bar.accuracy() - MARGIN);
            require("macro-F1, reference less half a point", macroF1.mean(), bar.macroF1() - MARGIN);
            few.forEach((count, figures) -> Optional.ofNullable(bar.fewImages().get(count))
                    .ifPresent(known -> require(count + " images a class", figures.mean(), known)));
        });
    }

    private static List<Integer> everything(ImageSet set) {
        return IntStream.range(0, set.labels().length).boxed().toList();
    }

    /** The peer's figures, split by split in the order of this bench: all items, then few of them. */
    private static void compare(
            List<HeadsPeer.Reached> reached,
            int seeds,
            ProbeFigures accuracy,
            ProbeFigures macroF1,
            ProbeFigures seconds,
            Map<Integer, ProbeFigures> few) {
        List<Integer> counts = List.copyOf(few.keySet());
        ProbeFigures peerAccuracy = new ProbeFigures("scikit-learn: accuracy");
        ProbeFigures peerF1 = new ProbeFigures("scikit-learn: macro-F1");
        ProbeFigures peerSeconds = new ProbeFigures("scikit-learn: seconds of the fit");
        Map<Integer, ProbeFigures> peerFew = new TreeMap<>();
        int each = 1 + counts.size();
        for (int seed = 0; seed < seeds; seed++) {
            HeadsPeer.Reached all = reached.get(seed * each);
            peerAccuracy.add(all.accuracy());
            peerF1.add(all.macroF1());
            peerSeconds.add(all.seconds());
            for (int i = 0; i < counts.size(); i++) {
                peerFew.computeIfAbsent(
                                counts.get(i), n -> new ProbeFigures("scikit-learn: %d images a class".formatted(n)))
                        .add(reached.get(seed * each + 1 + i).accuracy());
            }
        }
        List.of(peerAccuracy, peerF1, peerSeconds).forEach(ProbeFigures::say);
        peerFew.values().forEach(ProbeFigures::say);
        BenchReport.say("  seconds, ratio to scikit-learn's fit                 %7.2f"
                .formatted(seconds.mean() / peerSeconds.mean()));
        require("accuracy, scikit-learn here less half a point", accuracy.mean(), peerAccuracy.mean() - MARGIN);
        require("macro-F1, scikit-learn here less half a point", macroF1.mean(), peerF1.mean() - MARGIN);
        few.forEach((count, figures) -> require(
                count + " images a class, scikit-learn here less half a point",
                figures.mean(),
                Objects.requireNonNull(peerFew.get(count)).mean() - MARGIN));
    }

    private static void require(String what, double share, double bar) {
        BenchReport.minimum(what, 100 * share, Math.round(1000 * bar) / 10.0, " %");
    }

    /** The command line, started anew, on 1,000 images in class folders. */
    private void time(ImageSet set) throws IOException, InterruptedException {
        Path folder = scratch.path().resolve("timed");
        int[] taken = new int[set.classes().size()];
        for (int i = 0; i < set.files().size(); i++) {
            if (taken[set.labels()[i]]++ < TIMED) {
                Path target = folder.resolve(set.classes().get(set.labels()[i]))
                        .resolve(set.files().get(i).getFileName().toString());
                Files.createDirectories(target.getParent());
                Files.copy(set.files().get(i), target);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                "train",
                folder.toString(),
                "--name",
                "timed",
                "--from",
                network.file().toString(),
                "--no-int8"));
        network.contract().ifPresent(path -> command.addAll(List.of("--contract", path.toString())));
        Path home = Files.createDirectories(scratch.path().resolve("other"));
        long start = System.nanoTime();
        String printed = new Launcher(home, Map.of()).run(command.toArray(String[]::new));
        double seconds = (System.nanoTime() - start) / 1e9;
        printed.lines().filter(line -> line.startsWith("Registered")).forEach(BenchReport::say);
        BenchReport.maximum(
                "folder of %,d images to a registered version"
                        .formatted(TIMED * set.classes().size()),
                seconds,
                MAX_SECONDS,
                " s");
    }
}
