package dev.fovea.cli.drift;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea drift}. */
@Command(
        name = "drift",
        description = {
            "Shows whether the traffic of a model has changed: its images, their embedding, and the predictions.",
            "The rate of false alarms is what you state, all tests together; by default one in 90 days at most."
        },
        subcommands = {DriftShowCommand.class, DriftAcceptCommand.class, DriftSetCommand.class, DriftReplayCommand.class
        },
        footer = {"", "Example:  fovea drift show shirts", "          fovea drift accept shirts --days 14"})
public final class DriftCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
