package dev.fovea.cli.release;

import dev.fovea.api.view.PromotionText;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.LocalHome;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.model.Bundle;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.server.HomeJobs;
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
        try (LocalHome local = LocalHome.open(home, terminal())) {
            ModelVersion promoted = local.registry().model(name).active(version);
            RegisteredModel model = local.registry().model(name);
            if (model.promotion().filter(known -> known.version() == version).isPresent()) {
                terminal().say(PromotionText.unchanged(model, version));
                return 0;
            }
            prove(local, promoted);
            local.registry().promote(name, version, HomeJobs.who(), reason.text());
            terminal().say(PromotionText.done(model, version));
            return 0;
        }
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
