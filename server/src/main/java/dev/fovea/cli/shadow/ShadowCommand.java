package dev.fovea.cli.shadow;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea shadow}. */
@Command(
        name = "shadow",
        description = {
            "Lets a version predict production's images without answering anyone, and shows what differs.",
            "It runs where a core is free, and is left out first under load."
        },
        subcommands = {
            ShadowStartCommand.class,
            ShadowShowCommand.class,
            ShadowLabelCommand.class,
            ShadowStopCommand.class
        },
        footer = {
            "",
            "Example:  fovea shadow start shirts@2 --percent 20 --keep 200 --dataset shirts-review",
            "          fovea shadow show shirts"
        })
public final class ShadowCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
