package dev.fovea.cli.release;

import dev.fovea.api.view.PromotionText;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import dev.fovea.serving.pool.Releases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea promote}. */
@Command(
        name = "promote",
        description = {
            "Puts a version into production.",
            "It is validated on its golden images first. A running server follows within a second."
        },
        footer = {"", "Example:  fovea promote shirts 2 --reason \"finds more holes\""})
public final class PromoteCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
    private int version;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            Releases.Released released =
                    application.releases().promote(name, version, Application.user(), reason.text());
            terminal()
                    .say(
                            released.unchanged()
                                    ? PromotionText.unchanged(released.model(), version)
                                    : PromotionText.done(released.model(), version));
            return 0;
        }
    }
}
