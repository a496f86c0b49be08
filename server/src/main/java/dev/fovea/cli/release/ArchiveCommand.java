package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea archive}. */
@Command(
        name = "archive",
        description = {
            "Archives a version. It is not loaded, not listed and cannot be promoted until it is restored.",
            "Refused while it is in production, the canary, the version that a rollback returns to, or used by a cascade.",
            "Its bundle, metrics and evaluations stay. A running server follows within a second."
        },
        footer = {
            "",
            "Example:  fovea archive shirts@2 --reason \"superseded by 4\"",
            "",
            "To list it:      fovea models shirts --archived",
            "To restore it:   fovea restore shirts@2"
        })
public final class ArchiveCommand extends HomeCommand {

    @Parameters(paramLabel = "MODEL@VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(model);
        int number = named.required("archive");
        try (Application application = open()) {
            boolean unchanged = application
                    .releases()
                    .archive(named.name(), number, Application.user(), reason.text())
                    .unchanged();
            terminal()
                    .say(
                            unchanged
                                    ? "%s was archived already; nothing changed.".formatted(model)
                                    : "Archived %1$s. To restore it:   fovea restore %1$s".formatted(model));
            return 0;
        }
    }
}
