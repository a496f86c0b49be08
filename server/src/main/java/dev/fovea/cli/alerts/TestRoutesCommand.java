package dev.fovea.cli.alerts;

import dev.fovea.alerts.delivery.AlertRoute;
import dev.fovea.alerts.delivery.RouteTrial;
import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.HomeOption;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.config.alerting.AlertsFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.Application;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea alerts test}. */
@Command(
        name = "test",
        description = {
            "Sends a test alert, and its end, to each route of alerts.json, at once and once; or to one of them.",
            "Exits 1 when a receiver did not take it, and 2 when alerts.json has an error."
        },
        footer = {"", "Example:  fovea alerts test on-call"})
final class TestRoutesCommand extends CliCommand {

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(paramLabel = "ROUTE", arity = "0..1", description = "The route (default: all).")
    private @Nullable String name;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        AlertsFile file = AlertsFile.read(home.path(), System.getenv());
        try {
            file.message().ifPresent(errors -> {
                throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, errors);
            });
            List<RouteTrial> trials = routes(file).stream()
                    .map(route -> RouteTrial.of(route, file.serverUrl(), Application.user(), Instant.now()))
                    .toList();
            say(trials);
            return trials.stream().allMatch(RouteTrial::delivered) ? 0 : 1;
        } finally {
            file.routes().forEach(route -> route.channel().close());
        }
    }

    private List<AlertRoute> routes(AlertsFile file) {
        if (file.routes().isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "No route is configured. Write %s; the reference of alerts.json says how."
                            .formatted(home.path().resolve(AlertsFile.NAME)));
        }
        List<AlertRoute> found = file.routes().stream()
                .filter(route -> name == null || route.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "There is no route \"%s\"; the routes are %s."
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            file.routes().stream()
                                                    .map(AlertRoute::name)
                                                    .toList())));
        }
        return found;
    }

    private void say(List<RouteTrial> trials) {
        Terminal terminal = terminal();
        if (json) {
            terminal.json(trials);
            return;
        }
        TextTable table = new TextTable("ROUTE", "TYPE", "DELIVERED", "");
        trials.forEach(
                trial -> table.row(trial.route(), trial.kind(), trial.delivered() ? "yes" : "no", trial.answer()));
        terminal.say(table.toString());
    }
}
