package dev.fovea.traffic.retention;

import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import java.util.List;
import java.util.Optional;

/**
 * How far an embedding is from those of a version's reference: the distance from their mean, each dimension divided by
 * its standard deviation (Mahalanobis' distance with a diagonal covariance). It depends on nothing but the version, so
 * that all servers agree and what came before has no say.
 */
public final class Novelty {

    /** Of the largest variance; dimensions below it are taken to have as much. */
    private static final double SMALLEST_SHARE = 1e-6;

    private final double[] mean;
    private final double[] inverseVariance;

    private Novelty(double[] mean, double[] inverseVariance) {
        this.mean = mean;
        this.inverseVariance = inverseVariance;
    }

    /** Of a reference; empty for one without embeddings. */
    public static Optional<Novelty> of(Reference reference) {
        List<float[]> embeddings = reference.rows().stream()
                .map(ReferenceRow::observed)
                .map(observed -> observed.embedding())
                .filter(embedding -> embedding.length > 0)
                .toList();
        return embeddings.isEmpty() ? Optional.empty() : Optional.of(of(embeddings));
    }

    /** Of embeddings of the same length, {@code [N][D]}. */
    static Novelty of(List<float[]> embeddings) {
        int dimensions = embeddings.getFirst().length;
        double[] mean = new double[dimensions];
        double[] variance = new double[dimensions];
        for (float[] embedding : embeddings) {
            for (int i = 0; i < dimensions; i++) {
                mean[i] += embedding[i] / embeddings.size();
            }
        }
        double largest = 0;
        for (int i = 0; i < dimensions; i++) {
            for (float[] embedding : embeddings) {
                variance[i] += (embedding[i] - mean[i]) * (embedding[i] - mean[i]) / embeddings.size();
            }
            largest = Math.max(largest, variance[i]);
        }
        double[] inverse = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            inverse[i] = largest == 0 ? 0 : 1 / Math.max(variance[i], largest * SMALLEST_SHARE);
        }
        return new Novelty(mean, inverse);
    }

    /** The distance, 0 or more; NaN for an embedding of another length. */
    public double distance(float[] embedding) {
        if (embedding.length != mean.length) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            double delta = embedding[i] - mean[i];
            sum += delta * delta * inverseVariance[i];
        }
        return Math.sqrt(sum);
    }
}
