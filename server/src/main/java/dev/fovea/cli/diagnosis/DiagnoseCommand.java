package dev.fovea.cli.diagnosis;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.request.DiagnoseRequest;
import dev.fovea.server.Application;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea diagnose}. */
@Command(
        name = "diagnose",
        description = {
            "Says why a classifier of some images is not good enough, and what would help most.",
            "From the features of a network with learned weights: the learning curve and the images that a target needs, wrong labels, classes that look alike, near duplicates, resolution and rare classes. Test images stay out. Nothing is registered."
        },
        footer = {
            "",
            "Example:  fovea diagnose images/shirts --target \"accuracy >= 0.95\"",
            "          fovea diagnose shirts --from efficientnet-lite0 --target \"recall(hole) >= 0.9\""
        })
public final class DiagnoseCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "FOLDER|DATASET",
            description = "Images with a folder per label, or NAME or NAME@VERSION of a data set for classification.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String data;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description =
                    "The network whose features are used: an ONNX file, NAME or NAME:VERSION of a registered model, or a backbone that was added (default: the backbone that was added, efficientnet-lite0 of several).")
    private @Nullable String from;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description =
                    "What is needed: accuracy, balanced_accuracy or macro_f1, and for one class recall(NAME), precision(NAME) or f1(NAME), as \"accuracy >= 0.9\" (default: accuracy >= 0.95).")
    private String target = "";

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT.json",
            description = "The network's preprocessing contract, where it carries none.")
    private @Nullable Path contract;

    @Option(
            names = "--cut",
            paramLabel = "TENSOR",
            description = "The tensor that holds the features (default: the input of the last linear layer).")
    private @Nullable String cut;

    @Option(names = "--seed", paramLabel = "N", description = "Of folds and draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        DiagnoseRequest request = new DiagnoseRequest(
                absolute(data, _ -> false),
                new DiagnoseRequest.DiagnoseNetworkRequest(
                        from == null ? "" : absolute(from, Backbones::isFile),
                        contract == null ? "" : contract.toAbsolutePath().toString(),
                        cut == null ? "" : cut),
                target,
                Optional.of(seed));
        request.validate();
        try (Application application = open()) {
            Diagnosis diagnosis = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().diagnose(request, progress),
                            JobOutcomes::of);
            if (json) {
                terminal.json(diagnosis);
            } else {
                DiagnosisLines.of(diagnosis).forEach(terminal::say);
            }
            return 0;
        }
    }

    /** A path that exists, or surely is one, as an absolute one; a name stays as it is. */
    private static String absolute(String text, Predicate<String> isPath) {
        try {
            Path path = Path.of(text);
            return isPath.test(text) || text.contains("/") || Files.exists(path)
                    ? path.toAbsolutePath().toString()
                    : text;
        } catch (InvalidPathException e) {
            return text;
        }
    }
}
