package dev.fovea.cli.drift;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.monitoring.drift.Acceptance;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea drift accept}. */
@Command(
        name = "accept",
        description = {
            "Accepts the last days of traffic as quiet. New traffic is compared with them, and an alarm ends.",
            "Accept at least 14 days to have the rhythm of the day and week known."
        },
        footer = {"", "Example:  fovea drift accept shirts --days 14", "          fovea drift accept shirts@3 --days 2"
        })
final class DriftAcceptCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME[@VERSION]",
            description = "The model; without a version the one in production.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--days", paramLabel = "N", required = true, description = "Days until now, such as 14 or 0.5.")
    private double days;

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(name);
        try (Application application = open()) {
            Acceptance accepted = application.drift().accept(named.name(), named.version(), days, Application.user());
            terminal()
                    .say("%s: traffic from %s to %s is quiet. A running server follows within seconds."
                            .formatted(name, accepted.from(), accepted.until()));
            return 0;
        }
    }
}
