package dev.fovea.imaging.descriptor;

/** Arithmetic on rows of floats. */
final class Vectors {

    private Vectors() {}

    /**
     * Square roots of the shares of non-negative counts, less that of equal shares; 0 for no counts. Without it, all
     * histograms would point in nearly the same direction.
     */
    static float[] hellinger(float[] counts) {
        double sum = 0;
        for (float count : counts) {
            sum += count;
        }
        double equal = Math.sqrt(1.0 / counts.length);
        float[] roots = new float[counts.length];
        for (int i = 0; sum > 0 && i < counts.length; i++) {
            roots[i] = (float) (Math.sqrt(counts[i] / sum) - equal);
        }
        return roots;
    }

    /** Scales a vector to length 1 in place; zeros stay. */
    static void normalize(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
    }
}
