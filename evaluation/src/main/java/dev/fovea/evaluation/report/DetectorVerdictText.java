package dev.fovea.evaluation.report;

import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.DetectionReport.ClassFigures;
import dev.fovea.evaluation.report.DetectorVerdict.NeverDetected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences of a detector's verdict. */
final class DetectorVerdictText {

    private static final int FEW_OBJECTS = 100;
    private static final int FEW_IMAGES = 50;
    private static final int FEW_OF_A_CLASS = 10;

    private DetectorVerdictText() {}

    /** The headline first; labels are quoted, with control characters shown as {@code ?}. */
    static List<String> of(DetectorVerdict verdict, DetectionReport report) {
        List<String> sentences = new ArrayList<>();
        sentences.add(headline(verdict));
        sentences.add("Averaged over overlaps 0.5 to 0.95 (mAP50:95), it is %s."
                .formatted(VerdictText.percent(report.map50To95())));
        neverFound(verdict).ifPresent(sentences::add);
        unsure(verdict).ifPresent(sentences::add);
        sentences.add(evidence(verdict, report));
        VerdictText.unseen(verdict.unseen()).ifPresent(sentences::add);
        return sentences;
    }

    private static String headline(DetectorVerdict verdict) {
        String precision = String.format(
                Locale.ROOT,
                "its mean average precision at overlap 0.5 (mAP50) is %.1f %% (95 %% interval %.1f to %.1f)",
                100 * verdict.map50().value(),
                100 * verdict.map50().low(),
                100 * verdict.map50().high());
        return switch (verdict.outcome()) {
            case USABLE -> "Usable: it finds objects of the classes shown; %s.".formatted(precision);
            case CLASSES_NEVER_FOUND ->
                "Not usable as it is: it never finds %s. Else it finds objects; %s."
                        .formatted(
                                VerdictText.names(shown(verdict).stream()
                                        .map(NeverDetected::label)
                                        .toList()),
                                precision);
            case TOO_FEW_OBJECTS ->
                "Unknown whether it is usable: the images have %s, and %d or more are needed; %s."
                        .formatted(
                                VerdictText.counted("%d object%s", verdict.objects()),
                                DetectorVerdict.MIN_OBJECTS,
                                precision);
            case FINDS_NOTHING -> "Not usable: not shown to find more than nothing; %s.".formatted(precision);
        };
    }

    private static List<NeverDetected> shown(DetectorVerdict verdict) {
        return verdict.neverFound().stream().filter(NeverDetected::shown).toList();
    }

    private static Optional<String> neverFound(DetectorVerdict verdict) {
        List<NeverDetected> shown = shown(verdict);
        return shown.isEmpty() ? Optional.empty() : Optional.of("Never found: %s.".formatted(counted(shown)));
    }

    private static Optional<String> unsure(DetectorVerdict verdict) {
        List<NeverDetected> few =
                verdict.neverFound().stream().filter(one -> !one.shown()).toList();
        return few.isEmpty()
                ? Optional.empty()
                : Optional.of("Not found, but with too few objects for a conclusion: %s.".formatted(counted(few)));
    }

    private static String counted(List<NeverDetected> classes) {
        return classes.stream()
                        .limit(VerdictText.MAX_NAMED)
                        .map(one -> "%s (%s)"
                                .formatted(
                                        VerdictText.quoted(one.label()),
                                        VerdictText.counted("none of its %d object%s", one.support())))
                        .collect(Collectors.joining(", "))
                + VerdictText.more(classes.size());
    }

    private static String evidence(DetectorVerdict verdict, DetectionReport report) {
        ClassFigures rarest = report.classes().stream()
                .filter(figures -> figures.support() > 0)
                .min(Comparator.comparingLong(ClassFigures::support))
                .orElseThrow();
        boolean isFew =
                verdict.objects() < FEW_OBJECTS || verdict.images() < FEW_IMAGES || rarest.support() < FEW_OF_A_CLASS;
        return "%s in %s; the rarest class, %s, has %d.%s"
                .formatted(
                        VerdictText.counted("This rests on %d object%s", verdict.objects()),
                        VerdictText.counted("%d image%s", verdict.images()),
                        VerdictText.quoted(rarest.label()),
                        rarest.support(),
                        isFew ? " That is few: add images before you rely on it." : "");
    }
}
