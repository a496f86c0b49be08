package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionDeletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a version for good, with its bundle unless another version has the same.",
            "Refused while it is in production, the canary, the version that a rollback returns to, or used by a cascade or fallback.",
            "Its number is not given again, and the audit trail keeps all entries. A running server follows within a second."
        },
        footer = {
            "",
            "Example:  fovea delete shirts@2 --reason \"trained on wrong labels\"",
            "",
            "To keep a copy:  fovea export shirts@2 --to shirts-2.zip"
        })
final class DeleteCommand extends HomeVerb {

    @Parameters(paramLabel = "MODEL@VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(model);
        int number = named.version()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"%1$s\" names no version. Write which one to delete: %1$s@2; \"fovea models %1$s\" lists them."
                                .formatted(model)));
        try (Local local = Local.open(home, terminal())) {
            VersionDeletion deletion = local.deletion();
            ModelVersion deleted = deletion.unregister(named.name(), number, Local.who(), reason.text());
            boolean removed = deletion.removeBundle(deleted);
            terminal()
                    .say("Deleted %s. %s"
                            .formatted(
                                    deleted.id(),
                                    removed
                                            ? "Its bundle is removed."
                                            : "Its bundle stays: another version has the same."));
            return 0;
        }
    }
}
