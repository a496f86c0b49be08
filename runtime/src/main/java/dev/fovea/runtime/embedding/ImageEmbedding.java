package dev.fovea.runtime.embedding;

import dev.fovea.fault.FoveaException;

/** What became of one image: one that cannot be read does not stop the others. */
public sealed interface ImageEmbedding {

    /**
     * Its embedding.
     *
     * @param values {@code [D]}, finite; the caller owns them
     */
    @SuppressWarnings("ArrayRecordComponent") // large, passed on, not compared
    record Vector(float[] values) implements ImageEmbedding {

        /** The same direction with Euclidean length 1; zeros stay zeros. */
        public Vector normalized() {
            double sum = 0;
            for (float value : values) {
                sum += (double) value * value;
            }
            double length = Math.sqrt(sum);
            float[] scaled = new float[values.length];
            for (int d = 0; d < scaled.length; d++) {
                scaled[d] = length > 0 ? (float) (values[d] / length) : 0;
            }
            return new Vector(scaled);
        }
    }

    /** Why there is none: the errors of {@link dev.fovea.imaging.Decoder} and {@code INFERENCE_FAILED}. */
    record NotEmbedded(FoveaException error) implements ImageEmbedding {}
}
