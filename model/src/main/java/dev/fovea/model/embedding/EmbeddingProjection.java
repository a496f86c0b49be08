package dev.fovea.model.embedding;

import dev.fovea.model.graph.EmbeddingTensor;

/**
 * How the embedding of an image becomes a few numbers: the mean over all places of a value of the graph, times a
 * matrix, plus an offset.
 *
 * @param tensor the value of the graph
 * @param axes number of the value's axes, with the batch
 * @param features D, the length of the mean
 * @param kind how the matrix came about
 * @param weights {@code [D, d]}, row by row; none for {@link ProjectionKind#POOLED}
 * @param offset {@code [d]}; none for {@link ProjectionKind#POOLED}
 */
public record EmbeddingProjection(
        EmbeddingTensor tensor, int axes, int features, ProjectionKind kind, float[] weights, float[] offset) {

    /** The file of a bundle that holds it. */
    public static final String FILE = "projection.bin";

    /** d at most. */
    public static final int MAX_DIMENSIONS = 32;

    /** How a matrix came about. */
    public enum ProjectionKind {
        /** There is none: the embedding itself, to make a projection from. */
        POOLED,
        /** The principal components of the embeddings of held-out images, each divided by its standard deviation. */
        PRINCIPAL_COMPONENTS,
        /** Drawn from the normal distribution with a fixed seed. */
        RANDOM
    }

    public EmbeddingProjection {
        boolean pooled = kind == ProjectionKind.POOLED;
        if (axes < 2
                || features < 1
                || weights.length != features * offset.length
                || pooled != (offset.length == 0)
                || offset.length > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("a projection of %d features and %d axes by %d weights to %d numbers"
                    .formatted(features, axes, weights.length, offset.length));
        }
    }

    /** The embedding as it is. */
    public static EmbeddingProjection pooled(EmbeddingTensor tensor, int axes, int features) {
        return new EmbeddingProjection(tensor, axes, features, ProjectionKind.POOLED, new float[0], new float[0]);
    }

    /** The same value with another matrix. */
    public EmbeddingProjection with(ProjectionKind other, float[] newWeights, float[] newOffset) {
        return new EmbeddingProjection(tensor, axes, features, other, newWeights, newOffset);
    }

    /** The length of what it gives. */
    public int dimensions() {
        return kind == ProjectionKind.POOLED ? features : offset.length;
    }

    /** Projects an embedding {@code [D]}. */
    public float[] of(float[] embedding) {
        if (kind == ProjectionKind.POOLED) {
            return embedding;
        }
        double[] sums = new double[offset.length];
        for (int feature = 0; feature < features; feature++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += (double) embedding[feature] * weights[feature * sums.length + k];
            }
        }
        float[] projected = new float[sums.length];
        for (int k = 0; k < sums.length; k++) {
            projected[k] = (float) (sums[k] + offset[k]);
        }
        return projected;
    }
}
