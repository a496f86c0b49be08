package dev.fovea.server;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has. */
abstract class Verb implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    /**
     * The command line as it was typed, when a process was started for it alone; empty for one of several in a process.
     */
    final List<String> typed() {
        return spec.root().userObject() instanceof Fovea program ? program.typed() : List.of();
    }

    /** Where results go. */
    final Terminal terminal() {
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
