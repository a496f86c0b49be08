package dev.fovea.quantize.search;

import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.numeric.CalibrationChoice;
import dev.fovea.quantize.numeric.CalibrationMethod;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the setting with the minimum error of the outputs. Varies one option at a time: calibration method, weight
 * rounding, bias correction.
 */
public final class Search {

    /** Other integers than the fastest are taken only where they help by more than chance would. */
    private static final double CLEARLY = 0.7;

    /** All ranges by one method each or by the best, the weights, the bias, and two other kinds of integers. */
    private static final int TRIALS = CalibrationMethod.values().length + 5;

    private final Prepared prepared;
    private final QuantizationError error;
    private final QuantizationProgress progress;
    private final List<TriedQuantization> tried = new ArrayList<>();

    public Search(Prepared prepared, QuantizationError error, QuantizationProgress progress) {
        this.prepared = prepared;
        this.error = error;
        this.progress = progress;
    }

    /** The best setting of those that cover as much as the first. */
    public QuantizationSetting best(QuantizationSetting first) {
        List<QuantizationSetting> choices = new ArrayList<>();
        choices.add(first);
        for (CalibrationMethod method : CalibrationMethod.values()) {
            choices.add(first.with(CalibrationChoice.by(method)));
        }
        QuantizationSetting best = min(choices, first, 1);
        best = min(List.of(best.withCompensation()), best, 1);
        return min(List.of(best.withCorrection()), best, 1);
    }

    /**
     * The same with other integer types if their error is clearly lower; speed is not compared.
     *
     * @param fuses whether the runtime still fuses as many integer layers; a float layer has less error but is not
     *     quantized
     */
    public QuantizationSetting withOtherIntegers(QuantizationSetting best, Predicate<QuantizationSetting> fuses) {
        List<QuantizationSetting> others = Stream.of(Scheme.U8S7, Scheme.S8S8)
                .map(best::with)
                .filter(fuses)
                .toList();
        return min(others, best, CLEARLY);
    }

    private QuantizationSetting min(List<QuantizationSetting> choices, QuantizationSetting start, double factor) {
        QuantizationSetting best = start;
        double min = tried.stream()
                .filter(one -> one.what().equals(start.toString()))
                .mapToDouble(one -> one.error() * factor)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        for (QuantizationSetting choice : choices) {
            double found = error.of(prepared.quantized(choice, Map.of()));
            tried.add(new TriedQuantization(choice.toString(), found));
            progress.at("search", tried.size(), TRIALS);
            if (found < min) {
                min = found;
                best = choice;
            }
        }
        return best;
    }

    /** All that was tried, best first. */
    public List<TriedQuantization> tried() {
        return tried.stream()
                .sorted(Comparator.comparingDouble(TriedQuantization::error))
                .toList();
    }
}
