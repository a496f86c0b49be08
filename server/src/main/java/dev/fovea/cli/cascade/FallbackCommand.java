package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.CliCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea fallback}. */
@Command(
        name = "fallback",
        description = {
            "Sets the response when a model fails: the prediction of another model, or a default label.",
            "It is used when the model's version is not served or fails, never for a bad image, overload or a timeout."
        },
        subcommands = {FallbackSetCommand.class, FallbackOffCommand.class},
        footer = {
            "",
            "Example:  fovea fallback set shirts --model shirts-small",
            "          fovea fallback set shirts --label none"
        })
public final class FallbackCommand extends CliCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec own;

    @Override
    public Integer call() {
        own.commandLine().usage(own.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
