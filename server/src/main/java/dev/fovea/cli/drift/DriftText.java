package dev.fovea.cli.drift;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.Counted;
import dev.fovea.monitoring.drift.AlarmOrigin;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.SeenChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Drift for people. */
final class DriftText {

    private static final int REQUESTS = 4;

    private DriftText() {}

    /** The lines of a version's report. */
    static List<String> of(DriftReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s:%d  %s".formatted(report.version().model(), report.version().version(), report.statement()));
        lines.add(String.format(
                Locale.ROOT,
                "  %,d images in %s; evidence of a change %s.",
                report.progress().images(),
                Counted.of(report.progress().blocks(), "block", "blocks"),
                evidence(report.evidence())));
        report.alarm().ifPresent(alarm -> {
            findings(alarm).forEach(lines::add);
            origin(report.findings().origin()).forEach(lines::add);
        });
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

    /** Requests to look at, and the nearest held-out images. */
    private static List<String> origin(AlarmOrigin origin) {
        List<String> lines = new ArrayList<>();
        if (!origin.requestsAfter().isEmpty()) {
            lines.add("  Requests since then:  " + some(origin.requestsAfter()));
        }
        if (!origin.requestsBefore().isEmpty()) {
            lines.add("  Requests before:      " + some(origin.requestsBefore()));
        }
        if (!origin.nearest().isEmpty()) {
            lines.add("  Nearest held-out images: "
                    + origin.nearest().stream()
                            .map(near -> "%d (%s)".formatted(near.row(), String.join(", ", near.labels())))
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String some(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(REQUESTS, ids.size())));
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
