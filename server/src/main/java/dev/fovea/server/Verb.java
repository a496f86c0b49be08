package dev.fovea.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has. */
abstract class Verb implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    /** Where results go. */
    final Terminal terminal() {
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
