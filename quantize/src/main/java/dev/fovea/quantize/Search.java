package dev.fovea.quantize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the setting whose outputs are nearest to the original's. One thing is varied at a time, from what matters most:
 * first how ranges are chosen, then how weights are rounded and the bias.
 */
final class Search {

    /** Other integers than the fastest are taken only where they help by more than chance would. */
    private static final double CLEARLY = 0.7;

    /** All ranges by one method each or by the best, the weights, the bias, and two other kinds of integers. */
    private static final int TRIALS = RangeMethod.values().length + 5;

    private final Prepared prepared;
    private final OutputError error;
    private final Progress progress;
    private final List<TriedSetting> tried = new ArrayList<>();

    Search(Prepared prepared, OutputError error, Progress progress) {
        this.prepared = prepared;
        this.error = error;
        this.progress = progress;
    }

    /** The best setting of those that cover as much as the first. */
    Setting best(Setting first) {
        List<Setting> choices = new ArrayList<>();
        choices.add(first);
        for (RangeMethod method : RangeMethod.values()) {
            choices.add(first.with(RangeChoice.by(method)));
        }
        Setting best = least(choices, first, 1);
        best = least(List.of(best.withCompensation()), best, 1);
        return least(List.of(best.withCorrection()), best, 1);
    }

    /**
     * The same with other integers where they err clearly less; whether they are any faster is not asked.
     *
     * @param fuses whether the runtime makes integer layers of as many as before: one in float errs less, and is none
     */
    Setting withOtherIntegers(Setting best, Predicate<Setting> fuses) {
        List<Setting> others = Stream.of(Scheme.U8S7, Scheme.S8S8)
                .map(best::with)
                .filter(fuses)
                .toList();
        return least(others, best, CLEARLY);
    }

    private Setting least(List<Setting> choices, Setting start, double factor) {
        Setting best = start;
        double least = tried.stream()
                .filter(one -> one.what().equals(start.toString()))
                .mapToDouble(one -> one.error() * factor)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        for (Setting choice : choices) {
            double found = error.of(prepared.quantized(choice, Map.of()));
            tried.add(new TriedSetting(choice.toString(), found));
            progress.at("search", tried.size(), TRIALS);
            if (found < least) {
                least = found;
                best = choice;
            }
        }
        return best;
    }

    /** All that was tried, best first. */
    List<TriedSetting> tried() {
        return tried.stream()
                .sorted(Comparator.comparingDouble(TriedSetting::error))
                .toList();
    }
}
