package dev.fovea.pipeline.search;

import java.util.List;

/** Which of several points no other point is better than in everything. Pure. */
final class ParetoFront {

    private ParetoFront() {}

    /**
     * What counts of a candidate.
     *
     * @param quality more is better
     * @param bytes less is better
     * @param millis less is better
     */
    record Point(double quality, long bytes, double millis) {

        boolean isBeatenBy(Point other) {
            boolean noWorse = other.quality >= quality && other.bytes <= bytes && other.millis <= millis;
            return noWorse && !equals(other);
        }
    }

    /** For each point whether it is on the front. */
    static List<Boolean> of(List<Point> points) {
        return points.stream()
                .map(point -> points.stream().noneMatch(point::isBeatenBy))
                .toList();
    }
}
