package dev.fovea.model.anomaly;

/**
 * How distances become outputs: {@code (distance - threshold) / unit}, a logit that is 0 at the threshold.
 *
 * @param threshold scores above it are anomalous
 * @param unit of the score; positive
 * @param heatUnit of the heat map; positive
 */
public record AnomalyScale(double threshold, double unit, double heatUnit) {

    /** As far above the threshold as the median good image is below it, a cell of the heat map has the value 0.8. */
    private static final double HEAT_ODDS = 4;

    public AnomalyScale {
        if (!(unit > 0 && heatUnit > 0) || !Double.isFinite(threshold / Math.min(unit, heatUnit))) {
            throw new IllegalArgumentException(
                    "a threshold of %s in units of %s and %s".formatted(threshold, unit, heatUnit));
        }
    }

    /**
     * The scale on which an image at the threshold has probability 1/2 and the median good image has the false-alarm
     * rate. The heat map is less steep, so that it tells strong anomalies from weak ones: 0.2 where the median good
     * image is.
     *
     * @param rate above 0 and below 1/2
     */
    public static AnomalyScale of(double threshold, double median, double rate) {
        return new AnomalyScale(
                threshold,
                (threshold - median) / Math.log((1 - rate) / rate),
                (threshold - median) / Math.log(HEAT_ODDS));
    }
}
