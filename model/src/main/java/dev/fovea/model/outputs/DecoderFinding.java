package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderConfig;
import java.util.Set;

/**
 * What a graph tells of its postprocessing.
 *
 * @param decoder the likeliest
 * @param family whose outputs they look like, in words
 * @param open what the graph does not tell; running it may
 */
public record DecoderFinding(DecoderConfig decoder, String family, Set<Open> open) {

    /** A point that names and shapes leave open. */
    public enum Open {
        /** Whether boxes are in pixels or in shares of the input. */
        UNIT,
        /** Whether the first label has the class index 0 or 1. */
        FIRST_CLASS,
        /** Whether the output is what it looks like at all. */
        KIND
    }

    public DecoderFinding {
        open = Set.copyOf(open);
    }
}
