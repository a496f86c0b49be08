package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.diagnosis.CurveMeasurement;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.server.Application;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.learning.ClassScore;
import dev.fovea.statistics.learning.LearnedSize;
import dev.fovea.statistics.learning.LearningCurve;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import dev.fovea.training.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How honest learning curves are: of a part of the images, drawn anew for each run, the accuracy with more images is
 * extrapolated, and compared with the accuracy that heads really have with so many images of the whole set.
 */
final class DiagnosisBench {

    private static final int FOLDS = 5;
    private static final int TRUTHS = 6;
    private static final int RUNS = 20;
    private static final double COVERED = 0.9;

    private final StudiedFeatures all;
    private final int[] labels;
    private final int classes;

    private DiagnosisBench(StudiedFeatures all) {
        this.all = all;
        this.labels = all.targets().labels();
        this.classes = all.targets().classes();
    }

    /** {@code [RUNS [FILE.onnx [CONTRACT.json]]]}; without arguments 20 runs on SqueezeNet 1.1. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("fovea.root"));
        int runs = arguments.length == 0 ? RUNS : Integer.parseInt(arguments[0]);
        Path file = arguments.length < 2
                ? ImageSet.data().resolve("models/squeezenet11-fp32.onnx")
                : Path.of(arguments[1]).toAbsolutePath();
        Optional<Path> contract = arguments.length < 2
                ? Optional.of(root.resolve("docs/examples/squeezenet-contract.json"))
                : Optional.of(arguments)
                        .filter(given -> given.length > 2)
                        .map(given -> Path.of(given[2]).toAbsolutePath());
        if (!Files.exists(file)) {
            BenchReport.say("skipped: there is no " + file);
            return;
        }
        BenchReport.machine();
        try (TemporaryDirectory scratch = TemporaryDirectory.create();
                Application application = Application.open(scratch.path().resolve("home"))) {
            Backbone backbone = new Backbones(
                            application.tools().registry(),
                            application.tools().bundles(),
                            application.tools().backbones())
                    .resolve(new BackboneReference(file.toString(), contract, Optional.empty()));
            HeadTraining heads = new HeadTraining(application.tools());
            Optional<ImageSet> steel = ImageSet.steel();
            if (steel.isPresent()) {
                measure(heads, backbone, steel.get(), runs, List.of(20, 40), List.of(60, 100));
            }
            Optional<ImageSet> flowers = ImageSet.flowers();
            if (flowers.isPresent()) {
                measure(heads, backbone, flowers.get(), runs, List.of(40, 100), List.of(160, 320, 600));
            }
        }
        BenchReport.machine();
    }

    private static void measure(
            HeadTraining heads, Backbone backbone, ImageSet set, int runs, List<Integer> known, List<Integer> asked) {
        DiagnosisBench bench = new DiagnosisBench(heads.study(
                new HeadTraining.HeadOrder(backbone, set.classes(), files(set), List.of(), false, 0), new Silence()));
        BenchReport.say(
                "%n%s on %s: %,d images, %d runs".formatted(backbone.name(), set.name(), set.labels().length, runs));
        double[] truths = asked.stream().mapToDouble(bench::truth).toArray();
        for (int each : known) {
            bench.extrapolate(each, asked, truths, runs);
        }
    }

    private static List<LabelledFile> files(ImageSet set) {
        return IntStream.range(0, set.labels().length)
                .mapToObj(i -> new LabelledFile(
                        new Sample(set.files().get(i), set.labels()[i]),
                        set.hashes().get(i),
                        i))
                .toList();
    }

    private void extrapolate(int known, List<Integer> asked, double[] truths, int runs) {
        int[] covered = new int[asked.size()];
        double[] widths = new double[asked.size()];
        double[] errors = new double[asked.size()];
        int last = 0;
        double lastWidth = 0;
        for (int run = 0; run < runs; run++) {
            StudiedFeatures part = all.select(drawn(known, new SplittableRandom(1000L * known + run)));
            List<LearnedSize> sizes = new CurveMeasurement(part, run).run((done, of) -> {});
            LearningCurve curve = curve(part, sizes, run);
            for (int i = 0; i < asked.size(); i++) {
                Interval at = curve.at(asked.get(i));
                covered[i] += at.contains(truths[i]) ? 1 : 0;
                widths[i] += at.width() / runs;
                errors[i] += Math.abs(at.value() - truths[i]) / runs;
            }
            // the last point held out: its measured value against the curve of all sizes at most half as large
            LearningCurve before = curve(part, sizes.subList(0, sizes.size() - 2), run);
            Interval held = before.at(sizes.getLast().images());
            last += held.contains(curve.points().getLast().score().value()) ? 1 : 0;
            lastWidth += held.width() / runs;
        }
        BenchReport.say("  %d images a class, from %d at half of them".formatted(known, known * 4 / 10));
        BenchReport.say(
                "    last point held out: covered %.2f, mean width %.3f".formatted((double) last / runs, lastWidth));
        for (int i = 0; i < asked.size(); i++) {
            BenchReport.minimum(
                    "  at %d a class: truth %.3f, mean error %.3f, mean width %.3f; covered"
                            .formatted(asked.get(i), truths[i], errors[i], widths[i]),
                    (double) covered[i] / runs,
                    COVERED,
                    "");
        }
    }

    private LearningCurve curve(StudiedFeatures part, List<LearnedSize> sizes, long seed) {
        return LearningCurve.of(part.targets().labels(), part.groups(), classes, sizes, ClassScore.accuracy(), seed);
    }

    /** The mean accuracy of heads that learned from so many images of each class, on all others. */
    private double truth(int perClass) {
        double sum = 0;
        for (int draw = 0; draw < TRUTHS; draw++) {
            int[] rows = drawn(perClass, new SplittableRandom(77L * perClass + draw));
            boolean[] learned = new boolean[labels.length];
            for (int row : rows) {
                learned[row] = true;
            }
            int[] others = IntStream.range(0, labels.length)
                    .filter(row -> !learned[row])
                    .toArray();
            StudiedFeatures part = all.select(rows);
            double c = OutOfFold.fit(
                            part.features(),
                            part.targets(),
                            StratifiedFolds.of(part.targets().labels(), FOLDS, draw))
                    .c();
            double[][] predicted = LogisticRegression.fit(
                            part.features(), part.targets(), LogisticSettings.DEFAULT.withC(c))
                    .probabilities(all.features().select(others));
            // classes weigh the same, as in the curve's mix
            double[] hits = new double[classes];
            double[] counts = new double[classes];
            for (int i = 0; i < others.length; i++) {
                counts[labels[others[i]]]++;
                hits[labels[others[i]]] += Softmax.argMax(predicted[i]) == labels[others[i]] ? 1 : 0;
            }
            for (int k = 0; k < classes; k++) {
                sum += hits[k] / counts[k] / classes / TRUTHS;
            }
        }
        return sum;
    }

    /** So many rows of each class, ascending. */
    private int[] drawn(int perClass, SplittableRandom random) {
        List<Integer> chosen = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(row -> labels[row] == label)
                    .toArray();
            for (int i = 0; i < perClass; i++) {
                int other = i + random.nextInt(rows.length - i);
                int kept = rows[i];
                rows[i] = rows[other];
                rows[other] = kept;
            }
            Arrays.stream(rows, 0, perClass).forEach(chosen::add);
        }
        return chosen.stream().sorted().mapToInt(Integer::intValue).toArray();
    }

    /** Hears nothing. */
    private record Silence() implements HeadTraining.HeadProgress {

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
