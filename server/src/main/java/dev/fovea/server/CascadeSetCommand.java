package dev.fovea.server;

import dev.fovea.registry.OtherModel;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea cascade set}. */
@Command(
        name = "set",
        description = {
            "Has a larger model asked when this one is less sure than a threshold.",
            "A running server follows within a second. 0 leaves all answers to this model, 2 all to the larger one."
        },
        footer = {"", "Example:  fovea cascade set shirts --larger resnet --threshold 0.8"})
final class CascadeSetCommand extends HomeVerb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model that is asked first.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--larger",
            required = true,
            paramLabel = "OTHER",
            description = "Who is asked then: a registered model, or remote:NAME.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String larger;

    @Option(
            names = "--threshold",
            required = true,
            paramLabel = "T",
            description = "The confidence from which this model's answer stands.")
    private double threshold;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Local local = Local.open(home, terminal())) {
            local.declarations()
                    .cascade(name, OtherModel.parse(larger), threshold, Optional.empty(), Local.author(reason));
            terminal().say("%s: answers less sure than %s are left to %s.".formatted(name, threshold, larger));
            return 0;
        }
    }
}
