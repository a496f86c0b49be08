package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea rollout}. */
@Command(
        name = "rollout",
        description = {
            "Gives a version a growing share of the traffic, and promotes it or rolls it back by evidence.",
            "The tests may be looked at any time, and keep the stated error rates."
        },
        subcommands = {
            RolloutStartCommand.class,
            RolloutShowCommand.class,
            RolloutPauseCommand.class,
            RolloutResumeCommand.class,
            RolloutPromoteCommand.class,
            RolloutStopCommand.class,
            RolloutPowerCommand.class
        },
        footer = {"", "Example:  fovea rollout start shirts@2", "          fovea rollout show shirts"})
public final class RolloutCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
