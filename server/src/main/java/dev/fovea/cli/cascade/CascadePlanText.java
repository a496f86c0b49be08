package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.cascade.CascadeReport;
import dev.fovea.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A planned cascade for people. */
record CascadePlanText(CascadeReport report) {

    String table() {
        TextTable table = new TextTable("", "THRESHOLD", "RIGHT", "ESCALATED", "COST PER 1,000");
        for (CascadeReport.PlanPoint point : report.curve()) {
            table.row(
                    point.threshold() == report.chosen().threshold() ? "→" : "",
                    threshold(point.threshold()),
                    percent(point.accuracy()),
                    percent(point.share()),
                    cost(point.costPerThousand()));
        }
        return table.toString();
    }

    String verdict() {
        CascadeReport.PlanPoint expected = report.expected();
        String promise =
                "On new images expect %s right, %s escalated to %s and a cost of %s for 1,000 images (95 %% intervals)."
                        .formatted(
                                percent(expected.accuracy()),
                                percent(expected.share()),
                                report.models().larger(),
                                cost(expected.costPerThousand()));
        String outcome = report.goal().reached()
                ? "%s reaches %s %% at the threshold %s."
                        .formatted(
                                report.models().model(),
                                number(100 * report.goal().wanted()),
                                threshold(report.chosen().threshold()))
                : "No threshold reaches %s %%; the most accurate is %s."
                        .formatted(
                                number(100 * report.goal().wanted()),
                                threshold(report.chosen().threshold()));
        return String.join(System.lineSeparator(), judged(), outcome, promise, next());
    }

    /** How many images it rests on, which were left out, and what is not known of the models. */
    private String judged() {
        List<String> leftOut = new ArrayList<>();
        if (report.images().learnedFrom() > 0) {
            leftOut.add("%,d that one of the models was trained on"
                    .formatted(report.images().learnedFrom()));
        }
        if (report.images().repeated() > 0) {
            leftOut.add("%,d with the content of another one"
                    .formatted(report.images().repeated()));
        }
        report.images().failed().forEach((code, count) -> leftOut.add("%,d with %s".formatted(count, code)));
        return "Evaluated on %,d images%s.%s"
                .formatted(
                        report.images().images(),
                        leftOut.isEmpty() ? "" : "; left out: " + String.join(", ", leftOut),
                        report.learningUnknown().stream()
                                .map(
                                        " The training data of %s are unknown; if these images are among them, its result is too good."
                                                ::formatted)
                                .collect(Collectors.joining()));
    }

    private String next() {
        if (report.goal().applied()) {
            return "It is declared; a running server follows within a second.";
        }
        return report.goal().reached()
                ? "To declare it, add --apply."
                : "Nothing is declared. Ask for less, or choose a larger model that is better.";
    }

    private String cost(Interval perThousand) {
        return cost(perThousand, report.unit());
    }

    static String cost(Interval perThousand, String unit) {
        return "%s (%s–%s) %s"
                .formatted(number(perThousand.value()), number(perThousand.low()), number(perThousand.high()), unit);
    }

    private static String threshold(double value) {
        return value == 0 ? "0 (alone)" : value > 1 ? "2 (always)" : String.format(Locale.ROOT, "%.6f", value);
    }

    static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String percent(Interval figure) {
        return String.format(
                Locale.ROOT, "%.1f %% (%.1f–%.1f)", 100 * figure.value(), 100 * figure.low(), 100 * figure.high());
    }
}
