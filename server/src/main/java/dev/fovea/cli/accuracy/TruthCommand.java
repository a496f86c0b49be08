package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea truth}. */
@Command(
        name = "truth",
        description = "Takes in what was true of predicted images, and joins it to their predictions.",
        subcommands = {TruthAddCommand.class, TruthShowCommand.class},
        footer = {"", "Example:  fovea truth add shirts labels.csv", "          fovea truth show shirts"})
public final class TruthCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
