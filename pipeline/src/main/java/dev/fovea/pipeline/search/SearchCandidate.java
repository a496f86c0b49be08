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
 */
public record SearchCandidate(String backbone, String tensor, double share, int edge, CandidatePrecision precision) {

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

    SearchCandidate withPrecision(CandidatePrecision other) {
        return new SearchCandidate(backbone, tensor, share, edge, other);
    }

    /** For people, and different for different candidates of one search. */
    public String name() {
        return "%s%s, %d px, %s"
                .formatted(
                        backbone,
                        share >= WHOLE ? "" : String.format(Locale.ROOT, " cut at %.3g %%", PERCENT * share),
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
                Integer.toString(edge)));
    }
}
