package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderConfig;
import java.util.Set;

/**
 * The postprocessing that a graph implies.
 *
 * @param decoder the likeliest
 * @param family the family with such outputs, in words
 * @param open what the graph leaves open; a trial run may decide
 */
public record DecoderFinding(DecoderConfig decoder, String family, Set<Open> open) {

    /** A point that names and shapes leave open. */
    public enum Open {
        /** Whether boxes are in pixels or in shares of the input. */
        UNIT,
        /** Whether the first label has the class index 0 or 1. */
        FIRST_CLASS,
        /** Whether the output is of that family at all. */
        KIND
    }

    public DecoderFinding {
        open = Set.copyOf(open);
    }
}
