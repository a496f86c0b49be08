package dev.fovea.training;

/**
 * Pictures that are learned from together.
 *
 * @param epoch counted from 0
 * @param pixels interleaved 8-bit pixels of all pictures, one after the other
 * @param targets what each of them shows
 */
record Batch(int epoch, byte[] pixels, Target[] targets) {

    /**
     * What a picture shows: one class, or two where two pictures were blended.
     *
     * @param label of the picture
     * @param other label of the picture blended into it
     * @param share of the other, 0 to 0.5
     */
    record Target(int label, int other, double share) {

        /** A picture by itself. */
        static Target pure(int label) {
            return new Target(label, label, 0);
        }
    }
}
