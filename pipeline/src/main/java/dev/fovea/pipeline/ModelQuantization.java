package dev.fovea.pipeline;

import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.evaluation.LabelledPicture;
import dev.fovea.evaluation.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.OnnxModel;
import dev.fovea.model.TensorSpec;
import dev.fovea.quantize.Judgement;
import dev.fovea.quantize.Progress;
import dev.fovea.quantize.QuantizationJson;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.Verdict;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DataType;
import dev.fovea.runtime.PictureReader;
import dev.fovea.runtime.Proof;
import dev.fovea.runtime.Tensor;
import dev.fovea.runtime.TensorMetadata;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From a registered FP32 version to an INT8 one of the same model, whose parent it is; or to the reason why there is
 * none. Pictures go through the serving path in both. On record in the journal from the first to the last step.
 */
public final class ModelQuantization {

    /** The report's file in the bundle. */
    public static final String REPORT = "quantization.json";

    private final Workshop workshop;
    private final Registrar registrar;

    /** A quantization with the tools given. */
    public ModelQuantization(Workshop workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop.registry(), workshop.bundles(), workshop.scratch(), workshop.origin());
    }

    /**
     * What came out.
     *
     * @param original that was quantized
     * @param verdict with everything that was found out
     * @param version the new one; empty when the original is to be kept
     */
    public record Result(ModelVersion original, Verdict verdict, Optional<ModelVersion> version) {}

    /** Quantizes; the errors of the rooms it walks through. */
    public Result run(QuantizationOrder order, Progress progress) {
        Registry.requireReason(order.note());
        ModelVersion original = workshop.registry().version(order.name(), order.version());
        return workshop.journal()
                .run(
                        "quantize",
                        original.id().toString(),
                        () -> quantize(order, original, progress),
                        result -> result.version()
                                .map(version -> version.id().toString())
                                .orElse("refused"));
    }

    private Result quantize(QuantizationOrder order, ModelVersion original, Progress progress) {
        Bundle bundle = Bundle.read(workshop.bundles().path(original.bundleId()));
        Manifest manifest = bundle.manifest();
        Contract contract = manifest.contract()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s takes tensors and no pictures, so that there is nothing to learn its ranges from. Import it with a contract."
                                .formatted(original.id())));
        QuantizationPictures pictures = QuantizationPictures.of(order.folder(), manifest, workshop.datasets());
        OnnxModel model = bundle.model();
        Candidates candidates = new Candidates(bundle, original);
        Exam exam = exam(order, original, bundle, pictures, progress);
        Verdict verdict = new Quantizer(workshop.engine())
                .quantize(
                        new Quantizer.Order(
                                model,
                                tensors(pictures.calibration(), contract, model),
                                candidate -> judged(exam, candidates, candidate)),
                        progress);
        return new Result(
                original,
                verdict,
                switch (verdict) {
                    case Verdict.Delivered(OnnxModel quantized, QuantizationReport report) ->
                        Optional.of(register(order, candidates, exam, quantized, report));
                    case Verdict.Refused ignored -> Optional.empty();
                });
    }

    private Judgement judged(Exam exam, Candidates candidates, OnnxModel candidate) {
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            return exam.judge(candidates.bundle(candidate, directory));
        }
    }

    private Exam exam(
            QuantizationOrder order,
            ModelVersion original,
            Bundle bundle,
            QuantizationPictures pictures,
            Progress progress) {
        dev.fovea.evaluation.Progress held = (done, of) -> progress.at("held-out pictures", done, of);
        return switch (bundle.manifest().task()) {
            case CLASSIFICATION -> new LabelExam(new ServingScores(workshop), pictures, order.gate(), bundle, held);
            case DETECTION, INSTANCE_SEGMENTATION ->
                new DetectionExam(
                        workshop,
                        pictures.proof().stream().map(LabelledPicture::file).toList(),
                        order.gate(),
                        bundle,
                        held);
            case MULTI_LABEL, SEGMENTATION, TEXT_DETECTION, EMBEDDING, TENSORS ->
                throw new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s is for %s; classifiers of one label and detectors are quantized so far."
                                .formatted(
                                        original.id(),
                                        bundle.manifest()
                                                .task()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' ')));
        };
    }

    /** Read when they are asked for, as they may be more than memory holds. */
    private static List<Tensor> tensors(List<Path> files, Contract contract, OnnxModel model) {
        TensorSpec input = model.inputs().getFirst();
        Contract wide = widened(contract);
        DataType type = wide.type() == Contract.ElementType.UINT8 ? DataType.UINT8 : DataType.FP32;
        PictureReader reader = new PictureReader(wide, new TensorMetadata(input.name(), type, new long[0]));
        return new AbstractList<>() {
            @Override
            public Tensor get(int index) {
                for (int i = 0; i < files.size() - 1; i++) {
                    try {
                        return reader.read(Draft.read(files.get((index + i) % files.size())));
                    } catch (FoveaException e) {
                        // a damaged picture is no reason to give up: the next one counts twice
                    }
                }
                return reader.read(Draft.read(files.get((index + files.size() - 1) % files.size())));
            }

            @Override
            public int size() {
                return files.size();
            }
        };
    }

    /** A quantized network of a half-precision one takes single precision. */
    private static Contract widened(Contract contract) {
        return contract.type() == Contract.ElementType.FLOAT16
                ? contract.withType(Contract.ElementType.FLOAT32)
                : contract;
    }

    private ModelVersion register(
            QuantizationOrder order, Candidates candidates, Exam exam, OnnxModel quantized, QuantizationReport report) {
        Optional<ClassificationReport> evaluation;
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            evaluation = exam.report(candidates.bundle(quantized, directory));
        }
        Manifest manifest = candidates.manifest(
                quantized, evaluation.map(found -> new ReportJson().write(found)), report.setting());
        Map<String, Double> metrics = new HashMap<>();
        evaluation.ifPresent(found -> {
            metrics.put("accuracy", found.accuracy().value());
            metrics.put("accuracy_low", found.accuracy().low());
            metrics.put("accuracy_high", found.accuracy().high());
            metrics.put("macro_f1", found.macro().f1());
        });
        metrics.put("speed_up", report.speedUp().ratio().value());
        return registrar.register(new Registrar.Finished(
                manifest,
                quantized.bytes(),
                candidates.golden,
                Map.of(REPORT, QuantizationJson.write(report)),
                metrics,
                order.note().isEmpty() ? "INT8 of version " + order.version() : order.note()));
    }

    /** Networks on their way to a version. */
    private final class Candidates {
        private final Bundle original;
        private final ModelVersion parent;
        private final Map<String, byte[]> golden = new TreeMap<>();

        Candidates(Bundle original, ModelVersion parent) {
            this.original = original;
            this.parent = parent;
            original.manifest()
                    .golden()
                    .forEach(vector -> golden.put(vector.picture(), original.goldenPicture(vector)));
        }

        Bundle bundle(OnnxModel network, ScratchDirectory directory) {
            return Bundle.write(
                    directory.resolve("candidate"), manifest(network, Optional.empty(), ""), network.bytes(), golden);
        }

        Manifest manifest(OnnxModel network, Optional<String> evaluation, String setting) {
            Manifest old = original.manifest();
            Contract contract = widened(old.contract().orElseThrow());
            List<GoldenVector> vectors = Proof.make(workshop.engine(), network.bytes(), contract, golden);
            Lineage lineage = new Lineage(
                    old.lineage().dataset(),
                    parent.id().toString(),
                    Map.of("quantization", setting),
                    workshop.origin().codeVersion(),
                    workshop.origin().machine(),
                    0);
            return new Manifest(
                    old.name(),
                    old.labels(),
                    Optional.of(contract),
                    old.postprocessing(),
                    evaluation,
                    lineage,
                    vectors,
                    new TreeMap<>());
        }
    }
}
