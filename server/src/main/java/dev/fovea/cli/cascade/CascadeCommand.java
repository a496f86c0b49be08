package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea cascade}. */
@Command(
        name = "cascade",
        description = {
            "Escalates images to a larger model when this one is unsure.",
            "The larger model is a registered one, or remote:NAME for a service in remotes.json."
        },
        subcommands = {
            CascadePlanCommand.class,
            CascadeSetCommand.class,
            CascadeOffCommand.class,
            CascadeShowCommand.class
        },
        footer = {
            "",
            "Example:  fovea cascade plan shirts --larger resnet --data held-out --accuracy 0.95 --apply",
            "          fovea cascade set shirts --larger remote:vision --threshold 0.8"
        })
public final class CascadeCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
