package dev.fovea.server;

import picocli.CommandLine.Option;

/** Why something is done. */
final class ReasonOption {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    private String reason = "";

    String text() {
        return reason;
    }
}
