package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contract, labels and name of a model from its own file and the files beside it: those that timm, transformers and
 * Triton write, and lists of labels. The file's own word comes first; two files beside it that contradict each other
 * are an error that names both.
 */
public final class ModelFolder {

    private static final String OWN = "the file's metadata";

    private final OnnxModel model;
    private final Optional<ImageInput> input;
    private final List<Path> folders;
    private final Optional<Path> triton;

    /** Finds the files beside an ONNX file; reads nothing yet. */
    public ModelFolder(Path onnx, OnnxModel model) {
        this.model = model;
        this.input = ImageInput.of(model);
        Path folder = parent(onnx.toAbsolutePath());
        boolean version =
                folder.getFileName() != null && folder.getFileName().toString().matches("\\d+");
        // exports for browsers keep the graphs in a folder of that name, below the configuration
        boolean below = folder.endsWith("onnx");
        this.folders = version || below ? List.of(folder, parent(folder)) : List.of(folder);
        this.triton = version
                ? Optional.of(parent(folder).resolve("config.pbtxt")).filter(Files::isRegularFile)
                : Optional.empty();
    }

    /** The contract in the file itself, else in a file beside it; empty where neither has one. */
    public Optional<CarriedContract> contract() {
        Optional<CarriedContract> own = FoveaMetadata.contract(model)
                .or(() -> PreprocessingRecognition.of(model))
                .<CarriedContract>map(contract -> new CarriedContract.Expressible(OWN, contract))
                .or(this::ownTimm);
        return own.isPresent() ? own : agreed(besideContracts());
    }

    private Optional<CarriedContract> ownTimm() {
        return Optional.ofNullable(model.metadata().get("pretrained_cfg"))
                .flatMap(json -> input.map(known ->
                        TimmConfig.contract(CarriedJson.fields("{\"pretrained_cfg\":" + json + "}", OWN), OWN, known)));
    }

    private List<CarriedContract> besideContracts() {
        List<CarriedContract> found = new ArrayList<>();
        find("preprocessor_config.json")
                .ifPresent(path -> input.ifPresent(
                        known -> found.add(HuggingFaceProcessor.contract(fields(path), name(path), known))));
        find("config.json")
                .ifPresent(path -> input.ifPresent(known -> {
                    JsonFields fields = fields(path);
                    if (TimmConfig.isOne(fields)) {
                        found.add(TimmConfig.contract(fields, name(path), known));
                    }
                }));
        return found;
    }

    private static Optional<CarriedContract> agreed(List<CarriedContract> found) {
        List<CarriedContract.Expressible> usable = found.stream()
                .filter(CarriedContract.Expressible.class::isInstance)
                .map(CarriedContract.Expressible.class::cast)
                .toList();
        usable.stream()
                .filter(other -> !other.contract().equals(usable.getFirst().contract()))
                .findFirst()
                .ifPresent(other -> {
                    throw new FoveaException(
                            ErrorCode.CONTRACT_MISMATCH,
                            "%s states %s but %s states %s. Give the right contract with --contract."
                                    .formatted(
                                            usable.getFirst().source(),
                                            usable.getFirst().contract(),
                                            other.source(),
                                            other.contract()));
                });
        return usable.isEmpty() ? found.stream().findFirst() : Optional.of(usable.getFirst());
    }

    /** The labels in the file itself, else in files beside it; empty where neither has any. */
    public Optional<CarriedLabels> labels() {
        Optional<CarriedLabels> own = FoveaMetadata.labels(model)
                .or(() -> UltralyticsMetadata.of(model.metadata()).map(UltralyticsMetadata::labels))
                .map(labels -> new CarriedLabels(OWN, labels));
        if (own.isPresent()) {
            return own;
        }
        List<CarriedLabels> found = besideLabels();
        found.stream()
                .filter(other -> !other.labels().equals(found.getFirst().labels()))
                .findFirst()
                .ifPresent(other -> {
                    throw contradiction(found.getFirst(), other);
                });
        return found.stream().findFirst();
    }

    private List<CarriedLabels> besideLabels() {
        List<CarriedLabels> found = new ArrayList<>();
        find("config.json").ifPresent(path -> {
            JsonFields fields = fields(path);
            if (TimmConfig.isOne(fields)) {
                TimmConfig.labels(fields, name(path)).ifPresent(found::add);
            }
            HuggingFaceConfig.labels(fields, name(path)).ifPresent(found::add);
        });
        triton().flatMap(TritonConfig::labels)
                .map(file -> beside(triton.orElseThrow(), file))
                .ifPresent(path -> found.add(new CarriedLabels(name(path), LabelFile.read(path))));
        for (Path path : labelFiles()) {
            found.add(new CarriedLabels(name(path), LabelFile.read(path)));
        }
        return found;
    }

    private List<Path> labelFiles() {
        try (Stream<Path> files = Files.list(folders.getFirst())) {
            return files.filter(path -> name(path).matches("labels\\.txt|classes\\.txt|.+\\.names"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folders.getFirst(), e);
        }
    }

    private static FoveaException contradiction(CarriedLabels one, CarriedLabels other) {
        int at = 0;
        while (at < Math.min(one.labels().size(), other.labels().size())
                && one.labels().get(at).equals(other.labels().get(at))) {
            at++;
        }
        return new FoveaException(
                ErrorCode.LABELS_MISMATCH,
                "%s has %s but %s has %s. Give the right ones with --labels."
                        .formatted(one.source(), label(one, at), other.source(), label(other, at)));
    }

    private static String label(CarriedLabels labels, int at) {
        return at < labels.labels().size()
                ? "\"%s\" as label %d".formatted(labels.labels().get(at), at + 1)
                : "%d labels".formatted(labels.labels().size());
    }

    /** The model's name in a Triton repository. */
    public Optional<String> name() {
        return triton().flatMap(TritonConfig::name);
    }

    /** The file that declares several labels per image, where one does. */
    public Optional<String> multiLabel() {
        return find("config.json")
                .filter(path -> HuggingFaceConfig.isMultiLabel(fields(path)))
                .map(ModelFolder::name);
    }

    private Optional<TritonConfig> triton() {
        return triton.map(path -> TritonConfig.read(text(path), name(path), model));
    }

    /** A file that another names must lie in the same folder: a model that is imported reads nothing else. */
    private static Path beside(Path config, String file) {
        Path folder = parent(config).normalize();
        try {
            Path found = folder.resolve(file).normalize();
            if (found.startsWith(folder)) {
                return found;
            }
        } catch (InvalidPathException e) {
            // the name has characters that no file has
        }
        throw new FoveaException(
                ErrorCode.LABELS_MISMATCH,
                "%s: label_filename must be a file in the same folder and is \"%s\". Copy that file there, or state the labels."
                        .formatted(name(config), file));
    }

    private Optional<Path> find(String file) {
        return folders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static JsonFields fields(Path path) {
        return CarriedJson.fields(text(path), name(path));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static FoveaException unreadable(Path path, IOException e) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check its rights.".formatted(path), e);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Path parent(Path path) {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }
}
