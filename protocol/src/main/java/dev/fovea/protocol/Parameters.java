package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protocol's free parameters, of a request or of one tensor: those that mean something here. */
record Parameters(Map<String, Object> values) {

    private static final String SHARED_MEMORY = "shared_memory_region";
    private static final int LEAST_LOW = 3;
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
                    "Tensors in shared memory are not taken here. Send the tensor in the request.");
        }
    }

    /** Whether a parameter of this name means something here; all others may be passed over. */
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

    /** A whole number of zero or more; zero when it is absent. */
    long number(String name) {
        return switch (values.get(name)) {
            case null -> 0;
            case Number number
            when number.longValue() >= 0 && number.doubleValue() == number.longValue() -> number.longValue();
            case Object other -> throw wrong(name, other, "a whole number of 0 or more");
        };
    }

    /** 1 is the most urgent level; 0 asks for the usual one, which is 2; all others come after. */
    Priority priority() {
        long level = number("priority");
        return level == 1 ? Priority.HIGH : level < LEAST_LOW ? Priority.NORMAL : Priority.LOW;
    }

    /** In microseconds; 0 asks for the server's own. */
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
