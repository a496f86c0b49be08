package dev.fovea.cli.objectives;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStatus;
import dev.fovea.monitoring.objectives.ServiceLevelReport;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Objectives for people. */
final class ObjectivesText {

    private ObjectivesText() {}

    /** What was promised. */
    static List<String> of(String model, ServiceObjectives objectives) {
        if (objectives.objectives().isEmpty()) {
            return List.of("%s has no objectives.".formatted(model));
        }
        TextTable table = new TextTable("OBJECTIVE", "TARGET");
        objectives.objectives().forEach(one -> table.row(one.name(), target(one)));
        return List.of(table.toString());
    }

    /** What was kept. */
    static List<String> of(ServiceLevelReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%s in %s: %s".formatted(report.model(), report.month(), report.verdict()));
        if (!report.objectives().isEmpty()) {
            TextTable table = new TextTable("OBJECTIVE", "TARGET", "VALUE", "VERDICT", "BUDGET LEFT", "BURN RATE NOW");
            report.objectives()
                    .forEach(status -> table.row(
                            status.objective().name(),
                            target(status.objective()),
                            value(status),
                            status.verdict().words(),
                            status.budgetLeft().map(ObjectivesText::percent).orElse("–"),
                            burns(status)));
            lines.add(table.toString());
            report.objectives()
                    .forEach(status ->
                            lines.add("  %s: %s".formatted(status.objective().name(), status.statement())));
        }
        lines.add(counts(report.counts()));
        return lines;
    }

    private static String target(Objective objective) {
        return (objective.indicator().isHigherBetter() ? "≥ " : "≤ ") + objective.targetText();
    }

    private static String value(ObjectiveStatus status) {
        return status.value()
                .map(value -> status.objective().text(value.value())
                        + switch (value.source()) {
                            case COUNTED -> "";
                            case KNOWN -> " known";
                            case ESTIMATED -> " estimated";
                        })
                .orElse("–");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String burns(ObjectiveStatus status) {
        return status.burns().isEmpty()
                ? "–"
                : status.burns().stream()
                        .map(burn -> String.format(Locale.ROOT, "%.1f in %s", burn.rate(), burn.window()))
                        .collect(Collectors.joining(", "));
    }

    private static String counts(ServiceCounts counts) {
        return String.format(
                Locale.ROOT,
                "%,d answers, %,d failures, %,d rejected requests.",
                counts.answers(),
                Math.max(0, counts.failures()),
                counts.rejected());
    }
}
