package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as a person types it: a number and a unit, {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. */
public final class StatedDuration {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final double NANOS_PER_SECOND = 1e9;

    private StatedDuration() {}

    /**
     * Reads one from 0 to 24 hours; anything else is {@code ARGUMENT_INVALID}.
     *
     * @param option what the message calls it, {@code --for}
     */
    public static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is \"%s\"; give a number with its unit ms, s, m or h, as in 500ms, 60s or 2m."
                            .formatted(option, text));
        }
        double seconds = Double.parseDouble(matcher.group(1)) * seconds(matcher.group(2));
        if (seconds > LONGEST.toSeconds()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "%s is %s; give 24h or less.".formatted(option, text));
        }
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> throw new IllegalStateException(unit);
        };
    }
}
