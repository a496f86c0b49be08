package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.AlarmThreshold;
import dev.fovea.statistics.drift.Shifts;
import dev.fovea.statistics.drift.ShiryaevRoberts;
import dev.fovea.statistics.drift.TiedRank;
import dev.fovea.statistics.drift.VarianceRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** All tests of a version and their evidence. Not thread-safe. */
final class TestPanel {

    /** Quiet blocks that the spread of sums of scores is measured on. */
    private static final int REPLAYED = 2200;

    /** The spread of sums is measured on at least so many of them that do not overlap. */
    private static final int WINDOWS = 6;

    /** The variance of scores below which a number is as good as constant. */
    private static final double CONSTANT = 0.01;

    /** Weights of the newest block in the directions of tests of many coordinates. */
    private static final double[] SHARES = {0.3, 0.1};

    /** Upward and two-sided tests look for shifts of the same sizes. */
    private static final double OVERSHOOT = AlarmThreshold.overshoot(Shifts.TWO_SIDED, 1);

    private final List<DriftTest> tests;
    private final double[] weights;
    private final List<ShiryaevRoberts> evidence = new ArrayList<>();
    private List<QuietScores> quietScores = List.of();
    private List<double[]> shrink = List.of();

    /**
     * How a test scores quiet blocks. Blocks resemble those before, so that scores along a direction which was learned
     * from those tend upwards.
     */
    private record QuietScores(double mean, double deviation) {
        static QuietScores of(double[] scores) {
            double[] known =
                    Arrays.stream(scores).filter(score -> !Double.isNaN(score)).toArray();
            double mean = Math.max(0, Arrays.stream(known).average().orElse(0));
            double square = Arrays.stream(known)
                    .map(score -> (score - mean) * (score - mean))
                    .average()
                    .orElse(1);
            return new QuietScores(mean, Math.max(1, Math.sqrt(square)));
        }

        double standard(double score) {
            return (score - mean) / deviation;
        }
    }

    private TestPanel(List<DriftTest> tests, double[] weights) {
        this.tests = tests;
        this.weights = weights;
        tests.forEach(test -> evidence.add(new ShiryaevRoberts(test.shifts())));
    }

    /** @param known whether a coordinate has values in quiet traffic */
    static TestPanel of(List<Coordinate> coordinates, boolean[] known) {
        List<DriftTest> tests = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            int[] own = IntStream.range(0, coordinates.size())
                    .filter(j -> known[j] && coordinates.get(j).aspect() == aspect)
                    .toArray();
            if (aspect.single()) {
                for (int j : own) {
                    tests.add(new SingleTest(coordinates.get(j), j));
                }
            }
            if (aspect.together() && own.length > 1) {
                for (double share : SHARES) {
                    tests.add(new JointTest(aspect, own, share));
                }
            }
        }
        return new TestPanel(tests, weights(tests));
    }

    private static double[] weights(List<DriftTest> tests) {
        double total = tests.stream()
                .map(DriftTest::aspect)
                .distinct()
                .mapToDouble(Aspect::weight)
                .sum();
        return tests.stream()
                .mapToDouble(test -> test.aspect().weight()
                        / total
                        / tests.stream()
                                .filter(other -> other.aspect() == test.aspect())
                                .count())
                .toArray();
    }

    List<DriftTest> tests() {
        return tests;
    }

    double weight(int test) {
        return weights[test];
    }

    /** The evidence of all tests at which there is an alarm, in days. */
    double threshold(double daysPerFalseAlarm) {
        return AlarmThreshold.of(daysPerFalseAlarm, OVERSHOOT);
    }

    /** The weighted mean of the tests' evidence, in days. */
    double evidence() {
        return IntStream.range(0, weights.length).mapToDouble(this::share).sum();
    }

    /** What a test adds to the evidence of all, in days. */
    double share(int test) {
        return weights[test] * evidence.get(test).evidence();
    }

    /** Takes over a new fit. */
    void fit(QuietModel model, long now) {
        tests.forEach(test -> test.fit(model, now));
        double[][] replayed = replay(model);
        quietScores = IntStream.range(0, replayed.length)
                .mapToObj(t -> tests.get(t).isLearned() ? QuietScores.of(replayed[t]) : new QuietScores(0, 1))
                .toList();
        for (int t = 0; t < replayed.length; t++) {
            replayed[t] =
                    Arrays.stream(replayed[t]).map(quietScores.get(t)::standard).toArray();
        }
        shrink = shrink(replayed, model);
    }

    /** The scores of a block, one for each test, whose ranks become evidence; 0 where a test has none. */
    double[] score(double[] errors, double days) {
        double[] scores = new double[tests.size()];
        for (int t = 0; t < scores.length; t++) {
            TiedRank rank = tests.get(t).rank(errors);
            QuietScores quiet = quietScores.get(t);
            scores[t] = quiet.standard(rank.meanScore());
            double[] factors =
                    Arrays.stream(shrink.get(t)).map(k -> k / quiet.deviation()).toArray();
            evidence.get(t).add(rank, quiet.mean(), days, factors);
        }
        return scores;
    }

    /** Takes a block for quiet. */
    void addQuiet(double[] errors) {
        tests.forEach(test -> test.add(errors));
    }

    /** Forgets all evidence and what was learned of a change. */
    void forget() {
        evidence.forEach(ShiryaevRoberts::reset);
        tests.forEach(DriftTest::reset);
    }

    /** The scores of the last quiet blocks, as if they were new, {@code [tests][blocks]}. */
    private double[][] replay(QuietModel model) {
        int blocks = model.blocks().size();
        int from = Math.max(0, blocks - REPLAYED);
        double[][] replayed = new double[tests.size()][blocks - from];
        List<DriftTest> replay = tests.stream().map(DriftTest::fresh).toList();
        double[] errors = new double[model.fits().size()];
        for (int i = from; i < blocks; i++) {
            for (int j = 0; j < errors.length; j++) {
                errors[j] = model.fits().get(j).errors()[i];
            }
            for (int t = 0; t < replayed.length; t++) {
                replayed[t][i - from] = replay.get(t).rank(errors).meanScore();
            }
        }
        return replayed;
    }

    /**
     * What scores are multiplied by, for each test and shift: sums over as many blocks as the shift needs to be seen
     * then spread as those of independent scores, although days differ and blocks depend on each other. The spread is
     * that of the mean test of an aspect, or the test's own where that is larger than chance allows.
     */
    private List<double[]> shrink(double[][] replayed, QuietModel model) {
        int blocks = replayed[0].length;
        double[][] ratios = new double[tests.size()][];
        for (int t = 0; t < ratios.length; t++) {
            Shifts shifts = tests.get(t).shifts();
            ratios[t] = new double[shifts.count()];
            double own = tests.get(t).isLearned() ? 1 : VarianceRatio.of(replayed[t], 1); // less than 1 with ties
            for (int s = 0; s < ratios[t].length; s++) {
                ratios[t][s] =
                        own < CONSTANT ? Double.NaN : VarianceRatio.of(replayed[t], window(shifts, s, blocks)) / own;
            }
        }
        List<double[]> factors = new ArrayList<>();
        for (int t = 0; t < ratios.length; t++) {
            double[] factor = new double[ratios[t].length];
            for (int s = 0; s < factor.length; s++) {
                double chance = Math.sqrt(4.0 / 3 * window(tests.get(t).shifts(), s, blocks) / blocks);
                double known = Double.isNaN(ratios[t][s]) ? 1 : ratios[t][s];
                double ratio = Math.max(1, Math.max(pooled(ratios, t, s), known / (1 + chance)));
                double common = model.rhythmError(
                        tests.get(t).aspect(), tests.get(t).shifts().blocksToSee(s));
                double ofMean =
                        tests.get(t).isLearned() ? (double) window(tests.get(t).shifts(), s, blocks) / blocks : 0;
                factor[s] = 1 / Math.sqrt(ratio * (1 + ofMean) + common);
            }
            factors.add(factor);
        }
        return factors;
    }

    private double pooled(double[][] ratios, int test, int shift) {
        DriftTest own = tests.get(test);
        return IntStream.range(0, ratios.length)
                .filter(t ->
                        tests.get(t).aspect() == own.aspect() && tests.get(t).getClass() == own.getClass())
                .mapToDouble(t -> ratios[t][shift])
                .filter(ratio -> !Double.isNaN(ratio))
                .average()
                .orElse(1);
    }

    private static int window(Shifts shifts, int shift, int blocks) {
        return Math.min(shifts.blocksToSee(shift), Math.max(1, blocks / WINDOWS));
    }
}
