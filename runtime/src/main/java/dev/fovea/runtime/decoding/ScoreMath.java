package dev.fovea.runtime.decoding;

/** Small reckonings on slices of an output. Pure. */
final class ScoreMath {

    private ScoreMath() {}

    /**
     * Which of {@code count} values is largest, the first of equal ones; they lie {@code step} apart from {@code at}.
     */
    static int largest(float[] values, int at, int step, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[at + i * step] > values[at + best * step]) {
                best = i;
            }
        }
        return best;
    }

    /** The logistic function. */
    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
