package dev.fovea.quantize;

import java.util.HashMap;
import java.util.Map;

/**
 * The ranges of tensors by one method, or for each tensor by the one that errs least on it. Remembers what it found.
 */
final class RangeChoice {

    private static final String BEST = "per tensor";

    private final java.util.Optional<RangeMethod> method;
    private final Map<String, Found> found = new HashMap<>();

    private RangeChoice(java.util.Optional<RangeMethod> method) {
        this.method = method;
    }

    /** The same method for all. */
    static RangeChoice by(RangeMethod method) {
        return new RangeChoice(java.util.Optional.of(method));
    }

    /** For each tensor the method with the least mean squared error on it. */
    static RangeChoice leastError() {
        return new RangeChoice(java.util.Optional.empty());
    }

    /** A tensor's range and how it was found. */
    record Found(Range range, RangeMethod method) {}

    Range of(String tensor, ValueHistogram seen) {
        return found.computeIfAbsent(tensor, name -> choose(seen)).range();
    }

    /** By tensor, those that were asked for. */
    Map<String, Found> found() {
        return Map.copyOf(found);
    }

    private Found choose(ValueHistogram seen) {
        if (method.isPresent()) {
            return new Found(method.get().range(seen), method.get());
        }
        Found best = new Found(RangeMethod.MIN_MAX.range(seen), RangeMethod.MIN_MAX);
        for (RangeMethod each : RangeMethod.values()) {
            Found next = new Found(each.range(seen), each);
            if (RangeMethod.squaredError(seen, next.range()) < RangeMethod.squaredError(seen, best.range())) {
                best = next;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return method.map(RangeMethod::toString).orElse(BEST);
    }
}
