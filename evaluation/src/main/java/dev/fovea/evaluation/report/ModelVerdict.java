package dev.fovea.evaluation.report;

import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.McNemar;
import dev.fovea.statistics.MeanOfProportions;
import dev.fovea.statistics.PairedProportions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a classifier is usable. The baseline is the constant prediction of the most frequent class of the same
 * images. The classifier must be better by McNemar's mid-p test and by Newcombe's paired interval. An anomaly detector
 * must have a balanced accuracy above one half. Intervals are 95 %. Pure.
 *
 * @param outcome of the verdict
 * @param images number of evaluated images
 * @param majority the constant prediction and the paired comparison with it
 * @param accuracy fraction of correct predictions
 * @param balancedAccuracy mean recall of the classes with images, also called macro recall
 * @param neverFound classes with images but without true positives, in label order
 * @param unseen labels without images, in label order
 * @param sentences readable sentences, by importance
 */
public record ModelVerdict(
        ClassifierOutcome outcome,
        long images,
        Majority majority,
        Interval accuracy,
        Interval balancedAccuracy,
        List<NeverFound> neverFound,
        List<String> unseen,
        List<String> sentences)
        implements EvaluationVerdict {

    /** Balanced accuracy of any constant prediction of two classes. */
    private static final double CHANCE = 0.5;

    /** What the images show. */
    public enum ClassifierOutcome {
        /** Better than the constant prediction, and every class that images show is found. */
        USABLE,
        /** Better than the constant prediction, but blind to a class. */
        CLASSES_NEVER_FOUND,
        /** Not shown to be better than the constant prediction. */
        NO_BETTER_THAN_MAJORITY,
        /** Shown to be worse than the constant prediction. */
        WORSE_THAN_MAJORITY
    }

    /**
     * The constant prediction.
     *
     * @param label the constant label
     * @param share of its images, 0 to 1, which is its accuracy
     * @param gain the classifier's accuracy minus this share, with its paired interval
     * @param pValue two-sided mid-p value of McNemar's test
     */
    public record Majority(String label, double share, Interval gain, double pValue) {}

    /**
     * A class without true positives.
     *
     * @param support number of its images, 1 or more
     * @param recall 0, with its Wilson interval
     */
    public record NeverFound(String label, long support, Interval recall) {}

    public ModelVerdict {
        neverFound = List.copyOf(neverFound);
        unseen = List.copyOf(unseen);
        sentences = List.copyOf(sentences);
    }

    /** The verdict of a report. */
    public static ModelVerdict of(ClassificationReport report) {
        ConfusionMatrix confusion = report.confusion();
        List<String> labels = report.labels();
        Majority majority = majority(confusion, labels);
        List<NeverFound> neverFound = report.classes().stream()
                .filter(figures -> figures.support() > 0)
                .flatMap(figures -> figures
                        .recall()
                        .filter(recall -> recall.value() == 0)
                        .map(recall -> new NeverFound(figures.label(), figures.support(), recall))
                        .stream())
                .toList();
        List<String> unseen = report.classes().stream()
                .filter(figures -> figures.support() == 0)
                .map(ClassificationReport.ClassScores::label)
                .toList();
        ModelVerdict silent = new ModelVerdict(
                isDetector(labels) && neverFound.isEmpty() && unseen.isEmpty()
                        ? detected(balancedAccuracy(confusion))
                        : outcome(majority, neverFound),
                report.images(),
                majority,
                report.accuracy(),
                balancedAccuracy(confusion),
                neverFound,
                unseen,
                List.of());
        return silent.with(VerdictText.of(silent, report));
    }

    private ModelVerdict with(List<String> words) {
        return new ModelVerdict(outcome, images, majority, accuracy, balancedAccuracy, neverFound, unseen, words);
    }

    @Override
    public boolean clearsFloor() {
        return outcome == ClassifierOutcome.USABLE;
    }

    /** Whether the labels are those of an anomaly detector. */
    static boolean isDetector(List<String> labels) {
        return labels.equals(AnomalyFolder.LABELS);
    }

    /**
     * Test images of a detector are as many good and bad ones as somebody had, so that a constant prediction is no
     * baseline: it must find more than it raises false alarms.
     */
    private static ClassifierOutcome detected(Interval balancedAccuracy) {
        return balancedAccuracy.low() > CHANCE ? ClassifierOutcome.USABLE : ClassifierOutcome.NO_BETTER_THAN_MAJORITY;
    }

    private static ClassifierOutcome outcome(Majority majority, List<NeverFound> neverFound) {
        boolean differs = majority.pValue() < Comparison.LEVEL;
        if (differs && majority.gain().high() < 0) {
            return ClassifierOutcome.WORSE_THAN_MAJORITY;
        }
        if (!differs || majority.gain().low() <= 0) {
            return ClassifierOutcome.NO_BETTER_THAN_MAJORITY;
        }
        return neverFound.isEmpty() ? ClassifierOutcome.USABLE : ClassifierOutcome.CLASSES_NEVER_FOUND;
    }

    private static Majority majority(ConfusionMatrix confusion, List<String> labels) {
        int common = IntStream.range(0, confusion.classes())
                .boxed()
                .max(Comparator.comparingLong(confusion::support).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        int both = (int) confusion.truePositives(common);
        int onlyConstant = (int) confusion.falseNegatives(common);
        int onlyModel = (int) confusion.correct() - both;
        int neither = (int) confusion.total() - both - onlyConstant - onlyModel;
        return new Majority(
                labels.get(common),
                (double) confusion.support(common) / confusion.total(),
                new PairedProportions(both, onlyConstant, onlyModel, neither).difference(),
                McNemar.of(onlyConstant, onlyModel).midP());
    }

    private static Interval balancedAccuracy(ConfusionMatrix confusion) {
        int[] shown = IntStream.range(0, confusion.classes())
                .filter(label -> confusion.support(label) > 0)
                .toArray();
        return MeanOfProportions.of(
                IntStream.of(shown).mapToLong(confusion::truePositives).toArray(),
                IntStream.of(shown).mapToLong(confusion::support).toArray());
    }
}
