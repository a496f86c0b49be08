package dev.fovea.evaluation.classification;

import dev.fovea.evaluation.classification.Comparison.ClassDifference;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;

/** A comparison as plain text for a terminal: the verdict, then the difference of each class. */
public final class ComparisonTable {

    private ComparisonTable() {}

    /** The whole comparison, lines ended by a newline; differences are candidate less baseline, in points. */
    public static String render(Comparison comparison) {
        AlignedColumns table = new AlignedColumns("class", "images", "recall", "F1");
        for (ClassDifference difference : comparison.classes()) {
            table.row(List.of(
                    difference.label(),
                    Long.toString(difference.support()),
                    difference.recall().map(ComparisonTable::points).orElse("–"),
                    points(difference.f1())));
        }
        String unpaired = comparison.unpaired() == 0
                ? ""
                : "%d images were scored by one model only and left out\n".formatted(comparison.unpaired());
        return comparison.sentence() + "\n" + unpaired + "\n" + table.render();
    }

    private static String points(Interval difference) {
        return "%s (%s)".formatted(PercentagePoints.of(difference.value()), PercentagePoints.ends(difference));
    }

    private static String points(OptionalDouble difference) {
        return difference.isPresent() ? PercentagePoints.of(difference.getAsDouble()) : "–";
    }
}
