package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request rate as typed: {@code 200}, {@code 200/s}, or {@code 2x} the peak seen so far. */
public sealed interface Rate {

    /** The maximum rate, in requests per second. */
    double MAX = 100_000;

    /** So many requests per second. */
    record PerSecond(double value) implements Rate {}

    /** A multiple of the highest rate that the server's monitoring has seen of the model. */
    record TimesPeak(double factor) implements Rate {}

    /** Reads a rate; {@code ARGUMENT_INVALID} when it is none. */
    static Rate parse(String text) {
        Matcher matcher = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(x|/s|)").matcher(text);
        double number = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (number <= 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--rate is \"%s\"; give requests per second above 0, as in 200/s, or a multiple of the peak, as in 2x."
                            .formatted(text));
        }
        return matcher.group(2).equals("x") ? new TimesPeak(number) : new PerSecond(number);
    }

    /**
     * The requests per second.
     *
     * @param peak the model's peak in requests per second, if known
     * @throws FoveaException {@code ARGUMENT_INVALID} without the peak that it needs, or above {@link #MAX}
     */
    default double perSecond(Optional<Double> peak) {
        double perSecond = switch (this) {
            case PerSecond(double value) -> value;
            case TimesPeak(double factor) ->
                factor * peak.filter(seen -> seen > 0).orElseThrow(() -> noPeak(factor));
        };
        if (perSecond > MAX) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--rate comes to %.0f requests/s; give %.0f/s or less.".formatted(perSecond, MAX));
        }
        return perSecond;
    }

    private static FoveaException noPeak(double factor) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "--rate is %sx the peak, but the model has had no requests and no peak yet. Give a rate, such as --rate 50/s."
                        .formatted(factor == Math.rint(factor) ? "%.0f".formatted(factor) : Double.toString(factor)));
    }
}
