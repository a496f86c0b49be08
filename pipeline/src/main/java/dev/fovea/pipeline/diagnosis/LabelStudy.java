package dev.fovea.pipeline.diagnosis;

import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.labels.wrong.SuspectLabel;
import dev.fovea.labels.wrong.WrongLabelReport;
import dev.fovea.labels.wrong.WrongLabels;
import dev.fovea.pipeline.curation.DatasetVerdict;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.learning.ClassScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What correcting wrong labels would bring. An image counts for its given label and for the likely one by the
 * probability that the label is wrong, so that the score after the correction is an expectation for the same heads:
 * what they gain by learning from right labels is not in it. Where the features tell too few labels, their errors and
 * wrong labels cannot be told apart, and only an upper end is stated.
 */
final class LabelStudy {

    private static final int EXAMPLES = 5;
    private static final double MIN_SHARE = 0.003;

    private LabelStudy() {}

    /** Empty where no label is suspect. */
    static Optional<DiagnosisFinding> of(StudiedSet set, QualityTarget target, Interval now, long seed) {
        List<GivenLabel> labels = new ArrayList<>();
        for (int row = 0; row < set.given().length; row++) {
            labels.add(new GivenLabel(
                    Integer.toString(row),
                    set.labels().get(set.given()[row]),
                    Optional.of(Integer.toString(set.features().groups()[row])),
                    false));
        }
        WrongLabelReport report =
                new WrongLabels(seed).find(labels, set.features().features());
        List<SuspectLabel> suspects =
                report.suspects().stream().filter(SuspectLabel::confident).toList();
        if (suspects.isEmpty() || report.share().value() < MIN_SHARE) {
            return Optional.empty();
        }
        ClassScore score = target.score(set.labels());
        double all = corrected(set, report, score, 1);
        List<String> examples = suspects.stream()
                .limit(EXAMPLES)
                .map(suspect ->
                        "%s: likely %s".formatted(set.shown(Integer.parseInt(suspect.image())), suspect.likely()))
                .toList();
        if (!DatasetVerdict.isEstimated(report.accuracy())) {
            return Optional.of(new DiagnosisFinding(
                    FindingCause.WRONG_LABELS,
                    Standing.NOTED,
                    "%,d labels look wrong. How many are cannot be said, because the features tell only %s of the labels. If all of these were wrong and corrected, %s would be %s."
                            .formatted(
                                    suspects.size(),
                                    FindingText.percent(report.accuracy()),
                                    target.measure(),
                                    FindingText.percent(Math.max(now.value(), all))),
                    "Look at the first %,d of the list (fovea data check): the share that is wrong says what correcting the rest brings."
                            .formatted(Math.min(100, suspects.size())),
                    Optional.empty(),
                    examples));
        }
        Interval share = report.share();
        Interval after = Interval.within(
                Math.max(now.value(), all),
                Math.max(now.value(), corrected(set, report, score, share.low() / share.value())),
                corrected(set, report, score, share.high() / share.value()),
                0,
                1);
        return Optional.of(new DiagnosisFinding(
                FindingCause.WRONG_LABELS,
                Standing.HELPS,
                "About %s of the labels are wrong. Judged by corrected labels, %s of the same heads would be %s; learning from them adds to that."
                        .formatted(FindingText.percent(share), target.measure(), FindingText.percent(after)),
                "Review the first %,d suspects (fovea data check): half of the wrong labels are among them."
                        .formatted(report.reviewToHalve()),
                Optional.of(after),
                examples));
    }

    /** The expected score when each label is wrong with so many times its probability. */
    private static double corrected(StudiedSet set, WrongLabelReport report, ClassScore score, double times) {
        double[][] confusion = new double[set.classes()][set.classes()];
        for (SuspectLabel suspect : report.suspects()) {
            int row = Integer.parseInt(suspect.image());
            double wrong = Math.min(1, times * suspect.wrong());
            confusion[set.given()[row]][set.predicted()[row]] += 1 - wrong;
            confusion[set.labels().indexOf(suspect.likely())][set.predicted()[row]] += wrong;
        }
        return score.of(confusion);
    }
}
