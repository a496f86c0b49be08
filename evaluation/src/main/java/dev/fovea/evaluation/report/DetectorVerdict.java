package dev.fovea.evaluation.report;

import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.DetectionReport.ClassFigures;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.List;

/**
 * Whether a detector is usable. The 95 % interval of the mean average precision at overlap 0.5 must be above
 * {@value #NOTHING}, which random boxes hardly reach. No class may be significantly undetected. Pure.
 *
 * @param outcome of the verdict
 * @param images number of evaluated images
 * @param objects number of objects in the images
 * @param map50 mean average precision at overlap 0.5
 * @param neverFound classes without any true positive at any score, in label order
 * @param unseen labels without objects, in label order
 * @param sentences readable sentences, by importance
 */
public record DetectorVerdict(
        DetectorOutcome outcome,
        long images,
        long objects,
        Interval map50,
        List<NeverDetected> neverFound,
        List<String> unseen,
        List<String> sentences)
        implements EvaluationVerdict {

    /** A mean average precision that is as good as none. */
    static final double NOTHING = 0.01;

    /** A class counts as never found when less than this share of its objects can be within reach. */
    private static final double HALF = 0.5;

    /** Minimum number of objects: even 9 of 9 found has an interval down to two thirds. */
    static final int MIN_OBJECTS = 10;

    /** What the images show. */
    public enum DetectorOutcome {
        /** It finds objects, and none of the classes that images show is shown never to be found. */
        USABLE,
        /** It finds objects, but is blind to a class. */
        CLASSES_NEVER_FOUND,
        /** Not shown to find more than nothing. */
        FINDS_NOTHING,
        /** The images have fewer than 10 objects. */
        TOO_FEW_OBJECTS
    }

    /**
     * A class without true positives.
     *
     * @param support number of its objects, 1 or more
     * @param recall 0, with its Wilson interval
     * @param shown whether the interval is below one half, which needs 4 or more objects
     */
    public record NeverDetected(String label, long support, Interval recall, boolean shown) {}

    public DetectorVerdict {
        neverFound = List.copyOf(neverFound);
        unseen = List.copyOf(unseen);
        sentences = List.copyOf(sentences);
    }

    /** The verdict of a report. */
    public static DetectorVerdict of(DetectionReport report) {
        List<NeverDetected> neverFound = report.classes().stream()
                .filter(figures -> figures.support() > 0
                        && figures.ap50().filter(ap -> ap == 0).isPresent())
                .map(figures -> neverFound(figures.label(), figures.support()))
                .toList();
        DetectorVerdict silent = new DetectorVerdict(
                outcome(report, neverFound),
                report.images(),
                report.truths(),
                report.map50(),
                neverFound,
                report.classes().stream()
                        .filter(figures -> figures.support() == 0)
                        .map(ClassFigures::label)
                        .toList(),
                List.of());
        return silent.with(DetectorVerdictText.of(silent, report));
    }

    private DetectorVerdict with(List<String> words) {
        return new DetectorVerdict(outcome, images, objects, map50, neverFound, unseen, words);
    }

    private static NeverDetected neverFound(String label, long support) {
        Interval recall = WilsonInterval.of(0, support);
        return new NeverDetected(label, support, recall, recall.high() < HALF);
    }

    private static DetectorOutcome outcome(DetectionReport report, List<NeverDetected> neverFound) {
        if (report.truths() < MIN_OBJECTS) {
            return DetectorOutcome.TOO_FEW_OBJECTS;
        }
        if (report.map50().low() <= NOTHING) {
            return DetectorOutcome.FINDS_NOTHING;
        }
        return neverFound.stream().anyMatch(NeverDetected::shown)
                ? DetectorOutcome.CLASSES_NEVER_FOUND
                : DetectorOutcome.USABLE;
    }

    @Override
    public boolean clearsFloor() {
        return outcome == DetectorOutcome.USABLE;
    }
}
