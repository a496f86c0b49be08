package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.request.QuantizeRequest;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.QuantizationJson;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea quantize}. */
@Command(
        name = "quantize",
        description = {
            "Makes an INT8 version of a model: smaller, faster on this machine, and compared with the original on test images.",
            "Ranges are learned from one part of the images, accuracy is compared on the other. Layers that cost too much stay in float. When the result is not faster by a tenth, or loses more than the margin, nothing is registered, and the reason is said.",
            "What is registered is a candidate; production stays as it is. The output says whether non-inferiority within the margin was shown: whether the 95 %% interval of the loss lies within it. With 0.5 points that takes 765 labelled images or more.",
            "Exits 1 when the original is to be kept."
        },
        footer = {
            "",
            "Example:  fovea quantize shirts",
            "          fovea quantize shirts --data images/shirts",
            "          fovea quantize shirts@2 --data unlabelled/ --margin 0.3"
        })
public final class QuantizeCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME[@VERSION]",
            description = "The model (default: its version in production).")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--data",
            paramLabel = "FOLDER|DATASET",
            description = {
                "Images like those in production: in a folder per label, without labels, or annotated as YOLO, COCO JSON or Pascal VOC. A few hundred are enough. Or NAME or NAME@VERSION of a data set, or the first digits of an image list's id.",
                "Default: the data that the version was trained on."
            })
    private String data = "";

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description = "Max loss of accuracy, in percentage points (default: ${DEFAULT-VALUE}).")
    private double margin = AcceptanceCriteria.DEFAULT.points();

    @Option(
            names = "--precision",
            paramLabel = "int8|int8-weights|fp16",
            description =
                    "int8 computes in integers and must be faster on this machine; int8-weights is only smaller; fp16 is for accelerators (default: ${DEFAULT-VALUE}).")
    private String precision = Precision.INT8.toString();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints; {@code version} is null when the original is to be kept. */
    record Output(
            String model,
            int original,
            Optional<Integer> version,
            boolean nonInferiorityShown,
            Optional<String> refused,
            JsonNode report) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        NamedVersion named = NamedVersion.parse(model);
        try (Application application = open()) {
            QuantizeRequest request =
                    new QuantizeRequest(named.name(), named.version(), data, precision, Optional.of(margin), note);
            ModelQuantization.VersionQuantization result = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().quantize(request, progress),
                            JobOutcomes::of);
            show(terminal, result);
            return result.version().isPresent() ? 0 : 1;
        }
    }

    /** The verdict; what stands in the way of a network that is good enough, before it. */
    private static List<String> sentences(ModelQuantization.VersionQuantization result) {
        AcceptanceResult judgement = result.verdict().report().judgement();
        return Stream.concat(
                        result
                                .refused()
                                .filter(ignored -> judgement.passes())
                                .map("Keep the original: "::concat)
                                .stream(),
                        judgement.verdict().sentences().stream())
                .toList();
    }

    private void show(Terminal terminal, ModelQuantization.VersionQuantization result) {
        result.notes().forEach(terminal::note);
        result.failed().forEach(image -> terminal.note("Left out: %s: %s".formatted(image.image(), image.message())));
        if (!result.unknownFolders().isEmpty()) {
            terminal.note("These folders are not labels of the model, and their images are unused: %s"
                    .formatted(String.join(", ", result.unknownFolders())));
        }
        if (json) {
            terminal.json(new Output(
                    result.original().name(),
                    result.original().number(),
                    result.version().map(ModelVersion::number),
                    result.isShown(),
                    result.refused(),
                    QuantizationJson.tree(result.verdict().report())));
            return;
        }
        terminal.say(VerdictLines.of(sentences(result)));
        terminal.say(QuantizationText.of(result.verdict().report()));
        terminal.say(result.version()
                .map(version ->
                        "%nRegistered %s as a candidate; production stays as it is. %s To promote it%s: fovea promote %s %d"
                                .formatted(
                                        version.id(),
                                        result.verdict()
                                                .report()
                                                .judgement()
                                                .evidence()
                                                .sentence(),
                                        result.isShown() ? "" : " all the same",
                                        version.name(),
                                        version.number()))
                .orElseGet(() -> "%nNothing is registered, %s stays as it is. %s"
                        .formatted(result.original().id(), result.refused().orElse(""))));
    }
}
