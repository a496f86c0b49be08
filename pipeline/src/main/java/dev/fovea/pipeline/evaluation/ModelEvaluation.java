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
 * Evaluates a registered version, trained here or imported, on labelled images through the serving path, and keeps the
 * result with each image. Images that the version learned from, known by the hash of their content, are left out. On
 * record in the journal from the first to the last step.
 */
public final class ModelEvaluation {

    private final JobTools workshop;

    /** An evaluation with the tools given. */
    public ModelEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /**
     * What to evaluate.
     *
     * @param id that the evaluation gets; {@link #newId} gives one
     * @param version of a model
     * @param data a folder, or the id of a data set version or its first digits; empty for what it was trained on
     * @param beside versions that it will be compared with: what they learned from is left out, too
     * @param origin which work it belongs to
     */
    public record EvaluationSpec(
            String id, ModelVersion version, String data, List<ModelVersion> beside, Evaluation.Origin origin) {
        public EvaluationSpec {
            beside = List.copyOf(beside);
        }
    }

    /** What a version turned out to be worth. */
    public sealed interface Report {

        /** A classifier. */
        record Labels(ClassificationReport report, ScoredImages scored) implements Report {}

        /** A detector. */
        record Objects(DetectionReport report) implements Report {}

        /** A model that gives any number of labels. */
        record Tags(MultiLabelReport report) implements Report {}
    }

    /**
     * The result.
     *
     * @param evaluation as it is on record
     * @param report what it is worth
     * @param notes what the reader should know of the data, in sentences
     */
    public record EvaluationResult(Evaluation evaluation, Report report, List<String> notes) {
        public EvaluationResult {
            notes = List.copyOf(notes);
        }

        /** Whether the version is of any use. */
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
     *     {@code DATASET_INVALID} for data that do not fit, {@code CANCELLED}
     */
    public EvaluationResult run(EvaluationSpec order, QuantizationProgress progress) {
        return evaluate(order, progress);
    }

    private EvaluationResult evaluate(EvaluationSpec order, QuantizationProgress progress) {
        Bundle bundle = Bundle.read(workshop.bundles().path(order.version().bundleId()));
        ImageSource source =
                ImageSource.of(order.data(), order.version().lineage().dataset(), workshop.datasets());
        Set<String> learned = new HashSet<>(learned(order.version()));
        order.beside().forEach(version -> learned.addAll(learned(version)));
        return switch (bundle.manifest().task()) {
            case CLASSIFICATION -> labels(order, bundle, source, learned, progress);
            case DETECTION -> new DetectorEvaluation(workshop).run(order, bundle, source.folder(), learned, progress);
            case MULTI_LABEL ->
                new MultiLabelEvaluation(workshop).run(order, bundle, source.folder(), learned, progress);
            case SEGMENTATION, INSTANCE_SEGMENTATION, TEXT_DETECTION, EMBEDDING, TENSORS ->
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
        return postprocessing instanceof Postprocessing.OneLabel(var _, var _, double temperature) ? temperature : 1;
    }

    /** Content hashes of what a version learned from; empty where that is not known. */
    private Set<String> learned(ModelVersion version) {
        return LearnedImages.of(version, workshop.datasets()).orElse(Set.of());
    }
}
