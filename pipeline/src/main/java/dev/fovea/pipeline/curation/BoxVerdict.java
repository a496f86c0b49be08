package dev.fovea.pipeline.curation;

import dev.fovea.labels.wrong.SuspectBox;
import dev.fovea.labels.wrong.WrongBoxReport;
import dev.fovea.statistics.labelerrors.BoxIssueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a comparison of boxes with a detector means, in words. Pure. */
final class BoxVerdict {

    /** Suspicion from which a box counts as probably wrong. */
    private static final double PROBABLE = 0.5;

    /** A detector that confirms a smaller share of the boxes tells little about them. */
    private static final double TRUSTED = 0.5;

    private BoxVerdict() {}

    static List<String> of(LabelFindings.Boxes boxes) {
        WrongBoxReport report = boxes.report();
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "%,d of %,d boxes look wrong to %s: %,d spurious, %,d misplaced, %,d of another class; and %,d objects look overlooked.",
                probable(report, BoxIssueKind.SPURIOUS)
                        + probable(report, BoxIssueKind.MISPLACED)
                        + probable(report, BoxIssueKind.SWAPPED),
                report.boxes(),
                boxes.detector(),
                probable(report, BoxIssueKind.SPURIOUS),
                probable(report, BoxIssueKind.MISPLACED),
                probable(report, BoxIssueKind.SWAPPED),
                probable(report, BoxIssueKind.OVERLOOKED)));
        sentences.add(String.format(
                Locale.ROOT,
                "%s confirms %.0f %% of the boxes%s. How many of the others are wrong cannot be said: suspicion is no probability. Look at them in the order of the list.",
                boxes.detector(),
                100 * report.confirmedShare(),
                report.confirmedShare() < TRUSTED
                        ? ", so few that its own faults fill the list; use a better detector"
                        : ""));
        boxes.learned()
                .ifPresentOrElse(
                        count -> {
                            if (count > 0) {
                                sentences.add(
                                        "It learned from %,d of the %,d images, so that it repeats their wrong boxes: the list is incomplete."
                                                .formatted(count, report.images()));
                            }
                        },
                        () -> sentences.add(
                                "What %s learned from is not on record. If it learned from these images, it repeats their wrong boxes."
                                        .formatted(boxes.detector())));
        if (!report.unjudged().isEmpty()) {
            sentences.add("Not judged, since %s does not know them: %s."
                    .formatted(boxes.detector(), String.join(", ", report.unjudged())));
        }
        return sentences;
    }

    private static long probable(WrongBoxReport report, BoxIssueKind kind) {
        return report.suspects().stream()
                .filter(each -> each.kind() == kind && each.suspicion() >= PROBABLE)
                .map(SuspectBox::kind)
                .count();
    }
}
