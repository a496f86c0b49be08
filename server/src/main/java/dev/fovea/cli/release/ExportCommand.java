package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.registry.VersionExport;
import dev.fovea.server.Application;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea export}. */
@Command(
        name = "export",
        description = {
            "Writes a version to one zip file: bundle.json, model.onnx, the golden images, card.md.",
            "The files are checked against their hashes. The same version gives the same bytes. The audit trail records the export."
        },
        footer = {
            "",
            "Example:  fovea export shirts --to shirts.zip",
            "          fovea export shirts@2 --to shirts-2.zip --reason \"for plant 4\"",
            "",
            "To import it into another home:  fovea import shirts-2.zip",
            "Unzip it to use it in another program: model.onnx is plain ONNX, bundle.json has preprocessing and labels."
        })
public final class ExportCommand extends HomeCommand {

    @Parameters(paramLabel = "MODEL[@VERSION]", description = "The version; without @VERSION the one in production.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The zip file to write.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path to;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(model);
        try (Application application = open()) {
            int number = application
                    .registry()
                    .version(named.name(), named.version())
                    .number();
            VersionExport exports = application.exports();
            VersionExport.Export export = exports.open(named.name(), number);
            exports.toFile(export, to, force, Application.user(), reason.text());
            terminal()
                    .say("Exported %s (bundle %s) to %s, %.1f MB."
                            .formatted(
                                    export.version().id(),
                                    export.version().bundleId().substring(0, 12),
                                    to,
                                    to.toFile().length() / 1e6));
            return 0;
        }
    }
}
