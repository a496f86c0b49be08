package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How a classifier favours rare classes, chosen among ways by predictions out of fold. A way counts where its macro-F1
 * is higher than without by more than the standard error of the difference, or its lowest recall of a class is while
 * its macro-F1 is not lower by more than that. Of those whose macro-F1 is within one standard error of the highest, the
 * one with the highest lowest recall is taken. Standard errors are of {@value #RESAMPLES} bootstrap resamples within
 * classes, the same for all ways. Pure.
 *
 * @param chosen the way
 * @param plain the fit without any
 * @param tried how many ways were compared with the plain fit
 */
public record BalanceChoice(BalancedWay chosen, BalancedWay plain, int tried) {

    private static final int RESAMPLES = 200;

    /** Each class predicts too seldom what is rare: strengths of the logit adjustment. */
    private static final double[] TAUS = {0, 0.25, 0.5, 0.75, 1};

    /**
     * One way: a fit, and the adjustment of its logits.
     *
     * @param balance how the fit counted rows
     * @param prior the adjustment
     * @param fit out of fold
     * @param predictions {@code [N]} with the adjustment
     * @param macroF1 of the predictions
     * @param worstRecall the lowest recall of a class
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    public record BalancedWay(
            ClassBalance balance,
            PriorCorrection prior,
            OutOfFold fit,
            int[] predictions,
            double macroF1,
            double worstRecall) {}

    /** A fit of all rows out of fold. */
    public interface BalancedFit {

        /** The predictions of the way of counting rows. */
        OutOfFold of(ClassBalance balance);
    }

    /**
     * Chooses.
     *
     * @param balances to try besides {@link ClassBalance#NONE}
     * @param targets {@code [N,K]} without weights of classes
     * @param fits out of fold, one for each way of counting rows
     * @param seed of resamples and of rows that are left out
     */
    public static BalanceChoice of(List<ClassBalance> balances, ClassTargets targets, BalancedFit fits, long seed) {
        int[] truths = targets.labels();
        List<BalancedWay> ways = new ArrayList<>(ways(ClassBalance.NONE, targets, fits, seed));
        for (ClassBalance balance : balances) {
            if (balance != ClassBalance.NONE) {
                ways.addAll(ways(balance, targets, fits, seed));
            }
        }
        Resampled resampled = new Resampled(truths, targets.classes(), ways, seed);
        int best = 0;
        List<Integer> admitted = new ArrayList<>();
        for (int way = 1; way < ways.size(); way++) {
            if (isGain(ways, resampled, way)) {
                admitted.add(way);
                best = best == 0 || ways.get(way).macroF1() > ways.get(best).macroF1() ? way : best;
            }
        }
        int highest = best;
        int chosen = admitted.stream()
                .filter(way -> way == highest
                        || ways.get(highest).macroF1() - ways.get(way).macroF1()
                                <= resampled.macroF1Error(highest, way))
                .max(Comparator.comparingDouble((Integer way) -> ways.get(way).worstRecall())
                        .thenComparingDouble(way -> ways.get(way).macroF1())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(0);
        return new BalanceChoice(ways.get(chosen), ways.getFirst(), ways.size() - 1);
    }

    /** The fit without anything for rare classes. */
    public static BalanceChoice plain(ClassTargets targets, OutOfFold fit) {
        BalancedWay plain = way(ClassBalance.NONE, PriorCorrection.NONE, fit, targets, targets);
        return new BalanceChoice(plain, plain, 0);
    }

    private static boolean isGain(List<BalancedWay> ways, Resampled resampled, int way) {
        double gain = ways.get(way).macroF1() - ways.getFirst().macroF1();
        double worst = ways.get(way).worstRecall() - ways.getFirst().worstRecall();
        double error = resampled.macroF1Error(way, 0);
        return gain > error || (worst > resampled.worstError(way, 0) && gain > -error);
    }

    /** A fit that counts all classes the same has nothing to adjust. */
    private static List<BalancedWay> ways(ClassBalance balance, ClassTargets targets, BalancedFit fits, long seed) {
        OutOfFold fit = fits.of(balance);
        ClassTargets counted = balance.of(targets, seed);
        List<BalancedWay> ways = new ArrayList<>();
        for (double tau : TAUS) {
            boolean adjusts = balance != ClassBalance.WEIGHTS && balance != ClassBalance.UNDERSAMPLED;
            if (tau == 0 || adjusts) {
                ways.add(way(balance, new PriorCorrection(tau), fit, targets, counted));
            }
        }
        return ways;
    }

    private static BalancedWay way(
            ClassBalance balance, PriorCorrection prior, OutOfFold fit, ClassTargets targets, ClassTargets counted) {
        Require.that(
                fit.probabilities().length == targets.rows(),
                "%d rows but %d targets.",
                fit.probabilities().length,
                targets.rows());
        int[] predictions = prior.predictions(fit.probabilities(), counted);
        ClassCounts counts = new ClassCounts(targets.classes());
        int[] truths = targets.labels();
        for (int i = 0; i < truths.length; i++) {
            counts.add(truths[i], predictions[i]);
        }
        return new BalancedWay(balance, prior, fit, predictions, counts.macroF1(), counts.worstRecall());
    }

    /** Macro-F1 and lowest recall of each way in each resample. */
    private static final class Resampled {

        private final double[][] macroF1;
        private final double[][] worst;

        Resampled(int[] truths, int classes, List<BalancedWay> ways, long seed) {
            this.macroF1 = new double[ways.size()][RESAMPLES];
            this.worst = new double[ways.size()][RESAMPLES];
            int[][] rows = rowsOf(truths, classes);
            SplittableRandom random = new SplittableRandom(seed);
            int[] drawn = new int[truths.length];
            for (int resample = 0; resample < RESAMPLES; resample++) {
                int next = 0;
                for (int[] own : rows) {
                    for (int i = 0; i < own.length; i++) {
                        drawn[next++] = own[random.nextInt(own.length)];
                    }
                }
                for (int way = 0; way < ways.size(); way++) {
                    ClassCounts counts = new ClassCounts(classes);
                    int[] predictions = ways.get(way).predictions();
                    for (int row : drawn) {
                        counts.add(truths[row], predictions[row]);
                    }
                    macroF1[way][resample] = counts.macroF1();
                    worst[way][resample] = counts.worstRecall();
                }
            }
        }

        private static int[][] rowsOf(int[] truths, int classes) {
            long[] counts = ClassBalance.counts(truths, classes);
            int[][] rows = new int[classes][];
            int[] filled = new int[classes];
            for (int k = 0; k < classes; k++) {
                rows[k] = new int[(int) counts[k]];
            }
            for (int i = 0; i < truths.length; i++) {
                rows[truths[i]][filled[truths[i]]++] = i;
            }
            return rows;
        }

        double macroF1Error(int way, int other) {
            return error(macroF1[way], macroF1[other]);
        }

        double worstError(int way, int other) {
            return error(worst[way], worst[other]);
        }

        /** The standard deviation of the difference over the resamples. */
        private static double error(double[] first, double[] second) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < first.length; i++) {
                double difference = first[i] - second[i];
                sum += difference;
                squares += difference * difference;
            }
            double mean = sum / first.length;
            return Math.sqrt(Math.max(0, squares / first.length - mean * mean));
        }
    }

    /** Truths and predictions of each class, counted; as {@code ConfusionMatrix}, in an array that is filled anew. */
    private static final class ClassCounts {

        private final int[] images;
        private final int[] predicted;
        private final int[] right;

        ClassCounts(int classes) {
            this.images = new int[classes];
            this.predicted = new int[classes];
            this.right = new int[classes];
        }

        void add(int truth, int prediction) {
            images[truth]++;
            predicted[prediction]++;
            right[truth] += truth == prediction ? 1 : 0;
        }

        double macroF1() {
            double sum = 0;
            int shown = 0;
            for (int k = 0; k < images.length; k++) {
                if (images[k] > 0) {
                    sum += 2.0 * right[k] / (images[k] + predicted[k]);
                    shown++;
                }
            }
            return sum / shown;
        }

        double worstRecall() {
            double worst = 1;
            for (int k = 0; k < images.length; k++) {
                worst = images[k] > 0 ? Math.min(worst, (double) right[k] / images[k]) : worst;
            }
            return worst;
        }
    }
}
