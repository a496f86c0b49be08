package dev.fovea.statistics;

/**
 * Logits whose softmax is exactly the probability of their labels, times a scale; drawn by a plain congruential
 * generator so that another language draws the same.
 */
record DrawnLogits(double[][] logits, int[] labels) {

    private static final class Generator {
        private long state;

        Generator(int seed) {
            this.state = seed;
        }

        double next() {
            state = (state * 1_103_515_245L + 12_345L) % 2_147_483_648L;
            return (state >> 8) % 10_007 / 10_007.0;
        }
    }

    static DrawnLogits draw(int images, int classes, int seed, double scale) {
        Generator generator = new Generator(seed);
        double[][] logits = new double[images][classes];
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            for (int k = 0; k < classes; k++) {
                logits[i][k] = generator.next() * 8 - 4;
            }
            labels[i] = draw(Softmax.of(logits[i]), generator.next());
            for (int k = 0; k < classes; k++) {
                logits[i][k] *= scale;
            }
        }
        return new DrawnLogits(logits, labels);
    }

    double[] confidences(double temperature) {
        double[] confidences = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            confidences[i] = Softmax.of(logits[i], temperature)[Softmax.argMax(logits[i])];
        }
        return confidences;
    }

    boolean[] right() {
        boolean[] right = new boolean[logits.length];
        for (int i = 0; i < logits.length; i++) {
            right[i] = Softmax.argMax(logits[i]) == labels[i];
        }
        return right;
    }

    private static int draw(double[] probabilities, double u) {
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            sum += probabilities[k];
            if (u < sum) {
                return k;
            }
        }
        return probabilities.length - 1;
    }
}
