package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.FailedImage;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.quantize.QuantizationJson;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.quantize.QuantizationResult;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.session.ImageReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Quantizes a registered FP32 version to a new version of the same model, or returns the reason for keeping the
 * original. The new version is a candidate and is not promoted. Both versions run through the serving path.
 */
public final class ModelQuantization {

    /** The report's file in the bundle. */
    public static final String REPORT = "quantization.json";

    private static final String PRECISION = "precision";
    private static final String SETTING = "quantization";
    private static final String DATA = "images";
    private static final String CALIBRATION = "calibration_data";
    private static final String MARGIN = "margin";
    private static final String NON_INFERIORITY = "non_inferiority";

    private final JobTools workshop;
    private final Registrar registrar;

    /** A quantization with these tools. */
    public ModelQuantization(JobTools workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop);
    }

    /**
     * The result of a quantization.
     *
     * @param original that was quantized
     * @param verdict result with its report
     * @param version the new version; empty if the original stays in use
     * @param failed calibration images that could not be read
     * @param unknownFolders folders of images whose name is not a label of the model, where it has labels
     * @param notes the recognized format of an annotated folder, and its findings
     */
    public record VersionQuantization(
            ModelVersion original,
            QuantizationResult verdict,
            Optional<ModelVersion> version,
            List<FailedImage> failed,
            List<String> unknownFolders,
            List<String> notes) {
        public VersionQuantization {
            failed = List.copyOf(failed);
            unknownFolders = List.copyOf(unknownFolders);
            notes = List.copyOf(notes);
        }

        /** Whether non-inferiority within the margin was shown. Otherwise a person has to decide. */
        public boolean isShown() {
            return version.isPresent()
                    && verdict.report().judgement().evidence().shown();
        }

        /** The reason for keeping the original, if any. */
        public Optional<String> refused() {
            return verdict instanceof QuantizationResult.Refused(String reason, var _)
                    ? Optional.of(reason)
                    : Optional.empty();
        }
    }

    /** The target precision of a quantized version; empty for others. */
    public static Optional<String> precision(ModelVersion version) {
        return Optional.ofNullable(version.lineage().settings().get(PRECISION));
    }

    /** Quantizes; throws the errors of {@link Quantizer} and of the serving path. */
    public VersionQuantization run(QuantizationSpec order, QuantizationProgress progress) {
        Registry.requireReason(order.note());
        ModelVersion original = workshop.registry().model(order.name()).active(order.version());
        return quantize(order, original, progress);
    }

    private VersionQuantization quantize(QuantizationSpec order, ModelVersion original, QuantizationProgress progress) {
        Bundle bundle = workshop.bundles().bundle(original.bundleId());
        Manifest manifest = bundle.manifest();
        PreprocessingContract contract = manifest.contract()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s takes tensors instead of images, so that it cannot be calibrated. Import it with a preprocessing contract."
                                .formatted(original.id())));
        OnnxModel model = bundle.model();
        ImageSource source = ImageSource.of(order.data(), manifest.lineage().dataset(), workshop.datasets());
        Optional<DetectionFolder> annotated = annotated(source.folder(), manifest);
        QuantizationImages images = annotated
                .map(folder -> QuantizationImages.of(folder, source.known()))
                .orElseGet(() -> manifest.task() == Task.MULTI_TASK
                        ? QuantizationImages.ofTasks(source)
                        : QuantizationImages.of(source.folder(), manifest.labels(), source.known()));
        Optional<Map<Path, LabelledBoxes>> boxes = annotated.map(
                folder -> folder.images().stream().collect(Collectors.toMap(LabelledBoxes::image, image -> image)));
        Map<String, String> settings = Map.of(
                PRECISION,
                order.precision().toString(),
                DATA,
                images.id(),
                MARGIN,
                String.valueOf(order.gate().points()));
        requireNew(original, settings);
        CandidateEvaluators evaluators =
                new CandidateEvaluators(workshop, bundle, order.gate(), images.labelled(), boxes);
        CandidateEvaluator validation =
                evaluators.forValidation(images.validation(), (done, of) -> progress.at("validation images", done, of));
        CandidateEvaluator test = evaluators.forTest(images.test(), (done, of) -> progress.at("test images", done, of));
        QuantizationCandidates candidates = new QuantizationCandidates(workshop, bundle, original);
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch());
                CalibrationTensors calibration = CalibrationTensors.read(
                        images.calibration(), reader(contract, model), directory.resolve("calibration"), progress)) {
            QuantizationImages.requireEnough(calibration.tensors().size(), "to calibrate on");
            Optional<ThresholdTransfer> transfer =
                    ThresholdTransfer.of(workshop.engine(), bundle, calibration.tensors());
            UnaryOperator<OnnxModel> served = network ->
                    transfer.map(threshold -> threshold.applied(network)).orElse(network);
            QuantizationResult verdict = new Quantizer(workshop.engine())
                    .quantize(
                            new Quantizer.QuantizerInput(
                                    model,
                                    calibration.tensors(),
                                    network -> candidates.evaluator(validation).evaluate(served.apply(network)),
                                    network -> candidates.evaluator(test).evaluate(served.apply(network)),
                                    order.precision()),
                            progress);
            List<String> notes =
                    new ArrayList<>(annotated.map(ModelQuantization::notes).orElse(List.of()));
            Optional<ModelVersion> version = switch (verdict) {
                case QuantizationResult.Delivered(OnnxModel delivered, QuantizationReport report) -> {
                    OnnxModel quantized = served.apply(delivered);
                    Manifest finished = finished(candidates, quantized, test, with(order, settings, report));
                    MadeReference reference = new ReferenceMaking(workshop)
                            .make(
                                    new ReferenceMaking.Unregistered(finished, quantized.bytes(), candidates.golden()),
                                    heldOut(images, boxes, manifest.labels()),
                                    (done, of) -> progress.at("reference", done, of));
                    notes.addAll(reference.notes());
                    yield Optional.of(register(order, finished, candidates, test, quantized, report, reference));
                }
                case QuantizationResult.Refused ignored -> Optional.empty();
            };
            return new VersionQuantization(
                    original,
                    verdict,
                    version,
                    calibration.failed(),
                    manifest.task() == Task.CLASSIFICATION ? images.unknownFolders() : List.of(),
                    notes);
        }
    }

    /** Quantization is deterministic, so that an equal request would register the same version again. */
    private void requireNew(ModelVersion original, Map<String, String> settings) {
        RegisteredModel model = workshop.registry().model(original.name());
        model.versions().stream()
                .filter(version -> version.lineage()
                                .parent()
                                .equals(original.id().toString())
                        && version.lineage().machine().equals(workshop.origin().machine())
                        && version.lineage()
                                .codeVersion()
                                .equals(workshop.origin().codeVersion())
                        && version.lineage().settings().entrySet().containsAll(settings.entrySet()))
                .findFirst()
                .ifPresent(version -> {
                    throw new FoveaException(
                            ErrorCode.STATE_CONFLICT,
                            "%s%s is %s of %s already, from the same images, with the same margin, on this machine. Nothing is registered again. To make another one, change the data, the margin or the precision."
                                    .formatted(
                                            version.id(),
                                            model.isArchived(version) ? " (archived)" : "",
                                            settings.get(PRECISION),
                                            original.id()));
                });
    }

    private static Map<String, String> with(
            QuantizationSpec order, Map<String, String> settings, QuantizationReport report) {
        Map<String, String> all = new HashMap<>(settings);
        order.dataset().ifPresent(version -> all.put(CALIBRATION, version));
        all.put(SETTING, report.setting());
        all.put(NON_INFERIORITY, report.judgement().evidence().shown() ? "shown" : "not shown");
        return all;
    }

    /** The annotated images of a detector's folder, if its format is recognized. */
    private static Optional<DetectionFolder> annotated(Path folder, Manifest manifest) {
        return manifest.task() == Task.DETECTION
                        && DetectionFolder.recognise(folder).isPresent()
                ? Optional.of(DetectionFolder.read(folder, manifest.labels()))
                : Optional.empty();
    }

    private static List<String> notes(DetectionFolder annotated) {
        return Stream.concat(Stream.of(annotated.sentence()), annotated.findings().sentences().stream())
                .toList();
    }

    private static ImageReader reader(PreprocessingContract contract, OnnxModel model) {
        PreprocessingContract single = QuantizationCandidates.inSinglePrecision(contract);
        DataType type = single.tensor().type() == TensorFormat.ElementType.UINT8 ? DataType.UINT8 : DataType.FP32;
        return new ImageReader(
                single, new TensorMetadata(model.inputs().getFirst().name(), type, new long[0]));
    }

    private static Manifest finished(
            QuantizationCandidates candidates,
            OnnxModel quantized,
            CandidateEvaluator test,
            Map<String, String> settings) {
        Optional<ClassificationReport> evaluation = candidates.with(quantized, test::report);
        return candidates.manifest(quantized, evaluation.map(found -> new ReportJson().write(found)), settings);
    }

    /** The images of the final comparison, with what they show. */
    private static List<HeldOutImage> heldOut(
            QuantizationImages images, Optional<Map<Path, LabelledBoxes>> boxes, List<String> labels) {
        return images.test().stream()
                .map(image -> boxes.flatMap(known -> Optional.ofNullable(known.get(image.file())))
                        .map(annotated -> HeldOutImage.of(annotated, labels))
                        .orElseGet(() -> images.labelled()
                                ? HeldOutImage.of(image.file(), labels.get(image.label()))
                                : new HeldOutImage(image.file(), Optional.empty())))
                .toList();
    }

    private ModelVersion register(
            QuantizationSpec order,
            Manifest finished,
            QuantizationCandidates candidates,
            CandidateEvaluator test,
            OnnxModel quantized,
            QuantizationReport report,
            MadeReference reference) {
        Map<String, Double> metrics = new HashMap<>(candidates.with(quantized, test::metrics));
        metrics.put("speed_up", report.speedUp().ratio().value());
        return registrar.register(new Registrar.FinishedTraining(
                finished,
                quantized.bytes(),
                candidates.golden(),
                reference.with(Map.of(REPORT, QuantizationJson.write(report))),
                reference.counted(metrics),
                order.note().isEmpty()
                        ? "%s of version %d".formatted(order.precision().words(), order.version())
                        : order.note()));
    }
}
