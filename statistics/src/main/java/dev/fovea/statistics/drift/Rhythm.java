package dev.fovea.statistics.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Regressors of a daily and weekly rhythm: sines and cosines of the time of day up to the third harmonic, and the day
 * of the week. A span of time has their mean over the span, so that blocks of any length fit into one regression.
 * Source: P. Bloomfield, "Fourier Analysis of Time Series" (2000), chapter 3.
 */
public enum Rhythm {
    /** No rhythm is known: the constant only. */
    NONE(0),
    /** By time of day. */
    DAILY(1),
    /** By time of day and day of the week. */
    WEEKLY(14);

    private static final int HARMONICS = 3;
    private static final int BLOCKS_PER_REGRESSOR = 8;
    private static final double DAY = Duration.ofDays(1).toSeconds();

    private final int days;

    Rhythm(int days) {
        this.days = days == 1 ? 3 : days;
    }

    /** Days of quiet traffic after which it can be told from a change. */
    public int daysToLearn() {
        return days;
    }

    /** Blocks after which its regressors are known well enough: {@value #BLOCKS_PER_REGRESSOR} for each. */
    public int blocksToLearn() {
        return BLOCKS_PER_REGRESSOR * count();
    }

    /** The rhythms that this one includes, itself last. */
    public List<Rhythm> upTo() {
        return switch (this) {
            case NONE -> List.of(NONE);
            case DAILY -> List.of(NONE, DAILY);
            case WEEKLY -> List.of(NONE, DAILY, WEEKLY);
        };
    }

    /** Number of regressors, with the constant. They begin with those of the simpler rhythms. */
    public int count() {
        return switch (this) {
            case NONE -> 1;
            case DAILY -> 1 + 2 * HARMONICS;
            case WEEKLY -> 1 + 2 * HARMONICS + 6;
        };
    }

    /** The regressors of a span, {@code [count]}; the first is 1. */
    public double[] regressors(Instant start, Instant end, ZoneId zone) {
        double[] x = new double[count()];
        x[0] = 1;
        if (this == NONE) {
            return x;
        }
        ZonedDateTime local = start.atZone(zone);
        double from = local.toLocalTime().toNanoOfDay() / 1e9 / DAY;
        double length = Math.max(1e-9, Duration.between(start, end).toMillis() / 1e3 / DAY);
        for (int k = 1; k <= HARMONICS; k++) {
            double w = 2 * Math.PI * k;
            // means of sine and cosine over [from, from + length]
            double damping = Math.sin(w * length / 2) / (w * length / 2);
            double middle = w * (from + length / 2);
            x[2 * k - 1] = damping * Math.sin(middle);
            x[2 * k] = damping * Math.cos(middle);
        }
        if (this == WEEKLY) {
            weekdays(x, local.getDayOfWeek().getValue() - 1, from, length);
        }
        return x;
    }

    /**
     * The shares of the span that are Mondays and so on, each minus that of Sundays, so that they say nothing of the
     * level.
     */
    private static void weekdays(double[] x, int weekday, double from, double length) {
        double at = from;
        double end = from + length;
        int day = weekday;
        while (at < end) {
            double next = Math.min(end, Math.floor(at) + 1);
            double share = (next - at) / length;
            if (day == 6) {
                for (int d = 0; d < 6; d++) {
                    x[2 * HARMONICS + 1 + d] -= share;
                }
            } else {
                x[2 * HARMONICS + 1 + day] += share;
            }
            at = next;
            day = (day + 1) % 7;
        }
    }
}
