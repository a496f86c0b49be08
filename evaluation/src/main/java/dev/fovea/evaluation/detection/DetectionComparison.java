package dev.fovea.evaluation.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.PercentagePoints;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Locale;

/**
 * Paired comparison of two detectors on the same images, by mean average precision at overlap 0.5. The bootstrap
 * resamples images for both together, so that images that are easy or hard for both cancel out.
 *
 * @param images common images, 1 or more
 * @param unpaired images that only one of them processed; excluded from all other figures
 * @param truths number of objects in the images
 * @param baseline mean average precision of the baseline
 * @param candidate mean average precision of the candidate
 * @param difference candidate minus baseline, with its paired 95 % interval by bootstrap over images
 */
public record DetectionComparison(
        int images, int unpaired, int truths, double baseline, double candidate, Interval difference) {

    /**
     * Compares.
     *
     * @param baseline what it found, image by image
     * @param candidate what it found, on the same images in the same order
     * @throws FoveaException {@code ARGUMENT_INVALID} if the images' truths differ; {@code DATASET_INVALID} if they
     *     show nothing; {@code LABELS_MISMATCH} if they show classes that have no label
     */
    public static DetectionComparison of(
            List<ImageDetections> baseline, List<ImageDetections> candidate, List<String> labels) {
        if (!truths(baseline).equals(truths(candidate))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The detectors predicted different images. Compare them on the same, in the same order.");
        }
        return of(MeanPrecision.of(baseline, labels), MeanPrecision.of(candidate, labels), baseline.size(), 0);
    }

    /** Compares two that were matched with the same images, in the same order. */
    public static DetectionComparison of(MeanPrecision one, MeanPrecision other, int images, int unpaired) {
        int[] once = MeanPrecision.once(images);
        double[] drawn = MeanPrecision.draws(images).stream()
                .mapToDouble(draw -> other.at(draw, 1) - one.at(draw, 1))
                .toArray();
        double first = one.at(once, 1);
        double second = other.at(once, 1);
        return new DetectionComparison(
                images,
                unpaired,
                (int) one.support(once),
                first,
                second,
                BootstrapInterval.of(second - first, drawn, Interval.DEFAULT_LEVEL));
    }

    private static List<List<LabelledBox>> truths(List<ImageDetections> images) {
        return images.stream().map(ImageDetections::truths).toList();
    }

    /** Better or worse if the interval of the difference excludes zero. */
    public Comparison.Verdict verdict() {
        return difference.low() > 0
                ? Comparison.Verdict.BETTER
                : difference.high() < 0 ? Comparison.Verdict.WORSE : Comparison.Verdict.NO_DIFFERENCE_SHOWN;
    }

    /** Whether the interval of the difference lies below zero. */
    public boolean isWorse() {
        return verdict() == Comparison.Verdict.WORSE;
    }

    /** The figures in a sentence. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: on %d images with %d objects the candidate's mean average precision at overlap 0.5 is %.1f %%, the baseline's %.1f %%; the difference is %s points (95 %% interval %s).",
                verdict().words(),
                images,
                truths,
                100 * candidate,
                100 * baseline,
                PercentagePoints.of(difference.value()),
                PercentagePoints.ends(difference));
    }
}
