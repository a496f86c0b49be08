package dev.fovea.evaluation.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Average precision of a ranking: the mean of the precision at each relevant item, {@code Σ (Rₙ − Rₙ₋₁) Pₙ} over the
 * distinct scores. A ranking at random has the share of relevant items. Source: {@code average_precision_score} of
 * scikit-learn. Pure.
 */
final class RankedPrecision {

    private RankedPrecision() {}

    /** Items in descending order of their scores. */
    static int[] order(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Computes it, 0 to 1; NaN when no item is relevant.
     *
     * @param order {@code [N]} as returned by {@link #order}
     * @param scores {@code [N]}
     * @param relevant {@code [N]}
     * @param weights {@code [N]}, weight of each item; not negative
     */
    static double of(int[] order, double[] scores, boolean[] relevant, int[] weights) {
        long all = 0;
        for (int i = 0; i < relevant.length; i++) {
            all += relevant[i] ? weights[i] : 0;
        }
        double sum = 0;
        long hits = 0;
        long before = 0;
        long seen = 0;
        for (int rank = 0; rank < order.length; rank++) {
            int item = order[rank];
            seen += weights[item];
            hits += relevant[item] ? weights[item] : 0;
            boolean isLast = rank == order.length - 1 || scores[order[rank + 1]] != scores[item];
            if (isLast && seen > 0) {
                sum += (double) (hits - before) / all * hits / seen;
                before = hits;
            }
        }
        return all == 0 ? Double.NaN : sum;
    }
}
