package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.registry.Rollback;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea rollback}. */
@Command(
        name = "rollback",
        description = {
            "Returns a model to its previous production version.",
            "It is validated on its golden images first. A running server follows within a second."
        },
        footer = {"", "Example:  fovea rollback shirts --reason \"misses tears since noon\""})
public final class RollbackCommand extends HomeCommand {

    @Parameters(paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            Rollback rollback = application.releases().rollback(name, Application.user(), reason.text());
            terminal()
                    .say("%s: version %d is in production again, in place of %d."
                            .formatted(name, rollback.to(), rollback.from()));
            return 0;
        }
    }
}
