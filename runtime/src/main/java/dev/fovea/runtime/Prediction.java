package dev.fovea.runtime;

import dev.fovea.imaging.PictureHeader;
import java.util.List;

/**
 * A classifier's answer.
 *
 * @param ranked all labels with calibrated confidence, best first
 * @param logits the network's output in label order (log-probabilities where the graph ends in a softmax)
 * @param picture what was answered about
 * @param timings where the time went
 */
public record Prediction(List<Ranked> ranked, List<Float> logits, PictureHeader picture, Timings timings) {

    /** A label and the probability given to it. */
    public record Ranked(String label, double confidence) {}

    public Prediction {
        ranked = List.copyOf(ranked);
        logits = List.copyOf(logits);
    }

    /** The best label. */
    public Ranked best() {
        return ranked.getFirst();
    }
}
