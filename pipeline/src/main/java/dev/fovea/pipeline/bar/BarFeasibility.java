package dev.fovea.pipeline.bar;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Locale;

/** Whether the images could show at all that a bar is cleared: with every one of them predicted right. Pure. */
public final class BarFeasibility {

    /** Nobody has more images. */
    private static final double MAX_FACTOR = 1e6;

    private static final double STEP = 1.01;

    private BarFeasibility() {}

    /**
     * {@code DATASET_INVALID} with the number of images that are needed, before anything is computed.
     *
     * @param images to learn from of each class, in the order of the labels
     */
    public static void require(Bar bar, List<String> labels, List<Long> images) {
        BarJudge judge = new BarJudge(bar, labels, 2 * Interval.DEFAULT_LEVEL - 1);
        for (BarCondition condition : bar.of(BarMeasure.MeasureKind.QUALITY)) {
            double best = judge.figure(condition, perfect(images, 1)).low();
            if (!condition.isMet(best)) {
                throw impossible(judge, condition, images, best);
            }
        }
    }

    private static FoveaException impossible(BarJudge judge, BarCondition condition, List<Long> images, double best) {
        double factor = 1;
        while (factor < MAX_FACTOR
                && !condition.isMet(
                        judge.figure(condition, perfect(images, factor)).low())) {
            factor *= STEP;
        }
        String of = condition.label().map(label -> " of " + label).orElse("");
        long count = condition
                .label()
                .map(label -> images.get(judge.labels().indexOf(label)))
                .orElse(images.stream().mapToLong(Long::longValue).sum());
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                String.format(
                        Locale.ROOT,
                        "bar: %s cannot be shown. Even if all %,d images to learn from%s were predicted right, they would show %.3f with 95 %% confidence. About %,d are needed. Add images%s, or state a lower bar.",
                        condition,
                        count,
                        of,
                        best,
                        (long) Math.ceil(count * factor),
                        of));
    }

    private static ConfusionMatrix perfect(List<Long> images, double factor) {
        int classes = images.size();
        long[][] counts = new long[classes][classes];
        for (int k = 0; k < classes; k++) {
            counts[k][k] = Math.round(images.get(k) * factor);
        }
        return ConfusionMatrix.of(counts);
    }
}
