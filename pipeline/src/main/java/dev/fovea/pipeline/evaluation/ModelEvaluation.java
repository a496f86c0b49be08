package dev.fovea.pipeline.evaluation;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.MultiLabelReport;
import dev.fovea.evaluation.report.MultiLabelVerdict;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelVersion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Evaluates a registered version on labelled images through the serving path, and records the result of each image.
 * Training images of the version, recognized by content hash, are left out.
 */
public final class ModelEvaluation {

    private final JobTools workshop;

    /** An evaluation with these tools. */
    public ModelEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /**
     * An evaluation request.
     *
     * @param id of the new evaluation; see {@link #newId}
     * @param version of a model
     * @param data a folder, or the id of an image list or a prefix of it; empty for the training data
     * @param others versions to compare with; their training images are left out, too
     * @param origin the operation that it belongs to
     */
    public record EvaluationSpec(
            String id, ModelVersion version, String data, List<ModelVersion> others, Evaluation.Origin origin) {
        public EvaluationSpec {
            others = List.copyOf(others);
        }
    }

    /** The report on a version, by task. */
    public sealed interface Report {

        /** A classifier. */
        record Labels(ClassificationReport report, ScoredImages scored) implements Report {}

        /** A detector. */
        record Objects(DetectionReport report) implements Report {}

        /** A multi-label model. */
        record Tags(MultiLabelReport report) implements Report {}
    }

    /**
     * The result.
     *
     * @param evaluation as recorded
     * @param report metrics and verdict
     * @param notes notes on the data, as sentences
     */
    public record EvaluationResult(Evaluation evaluation, Report report, List<String> notes) {
        public EvaluationResult {
            notes = List.copyOf(notes);
        }

        /** Whether the version is usable. */
        public EvaluationVerdict verdict() {
            return switch (report) {
                case Report.Labels(ClassificationReport labels, ScoredImages ignored) -> ModelVerdict.of(labels);
                case Report.Objects(DetectionReport objects) -> DetectorVerdict.of(objects);
                case Report.Tags(MultiLabelReport tags) -> MultiLabelVerdict.of(tags);
            };
        }
    }

    /** An id for an evaluation. */
    public static String newId() {
        return EvaluationRecorder.newId();
    }

    /**
     * Evaluates.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a task that has no such evaluation,
     *     {@code DATASET_INVALID} for unsuitable data, {@code CANCELLED}
     */
    public EvaluationResult run(EvaluationSpec order, QuantizationProgress progress) {
        return evaluate(order, progress);
    }

    private EvaluationResult evaluate(EvaluationSpec order, QuantizationProgress progress) {
        Bundle bundle = workshop.bundles().bundle(order.version().bundleId());
        ImageSource source =
                ImageSource.of(order.data(), order.version().lineage().dataset(), workshop.datasets());
        Set<String> learned = new HashSet<>(learned(order.version()));
        order.others().forEach(version -> learned.addAll(learned(version)));
        return switch (bundle.manifest().task()) {
            case CLASSIFICATION -> labels(order, bundle, source, learned, progress);
            case DETECTION -> new DetectorEvaluation(workshop).run(order, bundle, source.folder(), learned, progress);
            case MULTI_LABEL ->
                new MultiLabelEvaluation(workshop).run(order, bundle, source.folder(), learned, progress);
            case MULTI_TASK, SEGMENTATION, INSTANCE_SEGMENTATION, TEXT_DETECTION, EMBEDDING, TENSORS ->
                throw new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s is a model for %s; classifiers, multi-label models and detectors can be evaluated."
                                .formatted(
                                        order.version().id(), bundle.manifest().task()));
        };
    }

    private EvaluationResult labels(
            EvaluationSpec order,
            Bundle bundle,
            ImageSource source,
            Set<String> learned,
            QuantizationProgress progress) {
        ClassifierEvaluation classifier = new ClassifierEvaluation(workshop);
        return classifier.record(
                order,
                classifier.score(bundle, source, learned, progress),
                bundle.manifest().postprocessing(),
                progress);
    }

    static Evaluation.EvaluationSource data(EvaluationImages images) {
        return new Evaluation.EvaluationSource(
                images.id(), name(images.folder()), images.images().size(), images.learnedFrom(), images.repeated());
    }

    public static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }

    public static double temperature(Bundle bundle) {
        return temperature(bundle.manifest().postprocessing());
    }

    public static double temperature(Postprocessing postprocessing) {
        return postprocessing instanceof Postprocessing.OneLabel(var _, var _, double temperature, var _)
                ? temperature
                : 1;
    }

    /** Content hashes of the training images of a version; empty where unknown. */
    private Set<String> learned(ModelVersion version) {
        return LearnedImages.of(version, workshop.datasets()).orElse(Set.of());
    }
}
