package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract;
import dev.fovea.model.Activation;
import dev.fovea.model.ContractJson;
import dev.fovea.model.ContractRecognition;
import dev.fovea.model.Fit;
import dev.fovea.model.Head;
import dev.fovea.model.HeadJson;
import dev.fovea.model.HeadRecognition;
import dev.fovea.model.OnnxModel;
import dev.fovea.model.Postprocessing;
import dev.fovea.model.UltralyticsMetadata;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea import}. */
@Command(
        name = "import",
        description = {
            "Makes an ONNX model from elsewhere the next version of a model.",
            "The contract says what is done to a picture first; it is never guessed. What the model answers to the golden pictures is recorded now and proved at every load."
        },
        footer = {
            "",
            "Example:  fovea import squeezenet.onnx --name squeezenet \\",
            "              --contract contract.json --labels labels.txt"
        })
final class ImportCommand extends HomeVerb {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model's file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name here.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "What it answers: classification, multi-label, detection, embedding or tensors (default: told from the graph).")
    private @Nullable String task;

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            description = "For detection: JSON file that says how its outputs are read (default: told from the graph).")
    private @Nullable Path head;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT",
            description = "JSON file with the preprocessing contract. Only a model for tensors goes without.")
    private @Nullable Path contract;

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            description = "Text file: one label per line, in the order of the output.")
    private @Nullable Path labels;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "For multi-label: from which probability a label applies (default: ${DEFAULT-VALUE}).")
    private double threshold = 0.5;

    @Option(
            names = "--golden",
            paramLabel = "PICTURE",
            arity = "1..*",
            description =
                    "Pictures to prove the model with (default: drawn ones). Give the model's file before this option.")
    private List<Path> golden = List.of();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Imported(String model, int version, String bundle, boolean production) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        ModelImport.Request request = new ModelImport.Request(file, name, answers(), pictures(golden), note);
        try (Local local = Local.open(home, terminal);
                Workers workers = Workers.forThisMachine()) {
            ModelVersion version = new ModelImport(local.workshop(Engine.open(), workers)).run(request);
            boolean production =
                    local.registry().model(name).promotion().orElseThrow().version() == version.number();
            if (json) {
                terminal.json(new Imported(name, version.number(), version.bundleId(), production));
            } else {
                terminal.say("Imported %s, proved on %d pictures. %s"
                        .formatted(
                                version.id(),
                                Math.max(golden.size(), 3),
                                production
                                        ? "It is in production."
                                        : "To put it into production: fovea promote %s %d"
                                                .formatted(name, version.number())));
            }
            return 0;
        }
    }

    private ModelImport.Answers answers() {
        OnnxModel model = OnnxModel.read(file);
        List<String> names = labels == null ? carriedLabels(model) : lines(labels);
        Optional<Contract> read =
                contract == null ? ContractRecognition.of(model) : Optional.of(ContractJson.read(contract));
        Optional<Postprocessing> wanted = postprocessing(model, names);
        boolean tensors =
                wanted.filter(Postprocessing.Tensors.class::isInstance).isPresent();
        if (read.isEmpty() && !tensors) {
            throw missing("--contract", "what is done to a picture before the network");
        }
        if (names.isEmpty() && wanted.map(Fit::hasLabels).orElse(true)) {
            throw missing("--labels", "what the values of its output stand for");
        }
        return new ModelImport.Answers(read, wanted, names);
    }

    private static List<String> carriedLabels(OnnxModel model) {
        return UltralyticsMetadata.of(model.metadata())
                .map(UltralyticsMetadata::labels)
                .orElse(List.of());
    }

    private FoveaException missing(String option, String what) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "%s carries no word of %s. Give it with %s, or import it for tensors only with --task tensors."
                        .formatted(file, what, option));
    }

    private Optional<Postprocessing> postprocessing(OnnxModel model, List<String> names) {
        return switch (task) {
            case null -> head(model, names);
            case "classification" -> Optional.empty();
            case "detection" ->
                Optional.of(head(model, names).orElseThrow(() -> missing("--head", "how its outputs are read")));
            case "multi-label" ->
                Optional.of(new Postprocessing.Labels(
                        Fit.endsIn(model, "Sigmoid") ? Activation.NONE : Activation.SIGMOID, threshold));
            case "embedding" -> Optional.of(new Postprocessing.Embedding());
            case "tensors" -> Optional.of(new Postprocessing.Tensors());
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--task is \"%s\"; it must be classification, multi-label, detection, embedding or tensors."
                                .formatted(task));
        };
    }

    private Optional<Postprocessing> head(OnnxModel model, List<String> names) {
        Optional<Head> found =
                head != null ? Optional.of(HeadJson.read(head)) : HeadRecognition.of(model, names.size());
        return found.map(Postprocessing.Objects::new);
    }

    private static List<String> lines(Path path) {
        try {
            List<String> lines = Files.readAllLines(path).stream()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH, "%s holds no label. Give one label per line.".formatted(path));
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static Map<String, byte[]> pictures(List<Path> paths) {
        Map<String, byte[]> pictures = new TreeMap<>();
        for (Path path : paths) {
            try {
                pictures.put(path.getFileName().toString(), Files.readAllBytes(path));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        return pictures;
    }

    static FoveaException unreadable(Path path, IOException e) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path and its rights.".formatted(path), e);
    }
}
