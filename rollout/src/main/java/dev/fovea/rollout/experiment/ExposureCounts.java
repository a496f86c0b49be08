package dev.fovea.rollout.experiment;

/**
 * What a server has counted of a version in a stretch of time.
 *
 * @param units requests without a key
 * @param fallbacks requests that belonged to it and went to production
 */
public record ExposureCounts(long units, long fallbacks) {

    /** Of no request. */
    public static final ExposureCounts NONE = new ExposureCounts(0, 0);

    ExposureCounts since(ExposureCounts earlier) {
        return new ExposureCounts(units - earlier.units, fallbacks - earlier.fallbacks);
    }
}
