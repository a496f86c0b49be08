package dev.fovea.quantize.numeric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calibration method for all tensors, or per tensor the one with the minimum error.
 *
 * @param usual the default method; empty for the minimum error per tensor
 * @param exceptions methods of single tensors, by name
 */
public record CalibrationChoice(Optional<CalibrationMethod> usual, Map<String, CalibrationMethod> exceptions) {

    private static final String BEST = "per tensor";

    public CalibrationChoice {
        exceptions = Map.copyOf(exceptions);
    }

    /** The same method for all. */
    public static CalibrationChoice by(CalibrationMethod method) {
        return new CalibrationChoice(Optional.of(method), Map.of());
    }

    /** For each tensor, the method with the minimum mean squared error. */
    public static CalibrationChoice minError() {
        return new CalibrationChoice(Optional.empty(), Map.of());
    }

    /** The same but for one tensor. */
    public CalibrationChoice except(String tensor, CalibrationMethod method) {
        Map<String, CalibrationMethod> more = new HashMap<>(exceptions);
        more.put(tensor, method);
        return new CalibrationChoice(usual, more);
    }

    public Range of(String tensor, TensorStatistics seen) {
        return Optional.ofNullable(exceptions.get(tensor))
                .or(() -> usual)
                .map(seen::range)
                .orElseGet(() -> Arrays.stream(CalibrationMethod.values())
                        .map(seen::range)
                        .min(Comparator.comparingDouble(seen::squaredError))
                        .orElseThrow());
    }

    @Override
    public String toString() {
        String words = usual.map(CalibrationMethod::toString).orElse(BEST);
        return exceptions.isEmpty() ? words : "%s but for %d tensors".formatted(words, exceptions.size());
    }
}
