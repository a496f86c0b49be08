package dev.fovea.cli.cascade;

import dev.fovea.api.view.Views;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.registry.OtherModel;
import dev.fovea.statistics.CascadeCurve;
import dev.fovea.statistics.CascadePoint;
import dev.fovea.statistics.CascadeThreshold;
import dev.fovea.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A planned cascade for people and as JSON. */
record CascadePlanText(String model, OtherModel larger, CascadePlan plan, CascadeThreshold threshold, boolean applied) {

    private static final int ROWS = 12;

    /** One threshold; at 0 the small model answers alone, at 2 the larger one. */
    record PlanPoint(double threshold, Views.Figure accuracy, Views.Figure share, Views.Figure costPerThousand) {
        static PlanPoint of(CascadePoint point) {
            return new PlanPoint(
                    point.threshold(),
                    figure(point.accuracy()),
                    figure(point.escalated()),
                    figure(point.costPerThousand()));
        }
    }

    /** What {@code --json} prints. */
    record Result(
            String model,
            String larger,
            int images,
            int learnedFrom,
            int repeated,
            List<String> learningUnknown,
            Map<String, Integer> failed,
            double wanted,
            boolean reached,
            boolean applied,
            String unit,
            PlanPoint chosen,
            PlanPoint expected,
            List<PlanPoint> curve) {}

    Result json() {
        return new Result(
                model,
                larger.toString(),
                plan.scores().outcomes().size(),
                plan.images().learnedFrom(),
                plan.images().repeated(),
                plan.unknown(),
                failed(),
                threshold.wanted(),
                isReached(),
                applied,
                plan.unit(),
                PlanPoint.of(threshold.chosen()),
                PlanPoint.of(threshold.expected()),
                curve().stream().map(PlanPoint::of).toList());
    }

    String table() {
        TextTable table = new TextTable("", "THRESHOLD", "RIGHT", "ESCALATED", "COST PER 1,000");
        for (CascadePoint point : curve()) {
            table.row(
                    point.threshold() == threshold.chosen().threshold() ? "→" : "",
                    threshold(point.threshold()),
                    percent(figure(point.accuracy())),
                    percent(figure(point.escalated())),
                    cost(point.costPerThousand()));
        }
        return table.toString();
    }

    String verdict() {
        CascadePoint expected = threshold.expected();
        String promise =
                "On new images expect %s right, %s escalated to %s and a cost of %s for 1,000 images (95 %% intervals)."
                        .formatted(
                                percent(figure(expected.accuracy())),
                                percent(figure(expected.escalated())),
                                larger,
                                cost(expected.costPerThousand()));
        String outcome = isReached()
                ? "%s reaches %s %% at the threshold %s."
                        .formatted(
                                model,
                                number(100 * threshold.wanted()),
                                threshold(threshold.chosen().threshold()))
                : "No threshold reaches %s %%; the most accurate is %s."
                        .formatted(
                                number(100 * threshold.wanted()),
                                threshold(threshold.chosen().threshold()));
        return String.join(System.lineSeparator(), judged(), outcome, promise, next());
    }

    /** How many images it rests on, which were left out, and what is not known of the models. */
    private String judged() {
        List<String> leftOut = new ArrayList<>();
        if (plan.images().learnedFrom() > 0) {
            leftOut.add("%,d that one of the models was trained on"
                    .formatted(plan.images().learnedFrom()));
        }
        if (plan.images().repeated() > 0) {
            leftOut.add("%,d with the content of another one"
                    .formatted(plan.images().repeated()));
        }
        failed().forEach((code, count) -> leftOut.add("%,d with %s".formatted(count, code)));
        return "Judged on %,d images%s.%s"
                .formatted(
                        plan.scores().outcomes().size(),
                        leftOut.isEmpty() ? "" : "; left out: " + String.join(", ", leftOut),
                        plan.unknown().stream()
                                .map(
                                        " What %s was trained on is not known here; if these images are among it, it looks better than it is."
                                                ::formatted)
                                .collect(Collectors.joining()));
    }

    private String next() {
        if (applied) {
            return "It is declared; a running server follows within a second.";
        }
        return isReached()
                ? "To declare it, add --apply."
                : "Nothing is declared. Ask for less, or choose a larger model that is better.";
    }

    private boolean isReached() {
        return threshold instanceof CascadeThreshold.Reached;
    }

    private Map<String, Integer> failed() {
        Map<String, Integer> failed = new TreeMap<>();
        plan.scores().failed().forEach((code, count) -> failed.put(code.name(), count));
        return failed;
    }

    /** A dozen points at even steps of the share escalated, the ends and the chosen one among them. */
    private List<CascadePoint> curve() {
        List<CascadePoint> all = CascadeCurve.of(plan.scores().outcomes()).points();
        List<CascadePoint> some = new ArrayList<>();
        int last = -1;
        for (int row = 0; row < ROWS; row++) {
            int place = Math.round((float) row * (all.size() - 1) / (ROWS - 1));
            for (int i = last + 1; i <= place; i++) {
                boolean chosen = all.get(i).threshold() == threshold.chosen().threshold();
                if (i == place || chosen) {
                    some.add(all.get(i));
                }
            }
            last = Math.max(last, place);
        }
        return some;
    }

    private String cost(Interval perThousand) {
        return cost(figure(perThousand), plan.unit());
    }

    static String cost(Views.Figure perThousand, String unit) {
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

    static String percent(Views.Figure figure) {
        return String.format(
                Locale.ROOT, "%.1f %% (%.1f–%.1f)", 100 * figure.value(), 100 * figure.low(), 100 * figure.high());
    }

    private static Views.Figure figure(Interval interval) {
        return new Views.Figure(interval.value(), interval.low(), interval.high());
    }
}
