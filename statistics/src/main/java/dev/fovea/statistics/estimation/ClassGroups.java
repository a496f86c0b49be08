package dev.fovea.statistics.estimation;

import java.util.Arrays;
import java.util.Optional;

/**
 * Classes that have enough images each, and one group of all others, where these have enough together.
 *
 * @param count of the groups
 * @param groups {@code [K]} the group of each class
 */
record ClassGroups(int count, int[] groups) {

    /**
     * Groups of the classes of some images; empty where there are fewer than two, or half of the images are of classes
     * with few.
     *
     * @param truth {@code [n]} classes in [0, K)
     * @param classes K
     * @param fewest images of a group
     */
    static Optional<ClassGroups> of(int[] truth, int classes, int fewest) {
        int[] images = new int[classes];
        for (int label : truth) {
            images[label]++;
        }
        int[] groups = new int[classes];
        int count = 0;
        int others = 0;
        int smallest = -1;
        for (int label = 0; label < classes; label++) {
            if (images[label] >= fewest) {
                groups[label] = count++;
                smallest = smallest < 0 || images[label] < images[smallest] ? label : smallest;
            } else {
                groups[label] = -1;
                others += images[label];
            }
        }
        if (smallest < 0 || others > truth.length / 2) {
            return Optional.empty();
        }
        boolean together = others >= fewest;
        int rest = together ? count : groups[smallest];
        Arrays.setAll(groups, label -> groups[label] < 0 ? rest : groups[label]);
        int all = together ? count + 1 : count;
        return all < 2 ? Optional.empty() : Optional.of(new ClassGroups(all, groups));
    }

    /** The group of a class. */
    int of(int label) {
        return groups[label];
    }

    /**
     * The probability of each group for each prediction, {@code [N][count]} of sum 1; what the best classes leave is
     * shared out equally.
     *
     * @param probabilities {@code [N][r]} beside the labels
     */
    double[][] shares(ClassPredictions predictions, double[][] probabilities) {
        double[][] shares = new double[predictions.size()][count];
        for (int i = 0; i < shares.length; i++) {
            double sum = 0;
            for (int r = 0; r < probabilities[i].length; r++) {
                shares[i][groups[predictions.labels()[i][r]]] += probabilities[i][r];
                sum += probabilities[i][r];
            }
            for (int j = 0; j < count; j++) {
                shares[i][j] = sum > 1 ? shares[i][j] / sum : shares[i][j] + (1 - sum) / count;
            }
        }
        return shares;
    }
}
