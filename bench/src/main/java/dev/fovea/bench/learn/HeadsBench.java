package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.server.Application;
import dev.fovea.training.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Heads on learned features, against scikit-learn's on the same features and splits: accuracy and macro-F1 on the
 * serving path, with all images and with few, and the time from a folder to a registered version.
 */
final class HeadsBench {

    private static final double MARGIN = 0.005;
    private static final int TIMED = 200;
    private static final double MAX_SECONDS = 60;

    private final JobTools tools;
    private final TemporaryDirectory scratch;
    private final String network;
    private final Backbone backbone;

    private HeadsBench(JobTools tools, TemporaryDirectory scratch, String network, Backbone backbone) {
        this.tools = tools;
        this.scratch = scratch;
        this.network = network;
        this.backbone = backbone;
    }

    /** {@code [NAME FILE.onnx [CONTRACT.json]]}; without arguments SqueezeNet 1.1 of {@code FOVEA_BENCH_DATA}. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("fovea.root"));
        String network = arguments.length == 0 ? "squeezenet" : arguments[0];
        Path file = arguments.length == 0
                ? ImageSet.data().resolve("models/squeezenet11-fp32.onnx")
                : Path.of(arguments[1]).toAbsolutePath();
        Optional<Path> contract = arguments.length == 0
                ? Optional.of(root.resolve("docs/examples/squeezenet-contract.json"))
                : Optional.of(arguments)
                        .filter(all -> all.length > 2)
                        .map(all -> Path.of(all[2]).toAbsolutePath());
        if (!Files.exists(file)) {
            BenchReport.say("skipped: there is no " + file);
            return;
        }
        BenchReport.machine();
        try (TemporaryDirectory scratch = TemporaryDirectory.create();
                Application application = Application.open(scratch.path().resolve("home"))) {
            JobTools tools = application.tools();
            Backbone backbone = new Backbones(tools.registry(), tools.bundles(), tools.backbones())
                    .resolve(new BackboneReference(file.toString(), contract, Optional.empty()));
            HeadsBench bench = new HeadsBench(tools, scratch, network, backbone);
            Optional<ImageSet> steel = ImageSet.steel();
            if (steel.isPresent()) {
                bench.measure(steel.get(), 5);
            }
            Optional<ImageSet> flowers = ImageSet.flowers();
            if (flowers.isPresent()) {
                bench.measure(flowers.get(), 3);
                bench.time(flowers.get(), file, contract);
            }
        }
        BenchReport.machine();
    }

    private void measure(ImageSet set, int seeds) throws IOException {
        Optional<ProbeReference> reference = ProbeReference.of(network, set.name());
        BenchReport.say("%n%s on %s: %,d images, mean ± deviation of %d splits"
                .formatted(backbone.name(), set.name(), set.files().size(), seeds));
        ProbeFigures accuracy = new ProbeFigures("accuracy");
        ProbeFigures macroF1 = new ProbeFigures("macro-F1");
        ProbeFigures neighbors = new ProbeFigures("5 nearest neighbours: accuracy");
        ProbeFigures means = new ProbeFigures("nearest class mean: accuracy");
        ProbeFigures seconds = new ProbeFigures("seconds, features of earlier splits cached");
        Map<Integer, ProbeFigures> few = new TreeMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            StratifiedSplit split =
                    StratifiedSplit.of(set.labels(), set.classes().size(), seed);
            Measured all = measure(set, split, seed);
            accuracy.add(all.report().accuracy().value());
            macroF1.add(all.report().macro().f1());
            seconds.add(all.head().seconds());
            means.add(all.head().baselines().get(0).accuracy());
            neighbors.add(all.head().baselines().get(1).accuracy());
            if (seed == 0) {
                BenchReport.say("  " + all.head().sentence());
            }
            for (int count : List.of(5, 10, 25, 50, 100, 200)) {
                StratifiedSplit small = split.first(count, set.labels());
                if (small.training().size() == count * set.classes().size()) {
                    few.computeIfAbsent(count, n -> new ProbeFigures(n + " images a class: accuracy"))
                            .add(measure(set, small, seed).report().accuracy().value());
                }
            }
        }
        List.of(accuracy, macroF1, means, neighbors, seconds).forEach(ProbeFigures::say);
        few.values().forEach(ProbeFigures::say);
        reference.ifPresent(bar -> {
            require("accuracy, reference less half a point", accuracy.mean(), bar.accuracy() - MARGIN);
            require("macro-F1, reference less half a point", macroF1.mean(), bar.macroF1() - MARGIN);
            few.forEach((count, figures) -> Optional.ofNullable(bar.fewImages().get(count))
                    .ifPresent(known -> require(count + " images a class", figures.mean(), known)));
        });
    }

    private static void require(String what, double share, double bar) {
        BenchReport.minimum(what, 100 * share, Math.round(1000 * bar) / 10.0, " %");
    }

    private record Measured(ClassificationReport report, HeadReport head) {}

    private Measured measure(ImageSet set, StratifiedSplit split, int seed) throws IOException {
        HeadTraining.FittedHead fitted = new HeadTraining(tools)
                .run(
                        new HeadTraining.HeadOrder(
                                backbone,
                                set.classes(),
                                files(set, split.training()),
                                files(set, split.test()),
                                true,
                                seed),
                        new Silent());
        Path directory = Files.createTempDirectory(scratch.path(), "bundle");
        Bundle bundle = Bundle.write(
                directory.resolve("bundle"),
                new Manifest(
                        "head",
                        set.classes(),
                        Optional.of(fitted.contract()),
                        new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                        Optional.empty(),
                        Lineage.imported("head", "bench", "bench"),
                        List.of(),
                        new TreeMap<>()),
                fitted.network().bytes(),
                new TreeMap<>());
        List<LabelledImage> test = split.test().stream()
                .map(i -> new LabelledImage(set.files().get(i), set.labels()[i]))
                .toList();
        return new Measured(
                ClassificationReport.of(new ServingScores(tools).of(bundle, test, (done, total) -> {})),
                fitted.report());
    }

    private static List<LabelledFile> files(ImageSet set, List<Integer> items) {
        return items.stream()
                .map(i -> new LabelledFile(
                        new Sample(set.files().get(i), set.labels()[i]),
                        set.hashes().get(i),
                        i))
                .toList();
    }

    /** The command line, started anew, on 1,000 images in class folders. */
    private void time(ImageSet set, Path file, Optional<Path> contract) throws IOException, InterruptedException {
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
        List<String> command = new ArrayList<>(
                List.of("train", folder.toString(), "--name", "timed", "--from", file.toString(), "--no-int8"));
        contract.ifPresent(path -> command.addAll(List.of("--contract", path.toString())));
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

    /** Hears nothing. */
    private record Silent() implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            // a benchmark prints its figures only
        }

        @Override
        public void note(String sentence) {
            // likewise
        }
    }
}
