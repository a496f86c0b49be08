package dev.fovea.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ranges of tensors by one method, or for each tensor by the one that errs least on it.
 *
 * @param usual the method; empty for the one that errs least on each tensor
 * @param exceptions tensors that have one of their own, by name
 */
record RangeChoice(Optional<RangeMethod> usual, Map<String, RangeMethod> exceptions) {

    private static final String BEST = "per tensor";

    RangeChoice {
        exceptions = Map.copyOf(exceptions);
    }

    /** The same method for all. */
    static RangeChoice by(RangeMethod method) {
        return new RangeChoice(Optional.of(method), Map.of());
    }

    /** For each tensor the method with the least mean squared error on it. */
    static RangeChoice leastError() {
        return new RangeChoice(Optional.empty(), Map.of());
    }

    /** The same but for one tensor. */
    RangeChoice except(String tensor, RangeMethod method) {
        Map<String, RangeMethod> more = new HashMap<>(exceptions);
        more.put(tensor, method);
        return new RangeChoice(usual, more);
    }

    Range of(String tensor, TensorStatistics seen) {
        return Optional.ofNullable(exceptions.get(tensor))
                .or(() -> usual)
                .map(seen::range)
                .orElseGet(() -> Arrays.stream(RangeMethod.values())
                        .map(seen::range)
                        .min(Comparator.comparingDouble(seen::squaredError))
                        .orElseThrow());
    }

    @Override
    public String toString() {
        String words = usual.map(RangeMethod::toString).orElse(BEST);
        return exceptions.isEmpty() ? words : "%s but for %d tensors".formatted(words, exceptions.size());
    }
}
