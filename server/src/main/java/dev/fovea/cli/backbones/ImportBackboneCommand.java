package dev.fovea.cli.backbones;

import dev.fovea.model.architecture.Architecture;
import dev.fovea.model.formats.LabelFile;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.weights.BackboneImport;
import dev.fovea.pipeline.weights.BackboneImport.MadeBackbone;
import dev.fovea.pipeline.weights.BackboneImport.WeightsImport;
import dev.fovea.runtime.session.Engine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea backbones import}. */
@Command(
        name = "import",
        description = {
            "Makes a backbone of a PyTorch checkpoint or safetensors.",
            "The file is read as data: names and values of tensors. One that asks for anything else is refused. The tensors must be those of the architecture, in the names of torchvision, timm or EfficientNet-PyTorch; the number of classes is the file's.",
            "Without --contract, the backbone gets the usual preprocessing of the architecture, which the command prints. Check that your weights were trained with it."
        },
        footer = {
            "",
            "Example:  fovea backbones import resnet18.pth --architecture resnet-18",
            "          fovea backbones import model.safetensors --name parts --contract contract.json"
        })
final class ImportBackboneCommand extends BackbonesHome {

    @Parameters(paramLabel = "FILE", description = "A .pth, .pt, .bin or .safetensors file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(
            names = "--architecture",
            paramLabel = "A",
            description =
                    "The network (default: the one that has the file's tensors): efficientnet-lite0, efficientnet-lite1, efficientnet-lite2, timm-efficientnet-lite0, mobilenet-v2, mobilenet-v3-small, mobilenet-v3-large, resnet-18, resnet-34, resnet-50, convnext-nano, vit-tiny, vit-small.")
    private @Nullable String architecture;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call it (default: the file's name without its ending).")
    private @Nullable String name;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT.json",
            description = "The preprocessing contract that the weights were trained with.")
    private @Nullable Path contract;

    @Option(
            names = "--labels",
            paramLabel = "LABELS.txt",
            description = "What each class is called, one a line, in the order of the weights; kept in the file.")
    private @Nullable Path labels;

    @Option(names = "--licence", paramLabel = "TEXT", description = "Licence of the weights; kept in the file.")
    private @Nullable String licence;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "Where the weights are from; kept in the file (default: the file's name).")
    private @Nullable String source;

    @Override
    public Integer call() {
        String fileName = String.valueOf(file.getFileName());
        MadeBackbone made = new BackboneImport(folder(), Engine.open())
                .fromFile(new WeightsImport(
                        file,
                        Optional.ofNullable(name).orElseGet(() -> usualName(fileName)),
                        Optional.ofNullable(architecture).map(Architecture::of),
                        Optional.ofNullable(contract).map(PreprocessingContractJson::read),
                        Optional.ofNullable(labels).map(LabelFile::read),
                        Optional.ofNullable(licence),
                        Optional.ofNullable(source).orElse(fileName)));
        say(made);
        if (contract == null) {
            terminal()
                    .note("Preprocessing contract: the usual one of %s; state another with --contract.%n%s"
                            .formatted(made.architecture().word(), PreprocessingContractJson.write(made.contract())));
        }
        return 0;
    }

    private static String usualName(String fileName) {
        return fileName.replaceFirst("\\.(pth|pt|bin|safetensors)$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-");
    }
}
