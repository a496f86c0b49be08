package dev.fovea.monitoring.alerts;

import java.time.Instant;
import java.util.Locale;

/**
 * An alarm that is on, for people to read.
 *
 * @param kind {@code confidence}
 * @param version the version concerned
 * @param since when it went off
 * @param baseline mean confidence at promotion
 * @param current mean confidence of the last full window
 * @param message all of it in a sentence
 */
public record ConfidenceFall(String kind, int version, Instant since, double baseline, double current, String message) {

    public static ConfidenceFall of(int version, int window, FallState.Fallen raised) {
        String message = String.format(
                Locale.ROOT,
                "Mean confidence of the last %d responses is %.1f %% below the baseline of version %d (%.3f, was %.3f). "
                        + "Check the incoming images, or roll back.",
                window,
                100 * (1 - raised.current() / raised.baseline()),
                version,
                raised.current(),
                raised.baseline());
        return new ConfidenceFall("confidence", version, raised.since(), raised.baseline(), raised.current(), message);
    }
}
