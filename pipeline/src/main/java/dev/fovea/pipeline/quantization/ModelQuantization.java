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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a registered FP32 version to an INT8 one of the same model, whose parent it is; or to the reason why there is
 * none. The new version is a candidate: nothing goes into production here. Images go through the serving path in both.
 * On record in the journal from the first to the last step.
 */
public final class ModelQuantization {

    /** The report's file in the bundle. */
    public static final String REPORT = "quantization.json";

    private static final String PRECISION = "precision";
    private static final String SETTING = "quantization";
    private static final String DATA = "images";
    private static final String MARGIN = "margin";
    private static final String NON_INFERIORITY = "non_inferiority";

    private final JobTools workshop;
    private final Registrar registrar;

    /** A quantization with the tools given. */
    public ModelQuantization(JobTools workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop);
    }

    /**
     * What came out.
     *
     * @param original that was quantized
     * @param verdict with everything that was found out
     * @param version the new one; empty when the original is to be kept
     * @param failed images that ranges could not be learned from
     * @param strangers folders with images that are called as no label of the model, where it has labels
     * @param notes what an annotated folder was taken for, and what had to be settled in it
     */
    public record VersionQuantization(
            ModelVersion original,
            QuantizationResult verdict,
            Optional<ModelVersion> version,
            List<FailedImage> failed,
            List<String> strangers,
            List<String> notes) {
        public VersionQuantization {
            failed = List.copyOf(failed);
            strangers = List.copyOf(strangers);
            notes = List.copyOf(notes);
        }

        /** Whether the version was shown to lose less than the margin; without that it is a candidate for people. */
        public boolean isShown() {
            return version.isPresent()
                    && verdict.report().judgement().evidence().shown();
        }

        /** Why the original is to be kept, if it is. */
        public Optional<String> refused() {
            return verdict instanceof QuantizationResult.Refused(String reason, var _)
                    ? Optional.of(reason)
                    : Optional.empty();
        }
    }

    /** What a version was quantized to, if it was. */
    public static Optional<String> precision(ModelVersion version) {
        return Optional.ofNullable(version.lineage().settings().get(PRECISION));
    }

    /** Quantizes; the errors of the rooms it walks through. */
    public VersionQuantization run(QuantizationSpec order, QuantizationProgress progress) {
        Registry.requireReason(order.note());
        ModelVersion original = workshop.registry().model(order.name()).active(order.version());
        return quantize(order, original, progress);
    }

    private VersionQuantization quantize(QuantizationSpec order, ModelVersion original, QuantizationProgress progress) {
        Bundle bundle = Bundle.read(workshop.bundles().path(original.bundleId()));
        Manifest manifest = bundle.manifest();
        PreprocessingContract contract = manifest.contract()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s takes tensors and no images, so that there is nothing to learn its ranges from. Import it with a contract."
                                .formatted(original.id())));
        OnnxModel model = bundle.model();
        ImageSource source = ImageSource.of(order.data(), manifest.lineage().dataset(), workshop.datasets());
        Optional<DetectionFolder> annotated = annotated(source.folder(), manifest);
        QuantizationImages images = annotated
                .map(folder -> QuantizationImages.of(folder, source.known()))
                .orElseGet(() -> QuantizationImages.of(source.folder(), manifest.labels(), source.known()));
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
        CandidateEvaluators exams = new CandidateEvaluators(workshop, bundle, order.gate(), images.labelled(), boxes);
        CandidateEvaluator choosing =
                exams.toChoose(images.choosing(), (done, of) -> progress.at("images to choose by", done, of));
        CandidateEvaluator proof = exams.on(images.proof(), (done, of) -> progress.at("held-out images", done, of));
        QuantizationCandidates candidates = new QuantizationCandidates(workshop, bundle, original);
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch());
                CalibrationTensors calibration = CalibrationTensors.read(
                        images.calibration(), reader(contract, model), directory.resolve("calibration"), progress)) {
            QuantizationImages.requireEnough(calibration.tensors().size(), "to learn ranges from");
            QuantizationResult verdict = new Quantizer(workshop.engine())
                    .quantize(
                            new Quantizer.QuantizerInput(
                                    model,
                                    calibration.tensors(),
                                    candidates.judge(choosing),
                                    candidates.judge(proof),
                                    order.precision()),
                            progress);
            return new VersionQuantization(
                    original,
                    verdict,
                    switch (verdict) {
                        case QuantizationResult.Delivered(OnnxModel quantized, QuantizationReport report) ->
                            Optional.of(register(order, settings, candidates, proof, quantized, report));
                        case QuantizationResult.Refused ignored -> Optional.empty();
                    },
                    calibration.failed(),
                    manifest.task() == Task.CLASSIFICATION ? images.strangers() : List.of(),
                    annotated.map(ModelQuantization::notes).orElse(List.of()));
        }
    }

    /** The same of the same on the same machine was made already: it would be the same once more. */
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

    private static Map<String, String> with(Map<String, String> settings, QuantizationReport report) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(SETTING, report.setting());
        all.put(NON_INFERIORITY, report.judgement().evidence().shown() ? "shown" : "not shown");
        return all;
    }

    /** What images of a detector's folder show, where they are annotated in a format that is understood. */
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
        PreprocessingContract wide = QuantizationCandidates.widened(contract);
        DataType type = wide.tensor().type() == TensorFormat.ElementType.UINT8 ? DataType.UINT8 : DataType.FP32;
        return new ImageReader(
                wide, new TensorMetadata(model.inputs().getFirst().name(), type, new long[0]));
    }

    private ModelVersion register(
            QuantizationSpec order,
            Map<String, String> settings,
            QuantizationCandidates candidates,
            CandidateEvaluator proof,
            OnnxModel quantized,
            QuantizationReport report) {
        Optional<ClassificationReport> evaluation = candidates.with(quantized, proof::report);
        Map<String, Double> metrics = new HashMap<>(candidates.with(quantized, proof::metrics));
        metrics.put("speed_up", report.speedUp().ratio().value());
        return registrar.register(new Registrar.FinishedTraining(
                candidates.manifest(
                        quantized, evaluation.map(found -> new ReportJson().write(found)), with(settings, report)),
                quantized.bytes(),
                candidates.golden(),
                Map.of(REPORT, QuantizationJson.write(report)),
                metrics,
                order.note().isEmpty()
                        ? "%s of version %d".formatted(order.precision().words(), order.version())
                        : order.note()));
    }
}
