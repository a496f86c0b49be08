package dev.fovea.server;

import dev.fovea.model.Bundle;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.DecodePool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea promote}. */
@Command(
        name = "promote",
        description = {
            "Puts a version into production.",
            "It is proved on its golden images first. A running server follows within a second."
        },
        footer = {"", "Example:  fovea promote shirts 2 --reason \"finds more holes\""})
final class PromoteCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
    private int version;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (LocalHome local = LocalHome.open(home, terminal())) {
            ModelVersion promoted = local.registry().model(name).active(version);
            RegisteredModel model = local.registry().model(name);
            if (model.promotion().filter(known -> known.version() == version).isPresent()) {
                terminal().say(unchanged(model, version));
                return 0;
            }
            prove(local, promoted);
            local.registry().promote(name, version, LocalHome.who(), reason.text());
            terminal().say(done(model, version));
            return 0;
        }
    }

    static String done(RegisteredModel model, int version) {
        return "%s: version %d is in production.".formatted(model.name(), version);
    }

    static String unchanged(RegisteredModel model, int version) {
        return "%s: version %d is in production already; nothing changed.%s"
                .formatted(model.name(), version, canary(model));
    }

    private static String canary(RegisteredModel model) {
        return switch (model.rollout()) {
            case Rollout.None() -> "";
            case Rollout.Canary(int canary, double percent) ->
                " The canary of version %d goes on at %s %%; to end it: fovea canary %s %d 0"
                        .formatted(canary, percent, model.name(), canary);
        };
    }

    static void prove(LocalHome local, ModelVersion version) {
        Bundle bundle = Bundle.read(local.home().bundles().path(version.bundleId()));
        try (DecodePool workers = DecodePool.forThisMachine();
                LoadedModel proved =
                        LoadedModel.load(Engine.open(), bundle, RuntimeSettings.forThisMachine(), workers, () -> {})) {
            proved.check();
        }
    }
}
