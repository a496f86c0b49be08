package dev.fovea.cli.traffic;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea traffic}. */
@Command(
        name = "traffic",
        description = {"Shows what a server logged of the predictions of a model, and keeps its images."},
        subcommands = {TrafficShowCommand.class, TrafficKeepCommand.class, TrafficExportCommand.class},
        footer = {"", "Example:  fovea traffic show shirts --from 2026-11-01"})
public final class TrafficCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
