package dev.fovea.pipeline.bar;

import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.F1Interval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.MacroF1Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.List;
import java.util.Optional;

/**
 * Judges predictions by a bar, with intervals of one level of confidence. Pure.
 *
 * @param labels in the order of the confusion matrix
 * @param level of each interval
 */
public record BarJudge(Bar bar, List<String> labels, double level) {

    /** Nothing is known of a class without images, or without predictions. */
    private static final Interval UNKNOWN = new Interval(0, 0, 1);

    /** Each condition on the quality. */
    public List<ConditionResult> qualities(ConfusionMatrix confusion) {
        return bar.of(BarMeasure.MeasureKind.QUALITY).stream()
                .map(condition -> ConditionResult.quality(condition, figure(condition, confusion)))
                .toList();
    }

    /** Whether all conditions on the quality are met with confidence. */
    public boolean clears(ConfusionMatrix confusion) {
        return qualities(confusion).stream().allMatch(ConditionResult::met);
    }

    /** The least distance of an estimate to its limit: positive where all estimates are better. */
    public double margin(ConfusionMatrix confusion) {
        return bar.of(BarMeasure.MeasureKind.QUALITY).stream()
                .mapToDouble(condition -> figure(condition, confusion).value() - condition.limit())
                .min()
                .orElse(0);
    }

    /** The same of the upper ends: negative where the bar is out of reach with confidence. */
    public double reach(ConfusionMatrix confusion) {
        return bar.of(BarMeasure.MeasureKind.QUALITY).stream()
                .mapToDouble(condition -> figure(condition, confusion).high() - condition.limit())
                .min()
                .orElse(0);
    }

    /** The figure of a quality and its interval. */
    public Interval figure(BarCondition condition, ConfusionMatrix confusion) {
        int label = condition.label().map(labels::indexOf).orElse(0);
        return switch (condition.measure()) {
            case ACCURACY -> WilsonInterval.of(confusion.correct(), confusion.total(), level);
            case MACRO_F1 -> MacroF1Interval.of(confusion, level);
            case RECALL -> share(confusion.truePositives(label), confusion.support(label));
            case PRECISION -> share(confusion.truePositives(label), confusion.predicted(label));
            case F1 -> {
                long wrong = confusion.falsePositives(label) + confusion.falseNegatives(label);
                yield wrong + confusion.truePositives(label) == 0
                        ? UNKNOWN
                        : F1Interval.of(
                                confusion.truePositives(label),
                                confusion.falsePositives(label),
                                confusion.falseNegatives(label),
                                level);
            }
            case P50, P99, SIZE -> throw new IllegalArgumentException(condition + " is no quality");
        };
    }

    private Interval share(long right, long all) {
        return all == 0 ? UNKNOWN : WilsonInterval.of(right, all, level);
    }

    /** Each condition on latency and size. */
    public List<ConditionResult> costs(long bytes, Optional<MeasuredLatency> latency) {
        return bar.conditions().stream()
                .flatMap(condition -> switch (condition.measure()) {
                    case P50 ->
                        Optional.of(ConditionResult.cost(condition, latency.map(MeasuredLatency::p50Ms))).stream();
                    case P99 ->
                        Optional.of(ConditionResult.cost(condition, latency.map(MeasuredLatency::p99Ms))).stream();
                    case SIZE -> Optional.of(ConditionResult.cost(condition, Optional.of((double) bytes))).stream();
                    case ACCURACY, MACRO_F1, RECALL, PRECISION, F1 -> Optional.<ConditionResult>empty().stream();
                })
                .toList();
    }
}
