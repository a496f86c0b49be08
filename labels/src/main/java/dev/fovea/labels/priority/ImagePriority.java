package dev.fovea.labels.priority;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why an image comes next.
 *
 * @param image its id
 * @param priority uncertainty × (1 + ln seen) × novelty²
 * @param uncertainty of the model, in [0, 1]; 1 where there is no model
 * @param novelty distance to the nearest image that is labelled or comes before it, between directions of embeddings,
 *     in [0, 2]; 1 for the first image of all
 * @param seen how often it came in
 * @param predicted whether a model made the uncertainty
 */
public record ImagePriority(
        String image, double priority, double uncertainty, double novelty, long seen, boolean predicted) {

    /** A cosine of less than 0.875 to the nearest. */
    private static final double UNLIKE = 0.5;

    /** In words, as {@code unsure 0.81, unlike what is labelled (0.62), seen 14 times}. */
    public String reason() {
        List<String> reasons = new ArrayList<>();
        if (predicted) {
            reasons.add(String.format(Locale.ROOT, "unsure %.2f", uncertainty));
        }
        reasons.add(String.format(
                Locale.ROOT, novelty >= UNLIKE ? "unlike what is labelled (%.2f)" : "novelty %.2f", novelty));
        if (seen > 1) {
            reasons.add("seen %d times".formatted(seen));
        }
        return String.join(", ", reasons);
    }
}
