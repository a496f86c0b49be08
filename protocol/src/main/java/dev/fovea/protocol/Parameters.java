package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The supported parameters of a request or of one tensor. */
record Parameters(Map<String, Object> values) {

    private static final String SHARED_MEMORY = "shared_memory_region";
    private static final Set<String> KNOWN = Set.of(
            SHARED_MEMORY,
            "binary_data",
            "binary_data_output",
            "binary_data_size",
            "classification",
            "priority",
            "timeout");

    static final Parameters NONE = new Parameters(Map.of());

    Parameters {
        if (values.containsKey(SHARED_MEMORY)) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "Tensors in shared memory are not supported. Send the tensor in the request.");
        }
    }

    /** Whether a parameter is supported; others are ignored. */
    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    Optional<Boolean> flag(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Object other -> throw wrong(name, other, "true or false");
        };
    }

    /** A whole number of 0 or more; 0 when it is absent. */
    long number(String name) {
        return switch (values.get(name)) {
            case null -> 0;
            case Number number
            when number.longValue() >= 0 && number.doubleValue() == number.longValue() -> number.longValue();
            case Object other -> throw wrong(name, other, "a whole number of 0 or more");
        };
    }

    /** In microseconds; 0 is the server's default. */
    Optional<Duration> timeout() {
        long micros = number("timeout");
        return micros == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.multiplyExact(1000, Math.min(micros, Long.MAX_VALUE / 2000))));
    }

    private static FoveaException wrong(String name, Object value, String expected) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "The parameter %s is %s; it must be %s.".formatted(name, value, expected));
    }
}
