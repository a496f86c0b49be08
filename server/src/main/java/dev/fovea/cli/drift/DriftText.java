package dev.fovea.cli.drift;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.monitoring.drift.DriftAlarm;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.drift.SeenChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drift for people. */
final class DriftText {

    private DriftText() {}

    /** The lines of a version's report. */
    static List<String> of(DriftReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s:%d  %s".formatted(report.version().model(), report.version().version(), report.statement()));
        lines.add(String.format(
                Locale.ROOT,
                "  %,d images in %,d blocks; evidence of a change %s.",
                report.progress().images(),
                report.progress().blocks(),
                evidence(report.evidence())));
        report.alarm().ifPresent(alarm -> findings(alarm).forEach(lines::add));
        if (!report.seen().isEmpty()) {
            lines.add("  Seen within a day with a probability of 90 %:");
            lines.add(seen(report.seen()));
        }
        return lines;
    }

    private static String evidence(DriftReport.DriftEvidence evidence) {
        return evidence.threshold() == 0
                ? "is not weighed yet"
                : String.format(Locale.ROOT, "is at %.1f %% of an alarm", 100 * evidence.days() / evidence.threshold());
    }

    /** What changed, one line each. */
    static List<String> findings(DriftAlarm alarm) {
        return alarm.findings().stream()
                .map(finding -> "    " + DriftWords.finding(finding))
                .toList();
    }

    private static String seen(List<SeenChange> seen) {
        TextTable table = new TextTable("", "MEASURE", "USUAL", "SEEN FROM");
        seen.forEach(change -> table.row(
                "",
                change.name(),
                number(change.usual()),
                change.smallest().isPresent() ? number(change.smallest().getAsDouble()) : "never within a day"));
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
    }
}
