package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.F1Interval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The metrics of a classifier on one set of images. All intervals are 95 %, without correction for multiplicity.
 *
 * @param images that were scored, 1 or more
 * @param failed number of rejected images, by error code; excluded from all other figures
 * @param accuracy fraction of correct predictions among the scored images
 * @param macro means over the classes that images show
 * @param classes K classes, in label order
 * @param confusion {@code [K,K]}, row = truth, column = prediction, in label order
 * @param calibration expected calibration error
 */
public record ClassificationReport(
        long images,
        SortedMap<ErrorCode, Integer> failed,
        Interval accuracy,
        Macro macro,
        List<ClassScores> classes,
        ConfusionMatrix confusion,
        CalibrationFigures calibration) {

    /** Unweighted means over the classes that images show; see {@link ConfusionMatrix} for undefined precision. */
    public record Macro(double precision, double recall, double f1) {}

    /**
     * One class.
     *
     * @param label its name
     * @param support number of its images
     * @param precision absent if it was never predicted
     * @param recall absent without images of it
     * @param f1 absent if it has neither images nor predictions
     */
    public record ClassScores(
            String label,
            long support,
            Optional<Interval> precision,
            Optional<Interval> recall,
            Optional<Interval> f1) {}

    public ClassificationReport {
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        classes = List.copyOf(classes);
        if (classes.size() != confusion.classes()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A report of %d classes with a confusion matrix of %d."
                            .formatted(classes.size(), confusion.classes()));
        }
    }

    /** Computes the report; {@code DATASET_INVALID} if no image was scored. */
    public static ClassificationReport of(ScoredImages images) {
        if (images.scored().isEmpty()) {
            throw nothingScored(images);
        }
        ConfusionMatrix confusion = images.confusion();
        return new ClassificationReport(
                confusion.total(),
                images.failures(),
                WilsonInterval.of(confusion.correct(), confusion.total()),
                macro(confusion),
                IntStream.range(0, confusion.classes())
                        .mapToObj(k -> figures(images.labels().get(k), k, confusion))
                        .toList(),
                confusion,
                CalibrationFigures.of(images.scored()));
    }

    /** Names of the classes, in order. */
    public List<String> labels() {
        return classes.stream().map(ClassScores::label).toList();
    }

    private static Macro macro(ConfusionMatrix confusion) {
        return new Macro(
                confusion.macroPrecision().orElseThrow(),
                confusion.macroRecall().orElseThrow(),
                confusion.macroF1().orElseThrow());
    }

    private static ClassScores figures(String label, int k, ConfusionMatrix confusion) {
        long truePositives = confusion.truePositives(k);
        long falsePositives = confusion.falsePositives(k);
        long falseNegatives = confusion.falseNegatives(k);
        return new ClassScores(
                label,
                confusion.support(k),
                proportion(truePositives, confusion.predicted(k)),
                proportion(truePositives, confusion.support(k)),
                truePositives + falsePositives + falseNegatives == 0
                        ? Optional.empty()
                        : Optional.of(F1Interval.of(truePositives, falsePositives, falseNegatives)));
    }

    private static Optional<Interval> proportion(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(part, whole));
    }

    private static FoveaException nothingScored(ScoredImages images) {
        String reason = images.failed().isEmpty()
                ? "No images to evaluate. Add one or more for each class."
                : "None of the %d images could be scored; the first, %s: %s"
                        .formatted(
                                images.failed().size(),
                                images.failed().getFirst().image(),
                                images.failed().getFirst().message());
        return new FoveaException(ErrorCode.DATASET_INVALID, reason);
    }
}
