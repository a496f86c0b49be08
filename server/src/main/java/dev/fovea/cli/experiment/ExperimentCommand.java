package dev.fovea.cli.experiment;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea experiment}. */
@Command(
        name = "experiment",
        description = {
            "Shares traffic out over several versions and compares them by a business figure.",
            "The stated error rate holds over all versions, and however often results are looked at."
        },
        subcommands = {
            ExperimentPlanCommand.class,
            ExperimentStartCommand.class,
            ExperimentShowCommand.class,
            ExperimentStopCommand.class
        },
        footer = {
            "",
            "Example:  fovea experiment plan shirts --variant 2 --figure orders --effect 0.01 --rate 0.04",
            "          fovea experiment start shirts --variant 2 --figure orders --effect 0.01",
            "          fovea experiment show shirts"
        })
public final class ExperimentCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
