package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.ClassAccuracy;
import dev.fovea.monitoring.accuracy.KnownAccuracy;
import dev.fovea.monitoring.findings.EstimatedPrecision;
import dev.fovea.monitoring.findings.FindingFigures;
import dev.fovea.monitoring.findings.KnownFindings;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.statistics.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea accuracy show}. */
@Command(
        name = "show",
        description = {
            "Says how right a version is in production, with 95 % intervals.",
            "Without labels accuracy is estimated from confidence; labels come with fovea truth add."
        },
        footer = {"", "Example:  fovea accuracy show shirts --days 14"})
final class AccuracyShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(names = "--model-version", paramLabel = "N", description = "The version (default: the one in production).")
    private @Nullable Integer version;

    @Option(names = "--days", paramLabel = "N", description = "How many days back (default: ${DEFAULT-VALUE}).")
    private int days = 7;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            AccuracyReport report = parts.accuracy()
                    .report(
                            AccuracyWindow.version(application.registry().model(model), version),
                            AccuracyWindow.of(days, Instant.now()));
            if (json) {
                terminal.json(report);
                return 0;
            }
            terminal.say(report.verdict());
            report.known().ifPresent(known -> labels(terminal, known));
            Optional<List<ClassAccuracy>> classes = report.known()
                    .map(KnownAccuracy::classes)
                    .filter(found -> !found.isEmpty())
                    .or(() -> report.estimated().map(estimated -> estimated.classes()));
            classes.filter(found -> !found.isEmpty())
                    .ifPresent(found -> terminal.say(table(found).toString()));
            report.findings()
                    .map(AccuracyShowCommand::figures)
                    .filter(found -> !found.isEmpty())
                    .ifPresent(found -> terminal.say(findings(found).toString()));
            terminal.say(TruthText.counts(report.truth()));
            return 0;
        }
    }

    private static void labels(Terminal terminal, KnownAccuracy known) {
        terminal.say("At every look: %s. From the labels alone: %s."
                .formatted(interval(known.everyLook()), interval(known.labelsAlone())));
    }

    /** By class, from labels or else without. */
    private static List<FindingFigures> figures(AccuracyReport.FindingsAccuracy findings) {
        return findings.known()
                .map(KnownFindings::classes)
                .or(() -> findings.estimated().map(EstimatedPrecision::classes))
                .orElse(List.of());
    }

    private static TextTable findings(List<FindingFigures> classes) {
        TextTable table = new TextTable("CLASS", "FOUND", "PRECISION", "RECALL", "AP");
        classes.forEach(one -> table.row(
                one.label(),
                String.format(Locale.ROOT, "%,d", one.found()),
                one.precision().map(AccuracyShowCommand::interval).orElse("unknown"),
                one.recall().map(AccuracyShowCommand::interval).orElse("unknown"),
                one.averagePrecision()
                        .map(average -> String.format(Locale.ROOT, "%.1f %%", average * 100))
                        .orElse("unknown")));
        return table;
    }

    private static TextTable table(List<ClassAccuracy> classes) {
        TextTable table = new TextTable("CLASS", "PREDICTED", "PRECISION", "RECALL");
        classes.forEach(one -> table.row(
                one.label(),
                String.format(Locale.ROOT, "%,d", one.predicted()),
                one.precision().map(AccuracyShowCommand::interval).orElse("unknown"),
                one.recall().map(AccuracyShowCommand::interval).orElse("unknown")));
        return table;
    }

    private static String interval(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                interval.value() * 100,
                interval.low() * 100,
                interval.high() * 100);
    }
}
