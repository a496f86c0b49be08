package dev.fovea.cli.objectives;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea objectives}. */
@Command(
        name = "objectives",
        description = {
            "States the service level objectives of a model, and shows what was kept of them in a month.",
            "Each has an error budget, and a burn rate: how fast the budget is used now."
        },
        subcommands = {
            ObjectivesSetCommand.class,
            ObjectivesClearCommand.class,
            ObjectivesShowCommand.class,
            ObjectivesReportCommand.class
        },
        footer = {
            "",
            "Example:  fovea objectives set shirts --availability 99.9 --p95 50ms --recall crack=95",
            "          fovea objectives show shirts --month 2026-11"
        })
public final class ObjectivesCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
