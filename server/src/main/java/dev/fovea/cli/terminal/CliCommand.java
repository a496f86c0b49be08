package dev.fovea.cli.terminal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** What every command has. */
public abstract class CliCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    /**
     * The command line as it was typed, when a process was started for it alone; empty for one of several in a process.
     */
    public final List<String> typed() {
        return spec.root().userObject() instanceof Program program ? program.typed() : List.of();
    }

    /** The options that the command line gave, by their longest names. */
    public final Set<String> givenOptions() {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
    }

    /** Where results go. */
    public final Terminal terminal() {
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** The class that starts the program. */
    public final String mainClass() {
        return spec.root().userObject().getClass().getName();
    }
}
