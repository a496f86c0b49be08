package dev.fovea.runtime;

import dev.fovea.imaging.quality.InputMeasures;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was observed of an image besides the prediction, to compare traffic with held-out images. Numbers only: neither
 * the image nor its hash can be had from it.
 *
 * @param measures of the pixels and the file; empty where nothing was measured, as for tensors
 * @param embedding projection of the network's embedding, which the bundle defines, of at most {@value #MAX_DIMENSIONS}
 *     numbers; none where the model has no such output. Not changed by anyone
 */
public record ImageObservation(Optional<InputMeasures> measures, float[] embedding) {

    /** The most dimensions of a projected embedding. */
    public static final int MAX_DIMENSIONS = 32;

    /** Nothing was observed. */
    public static final ImageObservation NONE = new ImageObservation(Optional.empty(), new float[0]);

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageObservation(Optional<InputMeasures> otherMeasures, float[] otherEmbedding)
                && measures.equals(otherMeasures)
                && Arrays.equals(embedding, otherEmbedding);
    }

    @Override
    public int hashCode() {
        return 31 * measures.hashCode() + Arrays.hashCode(embedding);
    }

    @Override
    public String toString() {
        return "ImageObservation[%s, %s]".formatted(measures, Arrays.toString(embedding));
    }
}
