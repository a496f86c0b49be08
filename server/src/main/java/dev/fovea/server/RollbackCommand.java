package dev.fovea.server;

import dev.fovea.registry.Rollback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea rollback}. */
@Command(
        name = "rollback",
        description = {
            "Returns a model to the production version before this one.",
            "A running server follows within a second."
        },
        footer = {"", "Example:  fovea rollback shirts --reason \"misses tears since noon\""})
final class RollbackCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    private String reason = "";

    @Override
    public Integer call() {
        try (Local local = Local.open(home, terminal())) {
            Rollback rollback = local.registry().rollback(name, Local.who(), reason);
            terminal()
                    .say("%s: version %d is in production again, in place of %d."
                            .formatted(name, rollback.to(), rollback.from()));
            return 0;
        }
    }
}
