package dev.fovea.model.anomaly;

/**
 * Features of places of good images, wherever in the image they were: the distance is Euclid's to the nearest of them,
 * after each dimension was standardized.
 *
 * @param means {@code [D]}
 * @param inverses {@code [D]}: one over each standard deviation
 * @param patches {@code [M, D]}, standardized
 */
public record MemoryBank(float[] means, float[] inverses, float[] patches) implements AnomalyDistance {

    /** M. */
    int size() {
        return patches.length / means.length;
    }

    /** Twice the patches, {@code [D, M]}. */
    public float[] doubled() {
        int d = means.length;
        float[] doubled = new float[patches.length];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < d; j++) {
                doubled[j * size() + i] = 2 * patches[i * d + j];
            }
        }
        return doubled;
    }

    /** The squared length of each patch, {@code [M]}. */
    public float[] squares() {
        int d = means.length;
        float[] squares = new float[size()];
        for (int i = 0; i < squares.length; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += (double) patches[i * d + j] * patches[i * d + j];
            }
            squares[i] = (float) sum;
        }
        return squares;
    }
}
