package dev.fovea.statistics.learning;

import dev.fovea.statistics.Require;

/**
 * The accuracy that no classifier on some features exceeds, from the error R of the nearest neighbour: the least
 * possible error R* satisfies {@code R* ≥ (K-1)/K · (1 - √(1 - K/(K-1) · R))}. Source: T. Cover and P. Hart, "Nearest
 * neighbor pattern classification", IEEE Transactions on Information Theory 13 (1967) 21–27, inverted as in C. Renggli
 * et al., "Ease.ML/Snoopy: towards automatic feasibility studies for ML via quantitative understanding of data quality
 * for ML", VLDB 2023. It holds for R of endless images; with few R is larger, so that the bound is too low.
 */
public final class NearestNeighborBound {

    private NearestNeighborBound() {}

    /**
     * The bound.
     *
     * @param agreement share of the images whose nearest neighbour has the same label, 0 to 1
     * @param classes K, at least 2
     */
    public static double accuracy(double agreement, int classes) {
        Require.that(agreement >= 0 && agreement <= 1, "The agreement %s is not from 0 to 1.", agreement);
        Require.that(classes >= 2, "%d classes; there must be two at least.", classes);
        double most = (classes - 1.0) / classes;
        double error = Math.min(most, 1 - agreement);
        return 1 - most * (1 - Math.sqrt(Math.max(0, 1 - error / most)));
    }
}
