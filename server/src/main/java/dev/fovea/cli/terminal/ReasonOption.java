package dev.fovea.cli.terminal;

import picocli.CommandLine.Option;

/** Why something is done. */
public final class ReasonOption {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    private String reason = "";

    public String text() {
        return reason;
    }
}
