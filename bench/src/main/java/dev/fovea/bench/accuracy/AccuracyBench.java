package dev.fovea.bench.accuracy;

import dev.fovea.bench.BenchReport;
import dev.fovea.model.decoder.Activation;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.statistics.estimation.ConfidenceSequence;
import dev.fovea.statistics.estimation.DesignWeights;
import dev.fovea.statistics.estimation.LabelPlan;
import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.statistics.estimation.MeanEstimate;
import dev.fovea.statistics.estimation.ShiftCheck;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code bench/run accuracy [RUNS]}: intervals of accuracy without labels and with few, on CIFAR-10's test images,
 * flowers and steel, whose labels are known. Each run draws a reference and live images anew.
 */
final class AccuracyBench {

    private static final int REFERENCE = 1_000;
    private static final int LIVE = 1_500;
    private static final int LOGGED = 5_000;
    private static final int[] LOOKS = {50, 75, 100, 150, 200};
    private static final int TRUST_RUNS = 20;
    private static final double BROKEN = 0.03;

    private final int runs;

    private AccuracyBench(int runs) {
        this.runs = runs;
    }

    /** {@code [RUNS]}, 300 by default. */
    public static void main(String[] arguments) throws Exception {
        BenchReport.machine();
        AccuracyBench bench = new AccuracyBench(arguments.length == 0 ? 300 : Integer.parseInt(arguments[0]));
        List<JudgedModel> models = new ArrayList<>();
        JudgedModel.of(
                        "resnet4b",
                        "cifar10-resnet4b-batch1.onnx",
                        "\"scale\": 0.00392156862745098, \"mean\": [0.4914, 0.4822, 0.4465], \"std\": [0.2471, 0.2435, 0.2616]",
                        Activation.SOFTMAX)
                .ifPresent(models::add);
        JudgedModel.of(
                        "cnn",
                        "cifar10-cnn-dynamic-batch.onnx",
                        "\"scale\": 1, \"mean\": [127.5, 127.5, 127.5], \"std\": [127.5, 127.5, 127.5]",
                        Activation.SOFTMAX)
                .ifPresent(models::add);
        EmbeddedModel.flowers().ifPresent(models::add);
        EmbeddedModel.steel().ifPresent(models::add);
        for (JudgedModel model : models) {
            BenchReport.say("%n%s, right on %.1f %%"
                    .formatted(model.name(), model.unchanged().accuracy() * 100));
            bench.coverage(model);
            if (model.sets().size() > 1) {
                bench.trust(model);
            }
            bench.labels(model);
        }
        BenchReport.machine();
    }

    private void coverage(JudgedModel model) {
        JudgedSet pool = model.unchanged();
        int falsely = 0;
        List<LiveMix> mixes =
                Arrays.stream(LiveMix.values()).filter(mix -> mix.fits(pool)).toList();
        for (LiveMix mix : mixes) {
            int covered = 0;
            int distrusted = 0;
            double width = 0;
            double error = 0;
            for (int run = 0; run < runs; run++) {
                SplittableRandom random = new SplittableRandom(run);
                JudgedSet reference = pool.select(LiveMix.SAME.draw(pool, REFERENCE, random));
                JudgedSet live = pool.select(mix.draw(pool, LIVE, random));
                ClassGuesses guesses = new ClassGuesses(reference.predictions(), reference.truth());
                UnlabelledAccuracy estimate = UnlabelledAccuracy.of(guesses, live.predictions());
                Interval interval = estimate.accuracy().interval();
                covered += interval.contains(live.accuracy()) ? 1 : 0;
                width += interval.width() / runs;
                error += (interval.value() - live.accuracy()) / runs;
                if (run < TRUST_RUNS) {
                    distrusted += distrusts(reference, live, guesses, estimate) ? 1 : 0;
                }
            }
            falsely += distrusted;
            BenchReport.say(
                    "  without labels, %-28s coverage of 95 %% intervals %.3f, mean width %.3f, bias %+.3f; said not to be trusted %d of %d"
                            .formatted(mix, covered / (double) runs, width, error, distrusted, TRUST_RUNS));
        }
        BenchReport.say("  good cases said not to be trusted: %d of %d".formatted(falsely, TRUST_RUNS * mixes.size()));
    }

    private void trust(JudgedModel model) {
        JudgedSet pool = model.unchanged();
        int broken = 0;
        int said = 0;
        for (Map.Entry<CameraChange, JudgedSet> changed : model.sets().entrySet()) {
            if (changed.getKey() == CameraChange.NONE) {
                continue;
            }
            int distrusted = 0;
            double error = 0;
            for (int run = 0; run < TRUST_RUNS; run++) {
                SplittableRandom random = new SplittableRandom(run);
                JudgedSet reference = pool.select(LiveMix.SAME.draw(pool, REFERENCE, random));
                JudgedSet live = changed.getValue().select(LiveMix.SAME.draw(pool, LIVE, random));
                ClassGuesses guesses = new ClassGuesses(reference.predictions(), reference.truth());
                UnlabelledAccuracy estimate = UnlabelledAccuracy.of(guesses, live.predictions());
                error += (estimate.accuracy().value() - live.accuracy()) / TRUST_RUNS;
                distrusted += distrusts(reference, live, guesses, estimate) ? 1 : 0;
            }
            boolean isBroken = Math.abs(error) > BROKEN;
            broken += isBroken ? TRUST_RUNS : 0;
            said += isBroken ? distrusted : 0;
            BenchReport.say("  %-22s estimate off by %+.3f%s; distrusted %d of %d"
                    .formatted(changed.getKey(), error, isBroken ? " (broken)" : "", distrusted, TRUST_RUNS));
        }
        BenchReport.minimum("  broken cases said not to be trusted", said / (double) Math.max(1, broken), 0.9, "");
    }

    private static boolean distrusts(
            JudgedSet reference, JudgedSet live, ClassGuesses guesses, UnlabelledAccuracy estimate) {
        int[] sample = UnlabelledAccuracy.sample(DesignWeights.ones(live.size()));
        JudgedSet sampled = live.select(sample);
        return ShiftCheck.of(estimate, guesses, sampled.predictions(), reference.features(), sampled.features())
                .isBroken();
    }

    private void labels(JudgedModel model) {
        JudgedSet pool = model.unchanged();
        Looks random = new Looks("random labels");
        Looks planned = new Looks("planned labels");
        for (int run = 0; run < runs; run++) {
            SplittableRandom source = new SplittableRandom(run);
            JudgedSet reference = pool.select(LiveMix.SAME.draw(pool, REFERENCE, source));
            JudgedSet live = pool.select(LiveMix.SAME.draw(pool, LOGGED, source));
            double[] guesses = ClassGuesses.right(
                    new ClassGuesses(reference.predictions(), reference.truth()).of(live.predictions()));
            double[] outcomes = live.outcomes();
            int[] order = source.ints(0, LOGGED).distinct().limit(1_000).toArray();
            LabelPlan plan = LabelPlan.of(
                    LabelPlan.probabilities(guesses, DesignWeights.ones(LOGGED)), 1_000, source.nextLong());
            double[] probabilities = plan.drawProbabilities();
            random.add(
                    live.accuracy(),
                    terms -> new LabelledSample.SimpleRandom(Arrays.copyOf(order, terms)),
                    guesses,
                    outcomes);
            planned.add(
                    live.accuracy(),
                    terms -> new LabelledSample.Draws(
                            Arrays.copyOf(probabilities, terms), Arrays.copyOf(plan.drawn(), terms)),
                    guesses,
                    outcomes);
            random.alone(order, outcomes);
            planned.alone(order, outcomes);
        }
        random.report(runs);
        planned.report(runs);
    }

    private static MeanEstimate mean(LabelledSample sample, double[] guesses, double[] outcomes) {
        return sample.mean(
                guesses,
                DesignWeights.ones(guesses.length),
                Arrays.stream(sample.rows()).mapToDouble(row -> outcomes[row]).toArray());
    }

    private interface Sampling {
        LabelledSample with(int terms);
    }

    /** Coverage and width at some numbers of labels, and of the sequence at all numbers. */
    private static final class Looks {

        private final String name;
        private final int[] covered = new int[LOOKS.length];
        private final double[] width = new double[LOOKS.length];
        private final double[] alone = new double[LOOKS.length];
        private int always;

        Looks(String name) {
            this.name = name;
        }

        void add(double truth, Sampling sampling, double[] guesses, double[] outcomes) {
            ConfidenceSequence sequence = new ConfidenceSequence(100, Interval.DEFAULT_LEVEL);
            boolean holds = true;
            for (int terms = ConfidenceSequence.FIRST; terms <= 1_000; terms += terms < 200 ? 5 : 50) {
                LabelledSample sample = sampling.with(terms);
                MeanEstimate estimate = mean(sample, guesses, outcomes);
                double expected = sample.expectedVariance(guesses, DesignWeights.ones(guesses.length));
                holds &= sequence.interval(estimate, expected).contains(truth);
                int look = Arrays.binarySearch(LOOKS, terms);
                if (look >= 0) {
                    covered[look] += estimate.interval().contains(truth) ? 1 : 0;
                    width[look] += estimate.interval().width();
                }
            }
            always += holds ? 1 : 0;
        }

        void alone(int[] order, double[] outcomes) {
            for (int look = 0; look < LOOKS.length; look++) {
                int right = 0;
                for (int i = 0; i < LOOKS[look]; i++) {
                    right += (int) outcomes[order[i]];
                }
                alone[look] += WilsonInterval.of(right, LOOKS[look]).width();
            }
        }

        void report(int runs) {
            for (int look = 0; look < LOOKS.length; look++) {
                BenchReport.say("  %s, %d of %,d: coverage %.3f, mean width %.3f, %.2f × that of labels alone"
                        .formatted(
                                name,
                                LOOKS[look],
                                LOGGED,
                                covered[look] / (double) runs,
                                width[look] / runs,
                                width[look] / alone[look]));
            }
            BenchReport.say("  %s, at every look from %d to 1,000 labels: the sequence holds in %.3f of the runs"
                    .formatted(name, ConfidenceSequence.FIRST, always / (double) runs));
        }
    }
}
