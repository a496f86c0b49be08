package dev.fovea.pipeline.reference;

import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.EmbeddingProjection.ProjectionKind;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.PrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes the projection of an embedding from those of held-out images. With {@value #MIN_IMAGES} images or more it is
 * their principal components, each divided by its standard deviation. With fewer the last components would be noise, so
 * it is a random projection (W. Johnson and J. Lindenstrauss, 1984), shifted and scaled to mean 0 and deviation 1 on
 * the images; without images it stays as drawn.
 */
final class ProjectionFit {

    /** Four for each dimension. */
    static final int MIN_IMAGES = 4 * EmbeddingProjection.MAX_DIMENSIONS;

    /** More do not change the components enough to be worth their time. */
    private static final int MAX_IMAGES = 1000;

    /** Components of less than this share of the first one's variance are left out: dividing by it would be noise. */
    private static final double MIN_VARIANCE = 1e-6;

    private static final long SEED = 1;

    private ProjectionFit() {}

    /** The projection for embeddings {@code [N][D]}; N may be 0. */
    static EmbeddingProjection of(EmbeddingProjection pooled, List<float[]> embeddings) {
        return embeddings.size() >= MIN_IMAGES ? components(pooled, embeddings) : random(pooled, embeddings);
    }

    private static EmbeddingProjection components(EmbeddingProjection pooled, List<float[]> embeddings) {
        List<float[]> some = new ArrayList<>();
        int count = Math.min(MAX_IMAGES, embeddings.size());
        for (int i = 0; i < count; i++) {
            some.add(embeddings.get((int) ((long) i * embeddings.size() / count)));
        }
        PrincipalComponents found = PrincipalComponents.of(
                FeatureMatrix.of(some.toArray(float[][]::new)), EmbeddingProjection.MAX_DIMENSIONS, SEED);
        double first = found.variances().length == 0 ? 0 : found.variances()[0];
        List<double[]> directions = new ArrayList<>();
        for (int k = 0; k < found.variances().length && found.variances()[k] > MIN_VARIANCE * first; k++) {
            double deviation = Math.sqrt(found.variances()[k]);
            double[] direction = found.components()[k].clone();
            for (int d = 0; d < direction.length; d++) {
                direction[d] /= deviation;
            }
            directions.add(direction);
        }
        return directions.isEmpty()
                ? random(pooled, embeddings)
                : projection(pooled, ProjectionKind.PRINCIPAL_COMPONENTS, directions, found.mean());
    }

    private static EmbeddingProjection random(EmbeddingProjection pooled, List<float[]> embeddings) {
        int features = pooled.features();
        RandomGenerator random = new java.util.SplittableRandom(SEED);
        List<double[]> directions = new ArrayList<>();
        for (int k = 0; k < Math.min(features, EmbeddingProjection.MAX_DIMENSIONS); k++) {
            double[] direction = new double[features];
            for (int d = 0; d < features; d++) {
                direction[d] = random.nextGaussian() / Math.sqrt(features);
            }
            directions.add(direction);
        }
        double[] mean = new double[features];
        if (embeddings.size() > 1) {
            for (float[] embedding : embeddings) {
                for (int d = 0; d < features; d++) {
                    mean[d] += embedding[d] / (double) embeddings.size();
                }
            }
            directions.forEach(direction -> scale(direction, mean, embeddings));
        }
        return projection(pooled, ProjectionKind.RANDOM, directions, mean);
    }

    /** To deviation 1; a direction in which the images are all the same stays. */
    private static void scale(double[] direction, double[] mean, List<float[]> embeddings) {
        double squares = 0;
        for (float[] embedding : embeddings) {
            double coordinate = 0;
            for (int d = 0; d < direction.length; d++) {
                coordinate += (embedding[d] - mean[d]) * direction[d];
            }
            squares += coordinate * coordinate;
        }
        double deviation = Math.sqrt(squares / (embeddings.size() - 1));
        for (int d = 0; d < direction.length && deviation > 0; d++) {
            direction[d] /= deviation;
        }
    }

    private static EmbeddingProjection projection(
            EmbeddingProjection pooled, ProjectionKind kind, List<double[]> directions, double[] mean) {
        int dimensions = directions.size();
        float[] weights = new float[mean.length * dimensions];
        float[] offset = new float[dimensions];
        for (int k = 0; k < dimensions; k++) {
            double shift = 0;
            for (int d = 0; d < mean.length; d++) {
                weights[d * dimensions + k] = (float) directions.get(k)[d];
                shift -= mean[d] * directions.get(k)[d];
            }
            offset[k] = (float) shift;
        }
        return pooled.with(kind, weights, offset);
    }
}
