package dev.fovea.evaluation.detection;

import dev.fovea.evaluation.classification.AlignedColumns;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report as plain text for a terminal: the summary and a row per class that images show. */
public final class DetectionReportTable {

    private DetectionReportTable() {}

    /** The whole report, lines ended by a newline. */
    public static String render(DetectionReport report) {
        AlignedColumns table = new AlignedColumns("class", "things", "AP50", "AP50:95");
        report.classes().stream()
                .filter(figures -> figures.support() > 0)
                .forEach(figures -> table.row(List.of(
                        figures.label(),
                        Long.toString(figures.support()),
                        percent(figures.ap50()),
                        percent(figures.ap50To95()))));
        return "%d images with %d things, mAP50 %s, mAP50:95 %s; intervals are 95 %%\n\n%s"
                .formatted(
                        report.images(),
                        report.truths(),
                        percent(report.map50()),
                        percent(report.map50To95()),
                        table.render());
    }

    private static String percent(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }

    private static String percent(Optional<Double> share) {
        return share.map(value -> String.format(Locale.ROOT, "%.1f %%", 100 * value))
                .orElse("–");
    }
}
