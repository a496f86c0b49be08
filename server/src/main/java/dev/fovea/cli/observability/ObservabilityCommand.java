package dev.fovea.cli.observability;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea observability}. */
@Command(
        name = "observability",
        description = {
            "Writes files for Prometheus, Grafana and Alertmanager: recording rules, alerts on error budgets with their tests, dashboards, a route and a scrape configuration.",
            "Files of earlier runs are replaced."
        },
        footer = {
            "",
            "Example:  fovea observability monitoring --availability 99.9 --latency 0.25 --latency-target 99",
            "          promtool check rules monitoring/fovea.rules.yml"
        })
public final class ObservabilityCommand extends CliCommand {

    @Parameters(paramLabel = "DIR", description = "The directory to write to.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path directory;

    @Option(
            names = "--availability",
            paramLabel = "PERCENT",
            description =
                    "Objective: requests without an error of the server, the model or for lack of capacity (default: ${DEFAULT-VALUE}).")
    private BigDecimal availability = new BigDecimal("99.9");

    @Option(
            names = "--latency",
            paramLabel = "SECONDS",
            description =
                    "Objective: how long a request may take, a bound of the histogram (default: ${DEFAULT-VALUE}).")
    private BigDecimal latency = new BigDecimal("0.5");

    @Option(
            names = "--latency-target",
            paramLabel = "PERCENT",
            description = "Objective: requests that take no longer (default: ${DEFAULT-VALUE}).")
    private BigDecimal latencyTarget = new BigDecimal("99");

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The management port that Prometheus scrapes (default: ${DEFAULT-VALUE}).")
    private String target = "127.0.0.1:8081";

    @Override
    public Integer call() {
        if (!target.matches("[A-Za-z0-9.\\[\\]:_-]+:\\d{1,5}")) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"--target\" is \"%s\"; write it as HOST:PORT.".formatted(Printable.brief(target)));
        }
        Map<String, String> files = ObservabilityFiles.of(new Objectives(availability, latencyTarget, latency), target);
        ObservabilityFiles.write(directory, files);
        Terminal terminal = terminal();
        files.keySet().forEach(name -> terminal.say(directory.resolve(name).toString()));
        terminal.note("Check them:  promtool check rules %s".formatted(directory.resolve(ObservabilityFiles.RULES)));
        return 0;
    }
}
