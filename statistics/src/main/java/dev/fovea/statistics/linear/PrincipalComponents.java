package dev.fovea.statistics.linear;

import java.util.SplittableRandom;

/**
 * The directions in which rows vary most, by orthogonal iteration from a random start with some directions to spare and
 * a rotation to the axes of what was found (N. Halko, P. Martinsson and J. Tropp, "Finding structure with randomness",
 * SIAM Review 53, 2011, algorithm 4.4). The same rows and seed give the same components.
 *
 * @param mean of the rows, {@code [D]}
 * @param components {@code [k][D]}, orthonormal, of falling variance; the largest entry of each is positive
 * @param variances of the rows along them, {@code [k]}
 */
public record PrincipalComponents(double[] mean, double[][] components, double[] variances) {

    private static final int SPARE = 8;
    private static final int ITERATIONS = 8;

    /**
     * The first components.
     *
     * @param count k at most; fewer where the rows have fewer directions
     */
    public static PrincipalComponents of(FeatureMatrix rows, int count, long seed) {
        double[] mean = mean(rows);
        int most = Math.min(rows.columns(), rows.rows() - 1);
        int width = Math.min(count + SPARE, most);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] basis = new double[width][rows.columns()];
        for (double[] direction : basis) {
            for (int d = 0; d < direction.length; d++) {
                direction[d] = random.nextDouble() - 0.5;
            }
        }
        orthonormalize(basis);
        for (int i = 0; i < ITERATIONS; i++) {
            basis = scattered(rows, mean, basis);
            orthonormalize(basis);
        }
        SymmetricEigen eigen = SymmetricEigen.of(covariance(rows, mean, basis));
        int kept = Math.min(count, most);
        double[][] components = new double[kept][];
        double[] variances = new double[kept];
        for (int k = 0; k < kept; k++) {
            components[k] = positive(combined(basis, eigen.vectors()[k]));
            variances[k] = Math.max(0, eigen.values()[k]);
        }
        return new PrincipalComponents(mean, components, variances);
    }

    private static double[] mean(FeatureMatrix rows) {
        double[] mean = new double[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += rows.value(row, d);
            }
        }
        for (int d = 0; d < mean.length; d++) {
            mean[d] /= rows.rows();
        }
        return mean;
    }

    /** The sum over the rows of each row times its coordinates: the scatter matrix times the basis. */
    private static double[][] scattered(FeatureMatrix rows, double[] mean, double[][] basis) {
        double[][] sums = new double[basis.length][mean.length];
        double[] centred = new double[mean.length];
        for (int row = 0; row < rows.rows(); row++) {
            centre(rows, row, mean, centred);
            for (int k = 0; k < basis.length; k++) {
                double coordinate = dot(centred, basis[k]);
                add(coordinate, centred, sums[k]);
            }
        }
        return sums;
    }

    private static double[][] covariance(FeatureMatrix rows, double[] mean, double[][] basis) {
        double[][] covariance = new double[basis.length][basis.length];
        double[] centred = new double[mean.length];
        double[] coordinates = new double[basis.length];
        for (int row = 0; row < rows.rows(); row++) {
            centre(rows, row, mean, centred);
            for (int k = 0; k < basis.length; k++) {
                coordinates[k] = dot(centred, basis[k]);
            }
            for (int k = 0; k < basis.length; k++) {
                add(coordinates[k] / (rows.rows() - 1), coordinates, covariance[k]);
            }
        }
        return covariance;
    }

    private static void centre(FeatureMatrix rows, int row, double[] mean, double[] centred) {
        for (int d = 0; d < mean.length; d++) {
            centred[d] = rows.value(row, d) - mean[d];
        }
    }

    /** Gram and Schmidt, each vector against those before, twice. A vector without a direction of its own becomes 0. */
    private static void orthonormalize(double[][] basis) {
        for (int k = 0; k < basis.length; k++) {
            double before = Math.sqrt(dot(basis[k], basis[k]));
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < k; other++) {
                    add(-dot(basis[k], basis[other]), basis[other], basis[k]);
                }
            }
            double length = Math.sqrt(dot(basis[k], basis[k]));
            double scale = length > 1e-12 * before && length > 0 ? 1 / length : 0;
            for (int d = 0; d < basis[k].length; d++) {
                basis[k][d] *= scale;
            }
        }
    }

    private static double[] combined(double[][] basis, double[] weights) {
        double[] sum = new double[basis[0].length];
        for (int k = 0; k < basis.length; k++) {
            add(weights[k], basis[k], sum);
        }
        return sum;
    }

    private static double[] positive(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        for (int d = 0; d < vector.length && largest < 0; d++) {
            vector[d] = -vector[d];
        }
        return vector;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int d = 0; d < one.length; d++) {
            sum += one[d] * other[d];
        }
        return sum;
    }

    private static void add(double factor, double[] from, double[] to) {
        for (int d = 0; d < from.length; d++) {
            to[d] += factor * from[d];
        }
    }
}
