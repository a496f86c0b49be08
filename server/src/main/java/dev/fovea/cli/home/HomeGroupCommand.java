package dev.fovea.cli.home;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea home}. */
@Command(
        name = "home",
        description = "Copies a home to another directory or another database.",
        subcommands = HomeCopyCommand.class)
public final class HomeGroupCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command: fovea home copy --to TARGET");
    }
}
