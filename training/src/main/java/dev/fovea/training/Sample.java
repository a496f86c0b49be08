package dev.fovea.training;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One labelled image.
 *
 * @param image the file
 * @param label index into the labels
 * @param softLabel the probability of each class by its index, with the sum 1; empty for a hard label
 * @param taught what teachers predict, in the same form; empty without a teacher
 */
public record Sample(Path image, int label, Map<Integer, Double> softLabel, Map<Integer, Double> taught) {

    private static final double ROUNDING = 1e-6;

    public Sample {
        softLabel = distribution(softLabel, "soft label", image);
        taught = distribution(taught, "teachers' prediction", image);
    }

    private static Map<Integer, Double> distribution(@Nullable Map<Integer, Double> stated, String what, Path image) {
        Map<Integer, Double> sorted = stated == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(stated));
        double sum = sorted.values().stream().mapToDouble(each -> each).sum();
        boolean isNegative = sorted.values().stream().anyMatch(each -> !(each >= 0));
        if (!sorted.isEmpty() && (isNegative || !(Math.abs(sum - 1) <= ROUNDING))) {
            throw new IllegalArgumentException(
                    "the %s %s of %s is no distribution: its sum is %s".formatted(what, sorted, image, sum));
        }
        return sorted;
    }

    /** An image without a teacher. */
    public Sample(Path image, int label, Map<Integer, Double> softLabel) {
        this(image, label, softLabel, Map.of());
    }

    /** An image with a hard label. */
    public Sample(Path image, int label) {
        this(image, label, Map.of());
    }

    /** Whether the label is a distribution over several classes. */
    public boolean hasSoftLabel() {
        return !softLabel.isEmpty();
    }

    /** The same with what teachers predict. */
    public Sample withTaught(Map<Integer, Double> predicted) {
        return new Sample(image, label, softLabel, predicted);
    }

    /** What teachers predict for so many classes; empty without a teacher. */
    public Optional<double[]> taught(int classes) {
        if (taught.isEmpty()) {
            return Optional.empty();
        }
        double[] probabilities = new double[classes];
        taught.forEach((index, probability) -> probabilities[index] = probability);
        return Optional.of(probabilities);
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
