package dev.fovea.evaluation.report;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ClassificationReport.ClassScores;
import dev.fovea.evaluation.classification.PercentagePoints;
import dev.fovea.evaluation.report.ModelVerdict.Majority;
import dev.fovea.evaluation.report.ModelVerdict.NeverFound;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A verdict's sentences. */
final class VerdictText {

    /** With fewer images of a class, its recall is hardly known. */
    private static final int FEW_OF_A_CLASS = 10;

    private static final int FEW = 100;
    static final int MAX_NAMED = 8;

    private VerdictText() {}

    /** The headline first; labels are quoted, with control characters shown as {@code ?}. */
    static List<String> of(ModelVerdict verdict, ClassificationReport report) {
        List<String> sentences = new ArrayList<>();
        sentences.add(detected(verdict, report)
                .or(() -> onlyMajority(verdict, report))
                .orElseGet(() -> headline(verdict)));
        sentences.add(figures(verdict));
        neverFound(verdict).ifPresent(sentences::add);
        aboveChance(verdict, report).ifPresent(sentences::add);
        sentences.add(evidence(verdict, report));
        unseen(verdict.unseen()).ifPresent(sentences::add);
        return sentences;
    }

    /** Of an anomaly detector whose test images show both classes. */
    private static Optional<String> detected(ModelVerdict verdict, ClassificationReport report) {
        if (!ModelVerdict.isDetector(report.labels())
                || !verdict.unseen().isEmpty()
                || !verdict.neverFound().isEmpty()) {
            return Optional.empty();
        }
        ClassScores good = report.classes().getFirst();
        ClassScores anomalous = report.classes().getLast();
        long alarms = report.confusion().falseNegatives(0);
        return Optional.of("%s: it finds %d of %d anomalous images and raises %d false alarm%s on %d good ones."
                .formatted(
                        verdict.clearsFloor() ? "Usable" : "Not usable",
                        report.confusion().truePositives(1),
                        anomalous.support(),
                        alarms,
                        alarms == 1 ? "" : "s",
                        good.support()));
    }

    /** Of a classifier that finds a class of more images than others and no other, however good its accuracy looks. */
    private static Optional<String> onlyMajority(ModelVerdict verdict, ClassificationReport report) {
        long shown = shown(report);
        String label = verdict.majority().label();
        if (shown < 2
                || verdict.majority().share() <= 1.0 / shown
                || verdict.neverFound().size() != shown - 1
                || verdict.neverFound().stream().anyMatch(never -> never.label().equals(label))) {
            return Optional.empty();
        }
        return Optional.of(
                "Not usable: it has learned only the majority, %s, which it predicts for %d of %d images. It finds none of the %d images of other classes."
                        .formatted(
                                quoted(label),
                                report.confusion().predicted(report.labels().indexOf(label)),
                                verdict.images(),
                                verdict.neverFound().stream()
                                        .mapToLong(NeverFound::support)
                                        .sum()));
    }

    private static String headline(ModelVerdict verdict) {
        Majority majority = verdict.majority();
        String constant = "always saying " + quoted(majority.label());
        String difference = "%s points of accuracy (95 %% interval %s)"
                .formatted(PercentagePoints.of(majority.gain().value()), PercentagePoints.ends(majority.gain()));
        return switch (verdict.outcome()) {
            case USABLE -> "Usable: better than %s, by %s.".formatted(constant, difference);
            case CLASSES_NEVER_FOUND ->
                "Not usable as it is: it never finds %s. Else it is better than %s, by %s."
                        .formatted(names(labels(verdict.neverFound())), constant, difference);
            case NO_BETTER_THAN_MAJORITY ->
                "Not usable: no better than %s. The difference is %s.".formatted(constant, difference);
            case WORSE_THAN_MAJORITY ->
                "Not usable: worse than %s. The difference is %s.".formatted(constant, difference);
        };
    }

    private static String figures(ModelVerdict verdict) {
        return "Balanced accuracy (mean recall of the classes) %s, accuracy %s, share of %s %s."
                .formatted(
                        percent(verdict.balancedAccuracy()),
                        percent(verdict.accuracy()),
                        quoted(verdict.majority().label()),
                        percent(verdict.majority().share()));
    }

    private static Optional<String> neverFound(ModelVerdict verdict) {
        if (verdict.neverFound().isEmpty()) {
            return Optional.empty();
        }
        String classes = verdict.neverFound().stream()
                .limit(MAX_NAMED)
                .map(one -> "%s (%s)".formatted(quoted(one.label()), counted("none of its %d image%s", one.support())))
                .collect(Collectors.joining(", "));
        String doubt = verdict.neverFound().stream()
                .filter(one -> one.support() < FEW_OF_A_CLASS)
                .min(Comparator.comparingLong(NeverFound::support))
                .map(one -> " %s: the true recall of %s may be as high as %s."
                        .formatted(
                                one.support() == 1
                                        ? "One image at zero is little evidence"
                                        : one.support() + " images at zero are little evidence",
                                quoted(one.label()),
                                percent(one.recall().high())))
                .orElse("");
        return Optional.of("Never found: %s%s.%s"
                .formatted(classes, more(verdict.neverFound().size()), doubt));
    }

    /** Balanced accuracy may be significant where accuracy is not: rare classes weigh as much as frequent ones. */
    private static Optional<String> aboveChance(ModelVerdict verdict, ClassificationReport report) {
        long shown = shown(report);
        boolean isBetter = verdict.outcome() == ModelVerdict.ClassifierOutcome.USABLE
                || verdict.outcome() == ModelVerdict.ClassifierOutcome.CLASSES_NEVER_FOUND;
        if (isBetter
                || !verdict.neverFound().isEmpty()
                || shown < 2
                || verdict.balancedAccuracy().low() <= 1.0 / shown) {
            return Optional.empty();
        }
        return Optional.of(
                "It has learned something, but not enough: its balanced accuracy lies above the %s of a constant prediction, its accuracy does not. If missing a rare class costs more than a false alarm, check the recall of each class."
                        .formatted(percent(1.0 / shown)));
    }

    private static String evidence(ModelVerdict verdict, ClassificationReport report) {
        String rests = counted("This rests on %d image%s", verdict.images());
        if (shown(report) < 2) {
            return rests + " of one class, which cannot show that it separates classes.";
        }
        ClassScores rarest = report.classes().stream()
                .filter(figures -> figures.support() > 0)
                .min(Comparator.comparingLong(ClassScores::support))
                .orElseThrow();
        boolean isFew = verdict.images() < FEW || rarest.support() < FEW_OF_A_CLASS;
        return "%s; the rarest class, %s, has %d.%s"
                .formatted(
                        rests,
                        quoted(rarest.label()),
                        rarest.support(),
                        isFew ? " That is few: add images before you rely on it." : "");
    }

    static Optional<String> unseen(List<String> labels) {
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of("No image shows %s: nothing is known of %s."
                        .formatted(names(labels), labels.size() == 1 ? "it" : "them"));
    }

    private static long shown(ClassificationReport report) {
        return report.classes().stream()
                .filter(figures -> figures.support() > 0)
                .count();
    }

    private static List<String> labels(List<NeverFound> classes) {
        return classes.stream().map(NeverFound::label).toList();
    }

    static String names(List<String> labels) {
        return labels.stream().limit(MAX_NAMED).map(VerdictText::quoted).collect(Collectors.joining(", "))
                + more(labels.size());
    }

    static String more(int all) {
        return all > MAX_NAMED ? " and %d more".formatted(all - MAX_NAMED) : "";
    }

    static String quoted(String label) {
        return '"' + label.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    static String counted(String format, long count) {
        return format.formatted(count, count == 1 ? "" : "s");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String percent(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }
}
