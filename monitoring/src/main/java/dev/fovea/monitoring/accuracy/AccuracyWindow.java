package dev.fovea.monitoring.accuracy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time whose predictions are judged.
 *
 * @param from the first
 * @param to the time after the last
 */
public record AccuracyWindow(Instant from, Instant to) {

    /** The longest window. */
    public static final int MAX_DAYS = 365;

    /** The last days before a time; {@code ARGUMENT_INVALID} for none or more than {@value #MAX_DAYS}. */
    public static AccuracyWindow of(int days, Instant now) {
        if (days < 1 || days > MAX_DAYS) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"days\" is %d; it must be from 1 to %d.".formatted(days, MAX_DAYS));
        }
        // a prediction of this microsecond counts
        return new AccuracyWindow(now.minus(Duration.ofDays(days)), now.plusSeconds(1));
    }

    /** Its days in UTC, the first and the last cut to the window. */
    List<AccuracyWindow> days() {
        List<AccuracyWindow> days = new ArrayList<>();
        for (Instant start = from; start.isBefore(to); ) {
            Instant next = start.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
            days.add(new AccuracyWindow(start, next.isBefore(to) ? next : to));
            start = next;
        }
        return days;
    }

    /** A version by its number, or the one in production; {@code STATE_CONFLICT} without one. */
    public static ModelVersion version(RegisteredModel model, @Nullable Integer number) {
        if (number != null) {
            return model.version(number);
        }
        return model.alias(Alias.PRODUCTION)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "%s has no version in production. Name a version, or promote one.".formatted(model.name())));
    }
}
