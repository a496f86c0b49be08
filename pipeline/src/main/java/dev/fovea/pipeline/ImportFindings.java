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
 * Puts together how a model is used: what the request says, then what the file says of itself, then what stands beside
 * it. Remembers what was taken from where, and what nobody says.
 */
public final class ImportFindings {

    private static final Set<String> ANSWERED = Set.of("detect", "segment", "classify");

    private final Path file;
    private final OnnxModel model;
    private final ImportArguments given;
    private final ModelFolder folder;
    private final DetectorFindings detector;
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private Optional<Task> task = Optional.empty();

    /**
     * Findings about a file.
     *
     * @param images file bytes of images that it may be run on
     */
    public ImportFindings(Path file, ImportArguments given, Collection<byte[]> images, Engine engine) {
        this.file = file;
        this.model = InnerOutput.of(engine, OnnxModel.readWhole(file), given.output());
        this.detector = new DetectorFindings(model, images, engine);
        this.given = given;
        this.folder = new ModelFolder(file, detector.single());
    }

    /** What is imported as what. */
    public record Found(String name, NetworkUse answers, Map<String, String> taken) {}

    /** All of it; {@code ARGUMENT_INVALID} that lists everything that is missing. */
    public Found find() {
        String name = name().orElse("");
        List<String> said = labels();
        Optional<Postprocessing> found = postprocessing(said);
        Optional<DetectorLabels> fitting = fitting(found, said);
        Optional<Postprocessing> wanted = fitting.<Postprocessing>map(fit -> new Postprocessing.Decoding(fit.decoder()))
                .or(() -> found);
        List<String> labels = fitting.map(DetectorLabels::labels).orElse(said);
        OutputOptions options = new OutputOptions(task, given.output(), given.activation(), given.threshold());
        boolean tensors =
                wanted.filter(Postprocessing.Tensors.class::isInstance).isPresent();
        Optional<PreprocessingContract> contract = contract(tensors);
        boolean named = wanted.map(Postprocessing::task)
                .map(task -> switch (task) {
                    case EMBEDDING, TENSORS -> false;
                    case CLASSIFICATION, MULTI_LABEL, DETECTION, INSTANCE_SEGMENTATION, SEGMENTATION, TEXT_DETECTION ->
                        true;
                })
                .orElse(true);
        if (labels.isEmpty() && named) {
            missing.put("--labels LABELS.txt", "what the values of its output stand for");
        }
        requireNothingMissing();
        Optional<Postprocessing> settled = settled(wanted, contract, labels);
        return new Found(name, new NetworkUse(contract, settled, named ? labels : List.of(), options), taken);
    }

    private Optional<String> name() {
        if (given.name().isPresent()) {
            return given.name();
        }
        Optional<String> found = folder.name();
        found.ifPresentOrElse(
                name -> taken.put("name", "config.pbtxt"),
                () -> missing.put("--name NAME", "what the model is called here"));
        return found;
    }

    private List<String> labels() {
        if (given.labels().isPresent()) {
            return LabelFile.read(given.labels().get());
        }
        if (given.task()
                .filter(task -> task.equals("tensors") || task.equals("embedding"))
                .isPresent()) {
            return List.of();
        }
        Optional<CarriedLabels> found = folder.labels();
        found.ifPresent(labels -> taken.put("labels", labels.source()));
        return found.map(CarriedLabels::labels).orElse(List.of());
    }

    /** Label files of SSD detectors begin with the background, which is no object. */
    private Optional<DetectorLabels> fitting(Optional<Postprocessing> wanted, List<String> labels) {
        if (labels.isEmpty()
                || !(wanted.orElse(new Postprocessing.Tensors())
                        instanceof Postprocessing.Decoding(DecoderConfig decoder))) {
            return Optional.empty();
        }
        DetectorLabels fitting = DetectorLabels.of(decoder, model.outputs(), labels);
        fitting.dropped()
                .ifPresent(dropped -> taken.merge("labels", dropped, (source, change) -> source + ", " + change));
        return Optional.of(fitting);
    }

    private Optional<PreprocessingContract> contract(boolean tensors) {
        if (given.contract().isPresent()) {
            return given.contract().map(PreprocessingContractJson::read);
        }
        if (tensors) {
            return Optional.empty();
        }
        String what = "what is done to an image before the network sees it, as in docs/examples";
        return switch (folder.contract().orElse(new CarriedContract.Unusable("", ""))) {
            case CarriedContract.Expressible(String source, PreprocessingContract contract) -> {
                taken.put("contract", source + resizing(contract));
                yield Optional.of(contract);
            }
            case CarriedContract.Unusable(String source, String why) -> {
                missing.put(
                        "--contract CONTRACT.json", source.isEmpty() ? what : "%s; %s %s".formatted(what, source, why));
                yield Optional.empty();
            }
        };
    }

    /** Whose resizing a contract that no person wrote reproduces, where releases of the tool differ. */
    private static String resizing(PreprocessingContract contract) {
        return switch (contract.resize().engine()) {
            case PILLOW_13 ->
                " (resized as Pillow 13 does; for a model trained with Pillow 12 or older give --contract with engine \"pillow\")";
            case PILLOW -> " (resized horizontally first, as PyTorch and Pillow up to 12 do)";
            case OPENCV -> "";
        };
    }

    private Optional<Postprocessing> postprocessing(List<String> labels) {
        return switch (given.task().orElse("")) {
            case "" -> told(labels);
            case "classification" -> labelled(Task.CLASSIFICATION);
            case "detection" -> {
                Optional<Postprocessing> decoder = decoder(labels);
                if (decoder.isEmpty()) {
                    missing.put(
                            "--decoder DECODER.json",
                            "how its outputs tell of objects in an image; start from "
                                    + DetectorFindings.example(model));
                }
                yield decoder;
            }
            case "multi-label" -> labelled(Task.MULTI_LABEL);
            case "embedding" -> Optional.of(new Postprocessing.Embedding(given.output()));
            case "tensors" -> Optional.of(new Postprocessing.Tensors());
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--task is \"%s\"; it must be classification, multi-label, detection, embedding or tensors."
                                .formatted(given.task().orElse("")));
        };
    }

    /** The task as the file, its neighbours and the shapes of its outputs tell it; empty for one label. */
    private Optional<Postprocessing> told(List<String> labels) {
        requireAnsweredTask();
        Optional<Postprocessing> decoder = decoder(labels);
        if (decoder.isPresent()) {
            return decoder;
        }
        Optional<String> severalSaidBy = folder.multiLabel();
        if (severalSaidBy.isPresent()) {
            taken.put("task", "multi-label, " + severalSaidBy.get());
            return labelled(Task.MULTI_LABEL);
        }
        model.outputs().stream()
                .filter(output -> given.output().map(output.name()::equals).orElse(true))
                .findFirst()
                .filter(ImportFindings::hasPlaces)
                .ifPresent(output -> missing.put(
                        "--decoder DECODER.json",
                        "how its output %s tells of objects in an image, as in %s, --output for another one, or --task for another use"
                                .formatted(output, DetectorFindings.example(model))));
        return Optional.empty();
    }

    /** What its output holds is looked at when it is imported. */
    private Optional<Postprocessing> labelled(Task said) {
        task = Optional.of(said);
        return Optional.empty();
    }

    private void requireAnsweredTask() {
        UltralyticsMetadata.of(model.metadata())
                .flatMap(UltralyticsMetadata::task)
                .filter(task -> !ANSWERED.contains(task))
                .filter(task -> given.decoder().isEmpty())
                .ifPresent(task -> {
                    throw new FoveaException(
                            ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                            "%s says that its task is \"%s\", which is not supported. Import it for tensors only with --task tensors."
                                    .formatted(file, task));
                });
    }

    /** One number per label has one axis beside the batch's, but for axes of length 1. */
    private static boolean hasPlaces(TensorSpec output) {
        List<Optional<Long>> lengths =
                output.axes().stream().skip(1).map(Axis::fixed).toList();
        boolean places = lengths.stream().skip(1).anyMatch(length -> length.orElse(0L) > 1);
        return places
                && lengths.stream().filter(length -> length.orElse(2L) > 1).count() > 1;
    }

    /** A decoder that was found in the graph, with what trial runs show. */
    private Optional<Postprocessing> settled(
            Optional<Postprocessing> wanted, Optional<PreprocessingContract> contract, List<String> labels) {
        if (given.decoder().isPresent() || contract.isEmpty() || !isHead(wanted)) {
            return wanted;
        }
        return detector.settled(wanted.get(), contract.get(), labels)
                .map(settled -> {
                    String said = String.join(", ", settled.said());
                    taken.computeIfPresent("decoder", (key, how) -> said.isEmpty() ? how : how + "; " + said);
                    return settled.decoder()
                            .orElseThrow(() -> new FoveaException(
                                    ErrorCode.ARGUMENT_INVALID,
                                    "The output %s has an end-to-end detector's shape, but trial runs do not show its rows. Say with --decoder how it is read, starting from docs/examples/end-to-end-decoder.json, or give images that show objects with --golden."
                                            .formatted(model.outputs().getFirst())));
                })
                .<Postprocessing>map(Postprocessing.Decoding::new)
                .or(() -> wanted);
    }

    private static boolean isHead(Optional<Postprocessing> wanted) {
        return wanted.filter(Postprocessing.Decoding.class::isInstance).isPresent();
    }

    private Optional<Postprocessing> decoder(List<String> labels) {
        if (given.decoder().isPresent()) {
            return given.decoder().map(DecoderConfigJson::read).map(Postprocessing.Decoding::new);
        }
        Optional<DecoderFinding> found = detector.of(BackgroundLabel.withoutLast(labels));
        found.ifPresent(finding -> taken.put("decoder", finding.family() + ", found in the graph"));
        detector.fed().forEach((input, value) -> taken.put("input " + input, value));
        Optional<DecoderConfig> map =
                found.isPresent() ? Optional.empty() : MapRecognition.of(model, given.output(), labels.size());
        map.ifPresent(decoder -> taken.put("decoder", "semantic-map, found in the graph"));
        return found.map(DecoderFinding::decoder).or(() -> map).map(Postprocessing.Decoding::new);
    }

    private void requireNothingMissing() {
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder(
                "Neither %s nor what stands beside it says all that is needed. Give:".formatted(file));
        if (!taken.isEmpty()) {
            message.insert(0, "Found: %s.%n".formatted(sources(taken)));
        }
        missing.forEach((option, what) -> message.append("\n  %-26s%s".formatted(option, what)));
        message.append("\nOr import it for tensors only, with --task tensors.");
        throw new FoveaException(ErrorCode.ARGUMENT_INVALID, message.toString());
    }

    /** What was taken from where, in one line. */
    public static String sources(Map<String, String> taken) {
        return taken.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
