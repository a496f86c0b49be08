package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.registry.ModelRef;
import dev.fovea.server.Application;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea cascade set}. */
@Command(
        name = "set",
        description = {
            "Escalates images to a larger model when this one is less confident than a threshold.",
            "A running server follows within a second. 0 escalates nothing, 2 everything."
        },
        footer = {"", "Example:  fovea cascade set shirts --larger resnet --threshold 0.8"})
final class CascadeSetCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The small model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--larger",
            required = true,
            paramLabel = "OTHER",
            description = "The larger model: a registered one, or remote:NAME.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String larger;

    @Option(
            names = "--threshold",
            required = true,
            paramLabel = "T",
            description = "Images below this confidence are escalated.")
    private double threshold;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            application
                    .declarations()
                    .cascade(name, ModelRef.parse(larger), threshold, Optional.empty(), reason.author());
            terminal()
                    .say("%s: images with a confidence below %s are escalated to %s."
                            .formatted(name, threshold, larger));
            return 0;
        }
    }
}
