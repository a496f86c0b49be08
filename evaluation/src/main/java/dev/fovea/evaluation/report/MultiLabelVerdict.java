package dev.fovea.evaluation.report;

import dev.fovea.evaluation.classification.PercentagePoints;
import dev.fovea.evaluation.report.MultiLabelReport.LabelFigures;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a multi-label model is usable. The baseline is a random ranking: the 95 % interval of the gain in mean
 * average precision must be above zero. No label may be significantly undetected at the threshold. Pure.
 *
 * @param outcome of the verdict
 * @param images number of evaluated images
 * @param gain mean average precision minus that of a random ranking
 * @param neverFound labels without true positives, in label order
 * @param unseen labels without images, in label order
 * @param sentences readable sentences, by importance
 */
public record MultiLabelVerdict(
        MultiLabelOutcome outcome,
        long images,
        Interval gain,
        List<String> neverFound,
        List<String> unseen,
        List<String> sentences)
        implements EvaluationVerdict {

    private static final int FEW_OF_A_LABEL = 10;

    /** Where the interval of a recall of 0 ends below this, the label is never found; that needs 4 images. */
    private static final double HALF = 0.5;

    /** What the images show. */
    public enum MultiLabelOutcome {
        /** Better than at random, and no label is shown never to be found. */
        USABLE,
        /** Better than at random, but blind to a label at the threshold. */
        LABELS_NEVER_FOUND,
        /** Not shown to be better than a ranking at random. */
        NO_BETTER_THAN_CHANCE
    }

    public MultiLabelVerdict {
        neverFound = List.copyOf(neverFound);
        unseen = List.copyOf(unseen);
        sentences = List.copyOf(sentences);
    }

    /** The verdict of a report. */
    public static MultiLabelVerdict of(MultiLabelReport report) {
        List<String> neverFound = report.labels().stream()
                .filter(figures -> figures.recall()
                        .filter(recall -> recall.value() == 0 && recall.high() < HALF)
                        .isPresent())
                .map(LabelFigures::label)
                .toList();
        List<String> unseen = report.labels().stream()
                .filter(figures -> figures.support() == 0)
                .map(LabelFigures::label)
                .toList();
        MultiLabelOutcome outcome = report.gain().low() <= 0
                ? MultiLabelOutcome.NO_BETTER_THAN_CHANCE
                : neverFound.isEmpty() ? MultiLabelOutcome.USABLE : MultiLabelOutcome.LABELS_NEVER_FOUND;
        return new MultiLabelVerdict(
                outcome,
                report.images(),
                report.gain(),
                neverFound,
                unseen,
                sentences(outcome, report, neverFound, unseen));
    }

    @Override
    public boolean clearsFloor() {
        return outcome == MultiLabelOutcome.USABLE;
    }

    private static List<String> sentences(
            MultiLabelOutcome outcome, MultiLabelReport report, List<String> neverFound, List<String> unseen) {
        List<String> sentences = new ArrayList<>();
        String difference = "%s points of average precision (95 %% interval %s)"
                .formatted(PercentagePoints.of(report.gain().value()), PercentagePoints.ends(report.gain()));
        sentences.add(
                switch (outcome) {
                    case USABLE -> "Usable: better than a ranking at random, by %s.".formatted(difference);
                    case LABELS_NEVER_FOUND ->
                        "Not usable as it is: at the threshold of %s it never finds %s. Else it is better than a ranking at random, by %s."
                                .formatted(report.threshold(), VerdictText.names(neverFound), difference);
                    case NO_BETTER_THAN_CHANCE ->
                        "Not usable: not shown to be better than a ranking at random. The difference is %s."
                                .formatted(difference);
                });
        sentences.add(
                "Mean average precision of the labels: %s.".formatted(VerdictText.percent(report.averagePrecision())));
        LabelFigures rarest = report.labels().stream()
                .filter(figures -> figures.support() > 0)
                .min(Comparator.comparingLong(LabelFigures::support))
                .orElseThrow();
        sentences.add("%s; the rarest label, %s, is on %d.%s"
                .formatted(
                        VerdictText.counted("This rests on %d image%s", report.images()),
                        VerdictText.quoted(rarest.label()),
                        rarest.support(),
                        rarest.support() < FEW_OF_A_LABEL ? " That is few: add images before you rely on it." : ""));
        VerdictText.unseen(unseen).ifPresent(sentences::add);
        return sentences;
    }
}
