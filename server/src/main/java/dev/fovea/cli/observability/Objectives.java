package dev.fovea.cli.observability;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is promised, over 30 days.
 *
 * @param availability percent of requests without an error of the server, the model or for lack of capacity
 * @param latencyTarget percent of requests that take at most {@code latencySeconds}
 * @param latencySeconds a bound of a bucket of the histogram
 */
record Objectives(BigDecimal availability, BigDecimal latencyTarget, BigDecimal latencySeconds) {

    /** The bounds of {@code fovea_request_duration_seconds}, but the smallest. */
    private static final List<BigDecimal> BOUNDS =
            List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10").stream()
                    .map(BigDecimal::new)
                    .toList();

    /** The highest burn rate of an alert; a target that leaves more than 1/14.4 to errors could never reach it. */
    private static final BigDecimal LEAST = new BigDecimal("93.1");

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    Objectives {
        percent("--availability", availability);
        percent("--latency-target", latencyTarget);
        BigDecimal latency = latencySeconds;
        if (BOUNDS.stream().noneMatch(bound -> bound.compareTo(latency) == 0)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"--latency\" is %s; it must be a bound of the histogram, in seconds: %s."
                            .formatted(
                                    latency.toPlainString(),
                                    BOUNDS.stream()
                                            .map(BigDecimal::toPlainString)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static void percent(String option, BigDecimal value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(WHOLE) >= 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is %s; it must be a percentage from %s, and below 100."
                            .formatted(option, value.toPlainString(), LEAST));
        }
    }

    /** The label {@code le} as the server writes it. */
    String bucket() {
        return BigDecimal.valueOf(latencySeconds.doubleValue()).toPlainString();
    }

    /** The share of requests that may fail. */
    String availabilityBudget() {
        return budget(availability);
    }

    /** The share of requests that may be slow. */
    String latencyBudget() {
        return budget(latencyTarget);
    }

    private static String budget(BigDecimal percent) {
        return WHOLE.subtract(percent).movePointLeft(2).stripTrailingZeros().toPlainString();
    }

    /** The codes of errors that are not the caller's, as a regular expression. */
    static String serverCodes() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> switch (code.blame()) {
                    case CALLER, INPUT -> false;
                    case MODEL, CAPACITY, SERVER -> true;
                })
                .map(ErrorCode::name)
                .collect(Collectors.joining("|"));
    }
}
