package dev.fovea.evaluation.report;

import dev.fovea.evaluation.classification.AlignedColumns;
import dev.fovea.evaluation.report.MultiLabelReport.LabelFigures;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/** A multi-label report as plain text for a terminal: a row per label that images show or that was predicted. */
public final class MultiLabelTable {

    private MultiLabelTable() {}

    /** The whole report, lines ended by a newline. */
    public static String render(MultiLabelReport report) {
        AlignedColumns table =
                new AlignedColumns("label", "images", "predicted", "precision", "recall", "avg. precision");
        for (LabelFigures figures : report.labels()) {
            if (figures.support() + figures.predicted() > 0) {
                table.row(List.of(
                        figures.label(),
                        Long.toString(figures.support()),
                        Long.toString(figures.predicted()),
                        percent(figures.precision()),
                        percent(figures.recall()),
                        percent(figures.averagePrecision())));
            }
        }
        return "%d images, threshold %s; intervals are 95 %%\n\n%s"
                .formatted(report.images(), report.threshold(), table.render());
    }

    private static String percent(Optional<Interval> share) {
        return share.map(VerdictText::percent).orElse("–");
    }
}
