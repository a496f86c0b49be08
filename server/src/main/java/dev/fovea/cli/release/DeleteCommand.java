package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.server.Application;
import dev.fovea.serving.pool.Releases;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a version, or a whole model, permanently, with its evaluations, tunings and bundles.",
            "A version is refused while it is in production, the canary, the version that a rollback returns to, or used by a cascade or fallback.",
            "To delete a whole model, type its name or give --yes. It is refused while the model serves, unless --force is given, and while another model's cascade or fallback uses it.",
            "Version numbers are not reused, and the audit trail keeps all entries. A running server follows within a second.",
            "Rows of the prediction log stay until traffic.retention, and a new model with the name shows them. To delete them now, delete traffic/model=NAME in the home or bucket a few minutes later."
        },
        footer = {
            "",
            "Example:  fovea delete shirts@2 --reason \"trained on wrong labels\"",
            "          fovea delete shirts --yes --force       (the whole model, even while it serves)",
            "",
            "To keep a copy:      fovea export shirts@2 --to shirts-2.zip",
            "To archive it:       fovea archive shirts@2"
        })
public final class DeleteCommand extends HomeCommand {

    @Parameters(paramLabel = "MODEL[@VERSION]", description = "The version, or the whole model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(names = "--yes", description = "Delete a whole model without asking for its name.")
    private boolean yes;

    @Option(names = "--force", description = "Delete a whole model even while it serves. Requests for it then get 404.")
    private boolean force;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(model);
        try (Application application = open()) {
            terminal()
                    .say(named.version()
                            .map(number -> version(application, named.name(), number))
                            .orElseGet(() -> all(application, named.name())));
            return 0;
        }
    }

    private String version(Application application, String name, int number) {
        if (force) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--force deletes a whole model that serves, and %s names a version. Promote another version first, or name the model."
                            .formatted(model));
        }
        Releases.Deleted deleted = application.releases().delete(name, number, Application.user(), reason.text());
        return "Deleted %s. %s"
                .formatted(
                        deleted.version().id(),
                        deleted.shared() ? "Its bundle stays: another version uses it." : "Its bundle is removed.");
    }

    private String all(Application application, String name) {
        RegisteredModel found = application.registry().model(name);
        if (!yes) {
            confirm(found);
        }
        RegisteredModel deleted = application.releases().deleteAll(name, force, Application.user(), reason.text());
        String traffic = deleted.promotion()
                .map(serving -> " Version %d was in production; requests for %s get 404 (MODEL_UNKNOWN) now."
                        .formatted(serving.version(), name))
                .orElse("");
        return "Deleted %s: %s.%s".formatted(name, versions(deleted), traffic);
    }

    private void confirm(RegisteredModel found) {
        String name = found.name();
        Optional<String> typed = terminal()
                .ask("Delete %s permanently: %s%s? Type the name of the model: "
                        .formatted(
                                name,
                                versions(found),
                                found.promotion()
                                        .map(serving -> ", of which %d is in production".formatted(serving.version()))
                                        .orElse("")));
        String word = typed.orElseThrow(() -> new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"%1$s\" names a whole model (%2$s). To delete all of it: fovea delete %1$s --yes; to delete one version: fovea delete %1$s@%3$d; \"fovea models %1$s\" lists them."
                        .formatted(
                                name,
                                versions(found),
                                found.latest().map(ModelVersion::number).orElse(1))));
        if (!word.strip().equals(name)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "That is not \"%s\"; nothing was deleted.".formatted(name));
        }
    }

    private static String versions(RegisteredModel model) {
        int count = model.versions().size();
        return count == 1 ? "1 version" : count + " versions";
    }
}
