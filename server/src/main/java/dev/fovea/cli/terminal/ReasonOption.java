package dev.fovea.cli.terminal;

import dev.fovea.server.Application;
import dev.fovea.serving.routing.Declarations;
import picocli.CommandLine.Option;

/** Why something is done. */
public final class ReasonOption {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    private String reason = "";

    public String text() {
        return reason;
    }

    /** The person at this machine, with this reason. */
    public Declarations.Author author() {
        return new Declarations.Author(Application.user(), reason);
    }
}
