package dev.fovea.training.schedule;

/**
 * Linear warm-up, then half a cosine down to zero (Loshchilov and Hutter 2017, <i>SGDR</i>, eq. 5 without restarts).
 *
 * @param highest reached at the end of the warm-up
 * @param warmup share of the whole, 0 to below 1
 */
public record LearningRate(double highest, double warmup) {

    /** The rate at {@code progress}, 0 at the start and 1 at the end. */
    public double at(double progress) {
        double done = Math.clamp(progress, 0.0, 1.0);
        if (done < warmup) {
            return highest * done / warmup;
        }
        return highest * 0.5 * (1 + Math.cos(Math.PI * (done - warmup) / (1 - warmup)));
    }
}
