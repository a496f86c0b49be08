package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.LabelPlanReport;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea accuracy plan}. */
@Command(
        name = "plan",
        description = {
            "Draws the predictions to label so that accuracy is known to a precision, and says how many that takes.",
            "Unsure predictions are drawn more often and count less for it. A plan of the same days is extended."
        },
        footer = {"", "Example:  fovea accuracy plan shirts --within 2 --write to-label.csv"})
final class AccuracyPlanCommand extends HomeCommand {

    private static final int LISTED = 10;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--within",
            paramLabel = "POINTS",
            required = true,
            description = "Half of the 95 %% interval that is wanted, in percentage points.")
    private double within;

    @Option(names = "--model-version", paramLabel = "N", description = "The version (default: the one in production).")
    private @Nullable Integer version;

    @Option(names = "--days", paramLabel = "N", description = "How many days back (default: ${DEFAULT-VALUE}).")
    private int days = 7;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the requests to a new CSV file with an empty column label, for fovea truth add.")
    private @Nullable Path write;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            LabelPlanReport report = parts.planning()
                    .plan(
                            AccuracyWindow.version(application.registry().model(model), version),
                            AccuracyWindow.of(days, Instant.now()),
                            within / 100);
            if (write != null) {
                write(write, report.toLabel());
            }
            if (json) {
                terminal.json(report);
                return 0;
            }
            terminal.say(report.verdict());
            report.toLabel().stream().limit(LISTED).forEach(terminal::say);
            if (report.toLabel().size() > LISTED) {
                terminal.say("and %,d more; all of them: --write FILE or --json"
                        .formatted(report.toLabel().size() - LISTED));
            }
            return 0;
        }
    }

    private static void write(Path file, List<String> requests) {
        try {
            Files.write(
                    file,
                    Stream.concat(
                                    Stream.of("request_id,label"),
                                    requests.stream().map(id -> id + ","))
                            .toList(),
                    StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" cannot be written as a new file. Name one that does not exist.".formatted(file),
                    e);
        }
    }
}
