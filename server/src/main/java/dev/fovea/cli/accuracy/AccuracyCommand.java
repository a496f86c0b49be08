package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea accuracy}. */
@Command(
        name = "accuracy",
        description = "Says how right a classifier or detector is in production, without labels and with few of them.",
        subcommands = {AccuracyShowCommand.class, AccuracyPlanCommand.class, AccuracyPlansCommand.class},
        footer = {"", "Example:  fovea accuracy show shirts", "          fovea accuracy plan shirts --within 2"})
public final class AccuracyCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
