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
     */
    public record Target(double[] probabilities, double weight) {

        /** This target, with a share of another one blended in; the share is from 0 to 1. */
        public Target blend(Target other, double share) {
            if (share == 0) {
                return this;
            }
            double[] mixed = new double[probabilities.length];
            for (int c = 0; c < mixed.length; c++) {
                mixed[c] = probabilities[c] * (1 - share) + other.probabilities[c] * share;
            }
            return new Target(mixed, weight * (1 - share) + other.weight * share);
        }
    }
}
