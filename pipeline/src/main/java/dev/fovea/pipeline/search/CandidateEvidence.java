package dev.fovea.pipeline.search;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.Locale;

/**
 * How a candidate predicted images that it was not fitted to.
 *
 * @param method how these images came about
 * @param confusion predictions against labels
 */
public record CandidateEvidence(EvidenceMethod method, ConfusionMatrix confusion) {

    /** How images that a candidate was not fitted to came about. */
    public enum EvidenceMethod {
        /** Cross-validation of a sample of the images to learn from. */
        SAMPLE,
        /** Cross-validation of all of them. */
        CROSS_VALIDATION,
        /** A part of them was held back. */
        HELD_BACK;

        /** For people. */
        public String words() {
            return switch (this) {
                case SAMPLE -> "cross-validation of a sample";
                case CROSS_VALIDATION -> "cross-validation";
                case HELD_BACK -> "images held back";
            };
        }

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many images were predicted. */
    public long images() {
        return confusion.total();
    }
}
