package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.server.Application;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea fallback set}. */
@Command(
        name = "set",
        description = {
            "Sets the fallback of a model.",
            "Fallback responses are marked with \"fallback\": true and the reason. A running server follows within a second."
        },
        footer = {
            "",
            "Example:  fovea fallback set shirts --model shirts-small",
            "          fovea fallback set shirts --label none"
        })
final class FallbackSetCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Choice choice;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    /** One of the two. */
    static final class Choice {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "OTHER",
                description = "The fallback model: a registered one, or remote:NAME.")
        private @Nullable String other;

        @Option(names = "--label", required = true, paramLabel = "LABEL", description = "The default label.")
        private @Nullable String label;

        Fallback fallback() {
            return other != null
                    ? new Fallback.FallbackModel(ModelRef.parse(other))
                    : new Fallback.Label(label == null ? "" : label);
        }
    }

    @Override
    public Integer call() {
        try (Application application = open()) {
            Fallback fallback = choice.fallback();
            application.declarations().fallback(name, fallback, reason.author());
            terminal().say("%s: when it cannot answer, %s stands in.".formatted(name, fallback));
            return 0;
        }
    }
}
