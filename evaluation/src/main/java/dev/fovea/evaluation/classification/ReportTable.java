package dev.fovea.evaluation.classification;

import dev.fovea.evaluation.classification.ClassificationReport.ClassScores;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The report as plain text for a terminal: a row per class, the summary, and the confusion matrix. A matrix wider than
 * the terminal becomes a list of the most frequent confusions.
 */
public final class ReportTable {

    /** Characters per line where nothing else is known. */
    public static final int DEFAULT_WIDTH = 100;

    private static final int MAX_CONFUSIONS = 20;

    /** A truth, a wrong prediction, and their count. */
    private record Confusion(int truth, int prediction, long times) {}

    private final int width;

    /** A table for a terminal of {@code width} characters; class rows may be wider, the matrix is not. */
    public ReportTable(int width) {
        this.width = width;
    }

    /** The whole report, lines ended by a newline. */
    public String render(ClassificationReport report) {
        return String.join("\n", classes(report), summary(report), calibration(report), confusion(report));
    }

    private static String summary(ClassificationReport report) {
        StringBuilder text = new StringBuilder(
                "%d images, accuracy %s; intervals are 95 %%\n".formatted(report.images(), percent(report.accuracy())));
        if (!report.failed().isEmpty()) {
            text.append(report.failed().entrySet().stream()
                    .map(failure -> "%d %s".formatted(failure.getValue(), failure.getKey()))
                    .collect(Collectors.joining(", ", "not scored: ", "\n")));
        }
        return text.toString();
    }

    private static String classes(ClassificationReport report) {
        AlignedColumns table = new AlignedColumns("class", "images", "precision", "recall", "F1");
        for (ClassScores figures : report.classes()) {
            table.row(List.of(
                    figures.label(),
                    Long.toString(figures.support()),
                    percent(figures.precision()),
                    percent(figures.recall()),
                    percent(figures.f1())));
        }
        table.row(List.of(
                "mean of classes",
                Long.toString(report.images()),
                percent(report.macro().precision()),
                percent(report.macro().recall()),
                percent(report.macro().f1())));
        return table.render();
    }

    private static String calibration(ClassificationReport report) {
        CalibrationFigures calibration = report.calibration();
        if (!calibration.scales()) {
            return String.format(
                    Locale.ROOT,
                    "calibration error %s; temperature scaling is off: it does not improve it (%s, cross-fitted)\n",
                    percent(calibration.before()),
                    percent(calibration.after()));
        }
        return String.format(
                Locale.ROOT,
                "calibration error %s as it is, %s with temperature scaling (cross-fitted); temperature %.2f\n",
                percent(calibration.before()),
                percent(calibration.after()),
                calibration.temperature());
    }

    private String confusion(ClassificationReport report) {
        List<String> labels = report.labels();
        List<String> numbers = IntStream.rangeClosed(1, labels.size())
                .mapToObj(Integer::toString)
                .toList();
        List<String> numbered = IntStream.range(0, labels.size())
                .mapToObj(k -> numbers.get(k) + " " + labels.get(k))
                .toList();
        return Stream.of(
                        matrix("truth \\ predicted", labels, labels, report.confusion()),
                        matrix("truth \\ predicted", numbered, numbers, report.confusion()))
                .filter(table -> table.width() <= width)
                .findFirst()
                .map(AlignedColumns::render)
                .orElseGet(() -> commonest(labels, report.confusion()));
    }

    private static AlignedColumns matrix(
            String corner, List<String> rows, List<String> columns, ConfusionMatrix confusion) {
        List<String> heading = new ArrayList<>(List.of(corner));
        heading.addAll(columns);
        AlignedColumns table = new AlignedColumns(heading.toArray(String[]::new));
        for (int truth = 0; truth < rows.size(); truth++) {
            List<String> row = new ArrayList<>(List.of(rows.get(truth)));
            for (long count : confusion.counts().get(truth)) {
                // A dot for zero, so that the eye finds what is wrong.
                row.add(count == 0 ? "·" : Long.toString(count));
            }
            table.row(row);
        }
        return table;
    }

    private static String commonest(List<String> labels, ConfusionMatrix confusion) {
        List<Confusion> confusions = IntStream.range(0, labels.size())
                .boxed()
                .flatMap(truth -> IntStream.range(0, labels.size())
                        .filter(prediction -> prediction != truth && confusion.count(truth, prediction) > 0)
                        .mapToObj(prediction -> new Confusion(truth, prediction, confusion.count(truth, prediction))))
                .sorted(Comparator.comparingLong(Confusion::times).reversed())
                .toList();
        if (confusions.isEmpty()) {
            return "no class was confused with another\n";
        }
        AlignedColumns table = new AlignedColumns("truth", "predicted", "times", "of images");
        confusions.stream()
                .limit(MAX_CONFUSIONS)
                .forEach(one -> table.row(List.of(
                        labels.get(one.truth()),
                        labels.get(one.prediction()),
                        Long.toString(one.times()),
                        Long.toString(confusion.support(one.truth())))));
        int left = confusions.size() - MAX_CONFUSIONS;
        return table.render() + (left > 0 ? "and %d rarer confusions\n".formatted(left) : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String percent(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%s (%.1f to %.1f)",
                percent(interval.value()),
                100 * interval.low(),
                100 * interval.high());
    }

    private static String percent(Optional<Interval> interval) {
        return interval.map(ReportTable::percent).orElse("–");
    }
}
