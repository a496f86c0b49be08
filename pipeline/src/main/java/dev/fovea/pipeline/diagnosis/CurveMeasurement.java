package dev.fovea.pipeline.diagnosis;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.learning.LearnedSize;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Heads that learned from growing parts of the images, each judged on images that it did not learn from. A size is a
 * share of each class, so that the mix of classes stays. At each size the penalty is chosen by cross-validation within
 * as many images. The same images and seed give the same predictions.
 */
public final class CurveMeasurement {

    private static final int FOLDS = 5;

    /** Each size has this part of the images of the one above it. */
    private static final double STEP = Math.sqrt(0.5);

    private static final int MAX_SIZES = 8;
    private static final double MIN_IMAGES = 3;
    private static final int REPEATS = 4;

    /** A size of more images than this is repeated less often: its mean varies little. */
    private static final int MANY = 1500;

    private final StudiedFeatures studied;
    private final int[] labels;
    private final long seed;

    /**
     * A measurement.
     *
     * @param seed of folds and draws
     */
    public CurveMeasurement(StudiedFeatures studied, long seed) {
        this.studied = studied;
        this.labels = studied.targets().labels();
        this.seed = seed;
    }

    /** Hears which size is measured. */
    public interface SizeProgress {
        void at(int done, int of);
    }

    /** Predictions by size, ascending; fewer than three sizes where there are too few images. */
    public List<LearnedSize> run(SizeProgress progress) {
        List<Double> shares = shares();
        List<LearnedSize> sizes = new ArrayList<>();
        for (double share : shares) {
            if (Thread.currentThread().isInterrupted()) {
                throw new FoveaException(ErrorCode.CANCELLED, "The diagnosis was cancelled.");
            }
            progress.at(sizes.size(), shares.size());
            sizes.add(measured(share));
        }
        return sizes;
    }

    private List<Double> shares() {
        double largest =
                (FOLDS - 1.0) / FOLDS * labels.length / studied.targets().classes();
        List<Double> shares = new ArrayList<>();
        for (double share = 1; shares.size() < MAX_SIZES && share * largest >= MIN_IMAGES; share *= STEP) {
            shares.addFirst(share);
        }
        return shares;
    }

    private LearnedSize measured(double share) {
        int repeats = share * labels.length > MANY ? 1 : REPEATS;
        double c = penalty(share);
        int[][] predictions = new int[repeats][];
        long learned = 0;
        int fits = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            StratifiedFolds folds = folds(labels, studied.groups(), seed + repeat);
            int[] of = new int[labels.length];
            List<int[]> drawn = new ArrayList<>();
            for (int fold = 0; fold < folds.folds(); fold++) {
                drawn.add(part(folds.outside(fold), share, seed + 31L * repeat + fold));
                learned += drawn.getLast().length;
                fits++;
            }
            IntStream.range(0, folds.folds()).parallel().forEach(fold -> {
                int[] rows = folds.inside(fold);
                int[] predicted = predict(drawn.get(fold), rows, c);
                for (int i = 0; i < rows.length; i++) {
                    of[rows[i]] = predicted[i];
                }
            });
            predictions[repeat] = of;
        }
        return new LearnedSize((double) learned / fits / studied.targets().classes(), predictions);
    }

    private int[] predict(int[] learned, int[] rows, double c) {
        FeatureMatrix features = studied.features();
        ClassTargets targets = studied.targets();
        double[][] probabilities = LogisticRegression.fit(
                        features.select(learned), targets.select(learned), LogisticSettings.DEFAULT.withC(c))
                .probabilities(features.select(rows));
        return Arrays.stream(probabilities).mapToInt(Softmax::argMax).toArray();
    }

    /** The penalty that cross-validation chooses with as many images as each fold of this share learns from. */
    private double penalty(double share) {
        int[] rows = part(IntStream.range(0, labels.length).toArray(), share, seed);
        StudiedFeatures some = studied.select(rows);
        return OutOfFold.fit(
                        some.features(), some.targets(), folds(some.targets().labels(), some.groups(), seed))
                .c();
    }

    private static StratifiedFolds folds(int[] labels, int[] groups, long seed) {
        long different = Arrays.stream(groups).distinct().count();
        return StratifiedFolds.of(labels, groups, (int) Math.min(FOLDS, different), seed);
    }

    /** A share of each class's rows, one at least, ascending. */
    private int[] part(int[] rows, double share, long drawn) {
        if (share == 1) {
            return rows;
        }
        Map<Integer, List<Integer>> byClass = new HashMap<>();
        for (int row : rows) {
            byClass.computeIfAbsent(labels[row], _ -> new ArrayList<>()).add(row);
        }
        SplittableRandom random = new SplittableRandom(drawn);
        List<Integer> chosen = new ArrayList<>();
        byClass.keySet().stream().sorted().forEach(label -> {
            List<Integer> all = byClass.getOrDefault(label, List.of());
            double wanted = share * all.size();
            // the fraction by chance, so that rare classes keep their share on average
            int count = (int) wanted + (random.nextDouble() < wanted - (int) wanted ? 1 : 0);
            chosen.addAll(drawn(all, Math.max(1, count), random));
        });
        return chosen.stream().sorted().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> drawn(List<Integer> rows, int count, SplittableRandom random) {
        List<Integer> left = new ArrayList<>(rows);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(left.size() - i);
            Integer kept = left.get(i);
            left.set(i, left.get(other));
            left.set(other, kept);
        }
        return left.subList(0, count);
    }
}
