package dev.fovea.evaluation.classification;

import dev.fovea.statistics.Interval;
import java.util.Locale;

/** Differences of shares in points, for people: {@code +0.4 (-0.2 to +1.0)}; what rounds to nothing has no sign. */
public final class PercentagePoints {

    private PercentagePoints() {}

    public static String of(double difference) {
        double tenths = Math.rint(1000 * difference);
        return tenths == 0 ? "0.0" : String.format(Locale.ROOT, "%+.1f", tenths / 10);
    }

    /** The ends of its interval. */
    public static String ends(Interval difference) {
        return "%s to %s".formatted(of(difference.low()), of(difference.high()));
    }
}
