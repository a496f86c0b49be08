package dev.fovea.serving.cache;

/** How many of the last hundred requests or so found an answer; a count lost between threads does no harm. */
final class HitRate {
    private static final double WEIGHT = 0.01;
    private volatile double share;

    void add(boolean hit) {
        double seen = share;
        share = seen + WEIGHT * ((hit ? 1 : 0) - seen);
    }

    double lately() {
        return share;
    }
}
