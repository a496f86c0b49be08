package dev.fovea.pipeline.curation;

import dev.fovea.fault.Counted;
import dev.fovea.labels.wrong.WrongLabelReport;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a check of a data set means, in words. Pure. */
public final class DatasetVerdict {

    /** Share of images whose class the embeddings tell; below it the share of wrong labels is not stated. */
    private static final double TRUSTED = 0.9;

    private DatasetVerdict() {}

    /** The most important sentence first. */
    public static List<String> sentences(DatasetFindings findings) {
        List<String> sentences = new ArrayList<>(
                switch (findings.labels()) {
                    case LabelFindings.SingleClass(var report) ->
                        List.of(labels(report, findings.compared().images()));
                    case LabelFindings.SeveralClasses(var report) -> SeveralLabelsVerdict.of(report);
                    case LabelFindings.Boxes boxes -> BoxVerdict.of(boxes);
                    case LabelFindings.NotJudged(String reason) -> List.of(reason);
                });
        sentences.add("%s, %s between splits, %s not belong, %,d unreadable."
                .formatted(
                        Counted.of(findings.nearDuplicates().size(), "near duplicate", "near duplicates"),
                        Counted.of(findings.leaks().size(), "leak", "leaks"),
                        Counted.of(findings.strangers().size(), "image that does", "images that do"),
                        findings.compared().unreadable().size()));
        sentences.add("%s compared by %s."
                .formatted(
                        Counted.of(findings.compared().images(), "image was", "images were"),
                        findings.compared().embeddings()));
        return List.copyOf(sentences);
    }

    /** Poor embeddings make right labels look wrong, so that the share is then no estimate. */
    public static boolean isEstimated(double accuracy) {
        return accuracy >= TRUSTED;
    }

    private static String labels(WrongLabelReport report, int images) {
        if (!isEstimated(report.accuracy())) {
            return String.format(
                    Locale.ROOT,
                    "How many labels are wrong cannot be said: the embeddings give only %.0f %% of the images the class that they are labelled with. Look at the labels in the order of the list, or use a better model.",
                    100 * report.accuracy());
        }
        if (report.suspects().isEmpty()) {
            return "No label is suspect: about %s of the labels are wrong.".formatted(percent(report.share()));
        }
        return String.format(
                Locale.ROOT,
                "About %s of the labels are wrong. To find half of these, look at the first %,d of the list; without it, at half of all %,d images.",
                percent(report.share()),
                report.reviewToHalve(),
                images);
    }

    /** As {@code 5.2 % (3.9–6.8 %)}. */
    public static String percent(Interval share) {
        return String.format(
                Locale.ROOT, "%.1f %% (%.1f–%.1f %%)", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }
}
