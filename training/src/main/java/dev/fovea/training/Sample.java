package dev.fovea.training;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One labelled image.
 *
 * @param image the file
 * @param label index into the labels
 * @param softLabel the probability of each class by its index, with the sum 1; empty for a hard label
 */
public record Sample(Path image, int label, Map<Integer, Double> softLabel) {

    private static final double ROUNDING = 1e-6;

    public Sample {
        softLabel = softLabel == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(softLabel));
        double sum = softLabel.values().stream().mapToDouble(each -> each).sum();
        boolean isNegative = softLabel.values().stream().anyMatch(each -> !(each >= 0));
        if (!softLabel.isEmpty() && (isNegative || !(Math.abs(sum - 1) <= ROUNDING))) {
            throw new IllegalArgumentException(
                    "the soft label %s of %s is no distribution: its sum is %s".formatted(softLabel, image, sum));
        }
    }

    /** An image with a hard label. */
    public Sample(Path image, int label) {
        this(image, label, Map.of());
    }

    /** Whether the label is a distribution over several classes. */
    public boolean hasSoftLabel() {
        return !softLabel.isEmpty();
    }

    /** The probability of each of so many classes: 1 at a hard label. */
    public double[] probabilities(int classes) {
        double[] probabilities = new double[classes];
        if (hasSoftLabel()) {
            softLabel.forEach((index, probability) -> probabilities[index] = probability);
        } else {
            probabilities[label] = 1;
        }
        return probabilities;
    }
}
