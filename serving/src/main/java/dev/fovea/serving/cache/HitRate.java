package dev.fovea.serving.cache;

/** The hit rate of about the last hundred requests. A count lost between threads does no harm. */
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
