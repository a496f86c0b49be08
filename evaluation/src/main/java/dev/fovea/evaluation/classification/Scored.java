package dev.fovea.evaluation.classification;

import dev.fovea.statistics.Softmax;
import java.util.Arrays;

/**
 * An image with its truth and the network's prediction.
 *
 * @param truth index of its label
 * @param logits {@code [K]} before softmax and temperature; must not be modified
 * @param image its name
 */
public record Scored(int truth, double[] logits, String image) implements ImageOutcome {

    public Scored {
        logits = logits.clone();
    }

    /** The label with the highest logit, the first of several. */
    public int prediction() {
        return Softmax.argMax(logits);
    }

    /** Whether the prediction is correct. */
    public boolean right() {
        return prediction() == truth;
    }

    /** The probability of the prediction at a temperature. */
    public double confidence(double temperature) {
        return Softmax.of(logits, temperature)[prediction()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scored(int otherTruth, double[] otherLogits, String otherImage)
                && truth == otherTruth
                && Arrays.equals(logits, otherLogits)
                && image.equals(otherImage);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * truth + Arrays.hashCode(logits)) + image.hashCode();
    }

    @Override
    public String toString() {
        return "Scored[truth=%d, logits=%s, image=%s]".formatted(truth, Arrays.toString(logits), image);
    }
}
