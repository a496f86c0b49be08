package dev.fovea.pipeline.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network that a search considers.
 *
 * @param backbone name of the network with learned weights
 * @param tensor where it is cut off
 * @param share part of the backbone's learned numbers that are left, 0 to 1
 * @param edge of the square that images are stretched to, in pixels
 * @param precision of its arithmetic
 * @param fit which of its numbers were learned from the images
 */
public record SearchCandidate(
        String backbone, String tensor, double share, int edge, CandidatePrecision precision, CandidateFit fit) {

    private static final double WHOLE = 1;
    private static final double PERCENT = 100;

    /** The arithmetic of a candidate. */
    public enum CandidatePrecision {
        FP32,
        INT8;

        /** As it is written in JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was learned from the images. */
    public enum CandidateFit {
        /** A head on features. */
        HEAD,
        /** All weights of a network that had learned ones. */
        NETWORK,
        /** All weights of a new network. */
        SCRATCH;

        /** As it is written in JSON and in the lineage. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String words() {
            return switch (this) {
                case HEAD -> "";
                case NETWORK -> ", all weights learned";
                case SCRATCH -> ", learned from scratch";
            };
        }
    }

    SearchCandidate withPrecision(CandidatePrecision other) {
        return new SearchCandidate(backbone, tensor, share, edge, other, fit);
    }

    /** For people, and different for different candidates of one search. */
    public String name() {
        return "%s%s%s, %d px, %s"
                .formatted(
                        backbone,
                        share >= WHOLE ? "" : String.format(Locale.ROOT, " cut at %.3g %%", PERCENT * share),
                        fit.words(),
                        edge,
                        precision);
    }

    /** For the lineage. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "backbone",
                backbone,
                "cut",
                tensor,
                "cut_share",
                String.format(Locale.ROOT, "%.4f", share),
                "edge",
                Integer.toString(edge),
                "fit",
                fit.word()));
    }
}
