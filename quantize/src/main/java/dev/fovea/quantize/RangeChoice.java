package dev.fovea.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The ranges of tensors by one method, or for each tensor by the one that errs least on it. */
final class RangeChoice {

    private static final String BEST = "per tensor";

    private final Optional<RangeMethod> method;

    private RangeChoice(Optional<RangeMethod> method) {
        this.method = method;
    }

    /** The same method for all. */
    static RangeChoice by(RangeMethod method) {
        return new RangeChoice(Optional.of(method));
    }

    /** For each tensor the method with the least mean squared error on it. */
    static RangeChoice leastError() {
        return new RangeChoice(Optional.empty());
    }

    Range of(TensorStatistics seen) {
        return method.map(seen::range)
                .orElseGet(() -> Arrays.stream(RangeMethod.values())
                        .map(seen::range)
                        .min(Comparator.comparingDouble(seen::squaredError))
                        .orElseThrow());
    }

    @Override
    public String toString() {
        return method.map(RangeMethod::toString).orElse(BEST);
    }
}
