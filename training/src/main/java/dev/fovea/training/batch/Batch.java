package dev.fovea.training.batch;

/**
 * Images that are learned from together.
 *
 * @param epoch counted from 0
 * @param pixels interleaved 8-bit pixels of all images, one after the other
 * @param targets what each of them shows
 */
public record Batch(int epoch, byte[] pixels, Target[] targets) {

    /**
     * What an image shows.
     *
     * @param probabilities of each class, with the sum 1
     * @param weight of the image in the loss, above 0
     * @param taught what teachers predict at the temperature of the loss, with the sum 1; empty without teachers
     */
    public record Target(double[] probabilities, double weight, double[] taught) {

        private static final double[] NOTHING = {};

        /** What an image shows by its label alone. */
        public Target(double[] probabilities, double weight) {
            this(probabilities, weight, NOTHING);
        }

        /** What teachers predict; what it shows where they say nothing. */
        private double[] soft() {
            return taught.length == 0 ? probabilities : taught;
        }

        /** This target, with a share of another one blended in; the share is from 0 to 1. */
        public Target blend(Target other, double share) {
            if (share == 0) {
                return this;
            }
            boolean isTaught = taught.length > 0 || other.taught.length > 0;
            return new Target(
                    mixed(probabilities, other.probabilities, share),
                    weight * (1 - share) + other.weight * share,
                    isTaught ? mixed(soft(), other.soft(), share) : NOTHING);
        }

        private static double[] mixed(double[] first, double[] second, double share) {
            double[] mixed = new double[first.length];
            for (int c = 0; c < mixed.length; c++) {
                mixed[c] = first[c] * (1 - share) + second[c] * share;
            }
            return mixed;
        }
    }
}
