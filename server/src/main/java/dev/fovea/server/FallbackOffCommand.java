package dev.fovea.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea fallback off}. */
@Command(
        name = "off",
        description = "Has nothing stand in for a model.",
        footer = {"", "Example:  fovea fallback off shirts"})
final class FallbackOffCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (LocalHome local = LocalHome.open(home, terminal())) {
            local.registry().endFallback(name, LocalHome.who(), reason.text());
            terminal().say("%s: nothing stands in for it.".formatted(name));
            return 0;
        }
    }
}
