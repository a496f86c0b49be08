package dev.fovea.training;

/**
 * Images that are learned from together.
 *
 * @param epoch counted from 0
 * @param pixels interleaved 8-bit pixels of all images, one after the other
 * @param targets what each of them shows
 */
record Batch(int epoch, byte[] pixels, Target[] targets) {

    /**
     * What an image shows: one class, or two where two images were blended.
     *
     * @param label of the image
     * @param other label of the image blended into it
     * @param share of the other, 0 to 0.5
     */
    record Target(int label, int other, double share) {

        /** An image by itself. */
        static Target pure(int label) {
            return new Target(label, label, 0);
        }
    }
}
