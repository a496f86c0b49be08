package dev.fovea.server;

import dev.fovea.evaluation.Comparison;
import dev.fovea.evaluation.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Activation;
import dev.fovea.model.ModelSource;
import dev.fovea.model.OnnxModel;
import dev.fovea.pipeline.BundleImport;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.quantize.Progress;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.SessionSettings;
import dev.fovea.runtime.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea import}. */
@Command(
        name = "import",
        description = {
            "Makes an ONNX model from elsewhere the next version of a model.",
            "What the options leave out is read from the file's own metadata (Ultralytics, timm) and from the files beside it: preprocessor_config.json, config.json, config.pbtxt, labels.txt, classes.txt, *.names.",
            "Nothing is guessed: what is still missing is asked for. What the model answers to the golden pictures is recorded now and proved at every load."
        },
        footer = {
            "",
            "Example:  fovea import squeezenet.onnx --name squeezenet \\",
            "              --contract contract.json --labels labels.txt",
            "          fovea import yolo11n.onnx --name things",
            "          fovea import vit-folder/ --name vit",
            "          fovea import shirts-2.zip      (what fovea export wrote)"
        })
final class ImportCommand extends HomeVerb {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model's file, or the folder that it is in.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name here (default: that of a Triton repository).")
    private @Nullable String name;

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
            names = "--output",
            paramLabel = "OUTPUT",
            description =
                    "The output to use, by its name (default: the only one, or the only one that fits the labels).")
    private @Nullable String output;

    @Option(
            names = "--activation",
            paramLabel = "ACTIVATION",
            description =
                    "What the output leaves to be done: softmax, sigmoid, or none where it holds probabilities (default: told from the graph and from trial runs).")
    private @Nullable String activation;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description =
                    "For multi-label and masks: from which probability a label applies (default: ${DEFAULT-VALUE}).")
    private double threshold = 0.5;

    @Option(
            names = "--golden",
            paramLabel = "PICTURE",
            arity = "1..*",
            description =
                    "Pictures to prove the model with (default: drawn ones). Give the model's file before this option.")
    private List<Path> golden = List.of();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Labelled images to evaluate it on: a folder per label for a classifier, images with boxes for a detector.")
    private String data = "";

    @Mixin
    private final PromotionOption promotion = new PromotionOption();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Mixin
    private final ImportLimits limits = new ImportLimits();

    /** What {@code --json} prints. */
    record Imported(
            String model,
            int version,
            String bundle,
            boolean production,
            Map<String, String> taken,
            List<String> decisions,
            Optional<String> evaluation,
            Optional<JsonNode> verdict,
            Optional<JsonNode> comparison) {}

    @Override
    public Integer call() {
        BoundedProcess.Limits allowed = limits.of(file);
        return typed().isEmpty() ? importNow() : importBounded(allowed);
    }

    /** In a process of its own: nobody knows yet what the network does. */
    private int importBounded(BoundedProcess.Limits allowed) {
        try {
            return new BoundedProcess("Importing " + file, allowed).run(typed());
        } catch (FoveaException e) {
            Local.reportCutOff(home);
            throw e;
        }
    }

    private int importNow() {
        Terminal terminal = terminal();
        return BundleImport.isExport(file) ? importBundle(terminal) : importModel(terminal);
    }

    /** What {@code fovea export} wrote says all by itself. */
    private int importBundle(Terminal terminal) {
        ImportOptions.requireForExport(givenOptions());
        try (Local local = Local.open(home, terminal);
                Workers workers = Workers.forThisMachine()) {
            ModelImport.Result result = new BundleImport(local.workshop(Engine.open(), workers))
                    .run(new BundleImport.Request(file, data, promotion.policy(), note), progress(terminal));
            ModelVersion version = result.version();
            if (json) {
                printJson(terminal, result, Map.of());
            } else {
                say(terminal, result);
                terminal.say("Imported %s, bundle %s. %s"
                        .formatted(version.id(), version.bundleId().substring(0, 12), outcome(local, result)));
            }
            return 0;
        }
    }

    private int importModel(Terminal terminal) {
        Path onnx = ModelSource.find(file);
        ImportFindings.Found found = found(onnx);
        ImportOptions.requireFor(givenOptions(), found);
        ModelImport.Request request = new ModelImport.Request(
                onnx, found.name(), found.answers(), pictures(golden), data, promotion.policy(), note);
        try (Local local = Local.open(home, terminal);
                Workers workers = Workers.forThisMachine()) {
            ModelImport.Result result =
                    new ModelImport(local.workshop(Engine.open(), workers)).run(request, progress(terminal));
            ModelVersion version = result.version();
            if (json) {
                printJson(terminal, result, found.taken());
                return 0;
            }
            if (!found.taken().isEmpty()) {
                terminal.say(sources(found.taken()));
            }
            result.decisions().forEach(decision -> terminal.say("Decided: " + decision + "."));
            say(terminal, result);
            boolean images = found.answers().contract().isPresent();
            if (result.evaluation().isEmpty() && canBeEvaluated(version)) {
                terminal.say(
                        "It was never evaluated: nothing is known of how good it is. fovea evaluate %s@%d --data FOLDER tells."
                                .formatted(found.name(), version.number()));
            }
            terminal.say("Imported %s, %s. %s"
                    .formatted(
                            version.id(),
                            images
                                    ? "proved on %d pictures"
                                            .formatted(ModelImport.goldenImages(pictures(golden))
                                                    .size())
                                    : "which takes and gives tensors, so that it was proved on no image",
                            outcome(local, result)));
            return 0;
        }
    }

    private static boolean canBeEvaluated(ModelVersion version) {
        return Set.of("classification", "detection")
                .contains(version.registration().task());
    }

    private static Progress progress(Terminal terminal) {
        return (step, done, of) -> terminal.progress(step, (double) done / of, Optional.empty(), done + " of " + of);
    }

    private static void say(Terminal terminal, ModelImport.Result result) {
        result.evaluation().ifPresent(evaluation -> EvaluateCommand.say(terminal, evaluation));
        result.comparison().map(Comparison::sentence).ifPresent(terminal::say);
    }

    private static String outcome(Local local, ModelImport.Result result) {
        return PromotionOption.outcome(local.registry(), result.version(), result.promotion());
    }

    private static void printJson(Terminal terminal, ModelImport.Result result, Map<String, String> taken) {
        ModelVersion version = result.version();
        terminal.json(new Imported(
                version.name(),
                version.number(),
                version.bundleId(),
                result.promotion().promoted(),
                taken,
                result.decisions(),
                result.evaluation().map(evaluation -> evaluation.evaluation().id()),
                result.verdict().map(new ReportJson()::tree),
                result.comparison().map(new ReportJson()::tree)));
    }

    private ImportFindings.Found found(Path onnx) {
        ImportFindings findings = new ImportFindings(
                onnx, given(), ModelImport.goldenImages(pictures(golden)).values());
        try {
            return findings.find();
        } catch (FoveaException missing) {
            // a file that cannot run at all needs no other files
            Engine.open()
                    .load(OnnxModel.readWhole(onnx).bytes(), SessionSettings.forThisMachine())
                    .close();
            throw missing;
        }
    }

    private ImportFindings.Given given() {
        return new ImportFindings.Given(
                Optional.ofNullable(name),
                Optional.ofNullable(task),
                Optional.ofNullable(head),
                Optional.ofNullable(contract),
                Optional.ofNullable(labels),
                Optional.ofNullable(output),
                Optional.ofNullable(activation).map(ImportCommand::activation),
                threshold);
    }

    private static Activation activation(String word) {
        return switch (word) {
            case "softmax" -> Activation.SOFTMAX;
            case "sigmoid" -> Activation.SIGMOID;
            case "none" -> Activation.NONE;
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--activation is \"%s\"; it must be softmax, sigmoid or none.".formatted(word));
        };
    }

    /** What was taken from where. */
    static String sources(Map<String, String> taken) {
        return taken.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
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
        if (Files.isDirectory(path)) {
            return new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a folder. Give the images in it: %s".formatted(path, path.resolve("*.jpg")),
                    e);
        }
        if (!Files.exists(path)) {
            return new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s does not exist. Check the path.".formatted(path), e);
        }
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path and its rights.".formatted(path), e);
    }
}
