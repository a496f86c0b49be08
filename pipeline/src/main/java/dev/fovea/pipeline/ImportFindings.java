package dev.fovea.pipeline;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.formats.CarriedContract;
import dev.fovea.model.formats.CarriedLabels;
import dev.fovea.model.formats.LabelFile;
import dev.fovea.model.formats.ModelFolder;
import dev.fovea.model.formats.UltralyticsMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorSpec.Axis;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.outputs.BackgroundLabel;
import dev.fovea.model.outputs.DecoderFinding;
import dev.fovea.model.outputs.DetectorLabels;
import dev.fovea.model.outputs.MapRecognition;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.InnerOutput;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resolves the task, labels, contract and decoder of an ONNX file. Sources in order: the request, the file's metadata
 * and graph, and files in its folder. Records the source of each value, and the values that are missing.
 */
public final class ImportFindings {

    private static final Set<String> SUPPORTED_TASKS = Set.of("detect", "segment", "classify");

    private final Path file;
    private final OnnxModel model;
    private final ImportArguments arguments;
    private final ModelFolder folder;
    private final DetectorFindings detector;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private Optional<Task> task = Optional.empty();

    /**
     * Findings about a file.
     *
     * @param images encoded images for trial runs
     */
    public ImportFindings(Path file, ImportArguments arguments, Collection<byte[]> images, Engine engine) {
        this.file = file;
        this.model = InnerOutput.of(engine, OnnxModel.readWhole(file), arguments.output());
        this.detector = new DetectorFindings(model, images, engine);
        this.arguments = arguments;
        this.folder = new ModelFolder(file, detector.single());
    }

    /** The resolved name and use of the network, with the source of each value. */
    public record Found(String name, NetworkUse use, Map<String, String> sources) {}

    /** Resolves all values; {@code ARGUMENT_INVALID} lists every missing one. */
    public Found find() {
        String name = name().orElse("");
        List<String> declared = labels();
        Optional<Postprocessing> found = postprocessing(declared);
        Optional<DetectorLabels> fitting = fitting(found, declared);
        Optional<Postprocessing> requested = fitting.<Postprocessing>map(
                        fit -> new Postprocessing.Decoding(fit.decoder()))
                .or(() -> found);
        List<String> labels = fitting.map(DetectorLabels::labels).orElse(declared);
        OutputOptions options =
                new OutputOptions(task, arguments.output(), arguments.activation(), arguments.threshold());
        boolean tensors =
                requested.filter(Postprocessing.Tensors.class::isInstance).isPresent();
        Optional<PreprocessingContract> contract = contract(tensors);
        boolean named = requested.map(Postprocessing::task).map(Task::isNamed).orElse(true);
        if (labels.isEmpty() && named) {
            missing.put("--labels LABELS.txt", "the label of each output value");
        }
        requireNothingMissing();
        Optional<Postprocessing> resolved = resolved(requested, contract, labels);
        return new Found(name, new NetworkUse(contract, resolved, named ? labels : List.of(), options), sources);
    }

    private Optional<String> name() {
        if (arguments.name().isPresent()) {
            return arguments.name();
        }
        Optional<String> found = folder.name();
        found.ifPresentOrElse(
                name -> sources.put("name", "config.pbtxt"),
                () -> missing.put("--name NAME", "the name to register the model under"));
        return found;
    }

    private List<String> labels() {
        if (arguments.labels().isPresent()) {
            return LabelFile.read(arguments.labels().get());
        }
        if (arguments
                .task()
                .filter(task -> task.equals("tensors") || task.equals("embedding"))
                .isPresent()) {
            return List.of();
        }
        Optional<CarriedLabels> found = folder.labels();
        found.ifPresent(labels -> sources.put("labels", labels.source()));
        return found.map(CarriedLabels::labels).orElse(List.of());
    }

    /** Label files of SSD detectors begin with the background class. */
    private Optional<DetectorLabels> fitting(Optional<Postprocessing> requested, List<String> labels) {
        if (labels.isEmpty()
                || !(requested.orElse(new Postprocessing.Tensors())
                        instanceof Postprocessing.Decoding(DecoderConfig decoder))) {
            return Optional.empty();
        }
        DetectorLabels fitting = DetectorLabels.of(decoder, model.outputs(), labels);
        fitting.dropped()
                .ifPresent(dropped -> sources.merge("labels", dropped, (source, change) -> source + ", " + change));
        return Optional.of(fitting);
    }

    private Optional<PreprocessingContract> contract(boolean tensors) {
        if (arguments.contract().isPresent()) {
            return arguments.contract().map(PreprocessingContractJson::read);
        }
        if (tensors) {
            return Optional.empty();
        }
        String what = "the preprocessing contract, as in docs/examples";
        return switch (folder.contract().orElse(new CarriedContract.Unusable("", ""))) {
            case CarriedContract.Expressible(String source, PreprocessingContract contract) -> {
                sources.put("contract", source + resizing(contract));
                yield Optional.of(contract);
            }
            case CarriedContract.Unusable(String source, String why) -> {
                missing.put(
                        "--contract CONTRACT.json", source.isEmpty() ? what : "%s; %s %s".formatted(what, source, why));
                yield Optional.empty();
            }
        };
    }

    /** The library whose resizing an inferred contract reproduces, where its releases differ. */
    private static String resizing(PreprocessingContract contract) {
        return switch (contract.resize().engine()) {
            case PILLOW_13 ->
                " (resized as Pillow 13 does; for a model trained with Pillow 12 or older use --contract with engine \"pillow\")";
            case PILLOW -> " (resized horizontally first, as PyTorch and Pillow up to 12 do)";
            case OPENCV -> "";
        };
    }

    private Optional<Postprocessing> postprocessing(List<String> labels) {
        return switch (arguments.task().orElse("")) {
            case "" -> inferred(labels);
            case "classification" -> labelled(Task.CLASSIFICATION);
            case "detection" -> {
                Optional<Postprocessing> decoder = decoder(labels);
                if (decoder.isEmpty()) {
                    String example = DetectorFindings.example(model);
                    missing.put("--decoder DECODER.json", "the output decoder; start from " + example);
                }
                yield decoder;
            }
            case "multi-label" -> labelled(Task.MULTI_LABEL);
            case "embedding" -> Optional.of(new Postprocessing.Embedding(arguments.output()));
            case "tensors" -> Optional.of(new Postprocessing.Tensors());
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--task is \"%s\"; it must be classification, multi-label, detection, embedding or tensors."
                                .formatted(arguments.task().orElse("")));
        };
    }

    /** Infers the task from the file, its folder and its output shapes; empty for one label. */
    private Optional<Postprocessing> inferred(List<String> labels) {
        requireSupportedTask();
        Optional<Postprocessing> decoder = decoder(labels);
        if (decoder.isPresent()) {
            return decoder;
        }
        Optional<String> multiLabelSource = folder.multiLabel();
        if (multiLabelSource.isPresent()) {
            sources.put("task", "multi-label, " + multiLabelSource.get());
            return labelled(Task.MULTI_LABEL);
        }
        model.outputs().stream()
                .filter(output -> arguments.output().map(output.name()::equals).orElse(true))
                .findFirst()
                .filter(ImportFindings::hasPositions)
                .ifPresent(output -> missing.put(
                        "--decoder DECODER.json",
                        "the decoder of output %s, as in %s; or --output for another one, or --task for another use"
                                .formatted(output, DetectorFindings.example(model))));
        return Optional.empty();
    }

    /** The output values are checked by a trial run at the import. */
    private Optional<Postprocessing> labelled(Task declared) {
        task = Optional.of(declared);
        return Optional.empty();
    }

    private void requireSupportedTask() {
        UltralyticsMetadata.of(model.metadata())
                .flatMap(UltralyticsMetadata::task)
                .filter(task -> !SUPPORTED_TASKS.contains(task))
                .filter(task -> arguments.decoder().isEmpty())
                .ifPresent(task -> {
                    throw new FoveaException(
                            ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                            "%s says that its task is \"%s\", which is not supported. Import it for tensors only with --task tensors."
                                    .formatted(file, task));
                });
    }

    /** Classifier outputs have one axis of length above 1, apart from the batch axis. */
    private static boolean hasPositions(TensorSpec output) {
        List<Optional<Long>> lengths =
                output.axes().stream().skip(1).map(Axis::fixed).toList();
        boolean positions = lengths.stream().skip(1).anyMatch(length -> length.orElse(0L) > 1);
        return positions
                && lengths.stream().filter(length -> length.orElse(2L) > 1).count() > 1;
    }

    /** A decoder that was found in the graph, completed by trial runs. */
    private Optional<Postprocessing> resolved(
            Optional<Postprocessing> requested, Optional<PreprocessingContract> contract, List<String> labels) {
        if (arguments.decoder().isPresent() || contract.isEmpty() || !isDecoding(requested)) {
            return requested;
        }
        return detector.resolved(requested.get(), contract.get(), labels)
                .map(resolved -> {
                    String detail = String.join(", ", resolved.decisions());
                    sources.computeIfPresent(
                            "decoder", (_, source) -> detail.isEmpty() ? source : source + "; " + detail);
                    return resolved.decoder()
                            .orElseThrow(() -> new FoveaException(
                                    ErrorCode.ARGUMENT_INVALID,
                                    "The output %s has an end-to-end detector's shape, but trial runs do not show its row format. Add --decoder, starting from docs/examples/end-to-end-decoder.json, or images that show objects with --golden."
                                            .formatted(model.outputs().getFirst())));
                })
                .<Postprocessing>map(Postprocessing.Decoding::new)
                .or(() -> requested);
    }

    private static boolean isDecoding(Optional<Postprocessing> requested) {
        return requested.filter(Postprocessing.Decoding.class::isInstance).isPresent();
    }

    private Optional<Postprocessing> decoder(List<String> labels) {
        if (arguments.decoder().isPresent()) {
            return arguments.decoder().map(DecoderConfigJson::read).map(Postprocessing.Decoding::new);
        }
        Optional<DecoderFinding> found = detector.of(BackgroundLabel.withoutLast(labels));
        found.ifPresent(finding -> sources.put("decoder", finding.family() + ", found in the graph"));
        detector.fed().forEach((input, value) -> sources.put("input " + input, value));
        Optional<DecoderConfig> map =
                found.isPresent() ? Optional.empty() : MapRecognition.of(model, arguments.output(), labels.size());
        map.ifPresent(decoder -> sources.put("decoder", "semantic-map, found in the graph"));
        return found.map(DecoderFinding::decoder).or(() -> map).map(Postprocessing.Decoding::new);
    }

    private void requireNothingMissing() {
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder("%s and its folder do not contain all values. Add:".formatted(file));
        if (!sources.isEmpty()) {
            message.insert(0, "Found: %s.%n".formatted(text(sources)));
        }
        missing.forEach((option, what) -> message.append("\n  %-26s%s".formatted(option, what)));
        message.append("\nOr import it for tensors only, with --task tensors.");
        throw new FoveaException(ErrorCode.ARGUMENT_INVALID, message.toString());
    }

    /** What was sources from where, in one line. */
    public static String text(Map<String, String> sources) {
        return sources.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
