package dev.fovea.cli.alerts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea alerts}. */
@Command(
        name = "alerts",
        description = {
            "Shows alerts, takes them up, and holds them back.",
            "Who is told is in alerts.json in the home; without that file nobody is."
        },
        subcommands = {
            ListAlertsCommand.class,
            ShowAlertCommand.class,
            AckAlertCommand.class,
            SilenceCommand.class,
            SilencesCommand.class,
            UnsilenceCommand.class,
            TestRoutesCommand.class
        },
        footer = {
            "",
            "Example:  fovea alerts list",
            "          fovea alerts silence --model shirts --for 8h --reason \"new camera\"",
            "          fovea alerts test on-call"
        })
public final class AlertsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command, such as: fovea alerts list");
    }
}
