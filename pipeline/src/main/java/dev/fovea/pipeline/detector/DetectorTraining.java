package dev.fovea.pipeline.detector;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.DetectorEvaluation;
import dev.fovea.pipeline.evaluation.DetectorEvaluation.DetectorScores;
import dev.fovea.pipeline.evaluation.EvaluationRecorder;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.pipeline.resume.ResumedTraining;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.detection.DetectorTrainingRequest;
import dev.fovea.training.operator.OperatorSupport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Trains a detector from a folder of images with boxes: reads and divides the images, learns in a child process,
 * evaluates on the test images through the serving path, and registers the version with its figures.
 */
public final class DetectorTraining {

    private final JobTools tools;
    private final Registrar registrar;

    /** A training with these tools. */
    public DetectorTraining(JobTools tools) {
        this.tools = tools;
        this.registrar = new Registrar(tools);
    }

    /**
     * The result of a training.
     *
     * @param version as registered
     * @param report on the test images
     * @param images that it learned from
     * @param learning how the steps ended
     * @param comparison with the version in production, where there is one of the same classes
     * @param promotion whether it was promoted
     */
    public record DetectorResult(
            ModelVersion version,
            DetectionReport report,
            int images,
            TrainingEvent.Finished learning,
            Optional<RecordedComparison> comparison,
            PromotionDecision promotion) {

        /** Whether it is usable. */
        public DetectorVerdict verdict() {
            return DetectorVerdict.of(report);
        }
    }

    /** Trains; throws the errors of the images, the network, the training process and the registry. */
    public DetectorResult run(DetectorSpec spec, DetectorListener listener) {
        ModelName.require(spec.name());
        Registry.requireReason(spec.origin().note());
        BoxedImages images = BoxedImages.read(spec.folder(), spec.split(), listener);
        tools.datasets().save(images.version(), images.report());
        int edge = spec.edge().orElseGet(() -> InputEdge.of(images.on(Split.TRAIN)));
        StartingDetector start = StartingDetector.of(
                tools,
                spec.backbone(),
                edge,
                images.labels().size(),
                spec.settings().seed());
        OperatorSupport.require(start.network());
        listener.note("Starting from %s: %s, %d × %d pixels, %d training, %d validation and %d test images."
                .formatted(
                        spec.backbone().name(),
                        start.kind(),
                        edge,
                        edge,
                        images.on(Split.TRAIN).size(),
                        images.on(Split.VALIDATION).size(),
                        images.on(Split.TEST).size()));
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            TrainingEvent.Finished learning = learn(spec, images, start, directory, listener);
            DetectorCandidate candidate = new DetectorCandidate(
                    spec,
                    images,
                    start,
                    CandidateModel.read(directory.resolve("learned.onnx")),
                    learning,
                    DetectorCandidate.golden(images));
            return judged(candidate, directory, listener);
        }
    }

    private TrainingEvent.Finished learn(
            DetectorSpec spec,
            BoxedImages images,
            StartingDetector start,
            ScratchDirectory directory,
            DetectorListener listener) {
        directory.write("start.onnx", start.network().bytes());
        DetectorTrainingRequest request = new DetectorTrainingRequest(
                directory.resolve("start.onnx"),
                directory.resolve("learned.onnx"),
                start.contract(),
                images.labels(),
                images.on(Split.TRAIN),
                images.on(Split.VALIDATION),
                spec.settings());
        String key = images.version().id() + spec.described() + start.contract();
        return new ResumedTraining(tools, key, listener::learned, listener::note).run(request.work(), directory);
    }

    private DetectorResult judged(DetectorCandidate candidate, ScratchDirectory directory, DetectorListener listener) {
        List<GoldenVector> vectors = GoldenTest.make(
                tools.engine(),
                candidate.onnx(),
                candidate.start().contract(),
                candidate.postprocessing(),
                candidate.golden());
        Bundle bundle = Bundle.write(
                directory.resolve("candidate"),
                candidate.manifest(tools.origin(), vectors, Optional.empty()),
                candidate.onnx(),
                candidate.golden());
        DetectorScores scores = new DetectorEvaluation(tools)
                .scores(
                        bundle,
                        candidate.tested(),
                        (_, done, of) -> listener.at("evaluate", done, of, done + " of " + of + " test images"));
        listener.at("register", 0, 1, "writing the bundle");
        Optional<ModelVersion> production =
                tools.registry().find(candidate.spec().name()).flatMap(model -> model.alias(Alias.PRODUCTION));
        Manifest manifest = candidate.manifest(
                tools.origin(), vectors, Optional.of(new DetectionReportJson().write(scores.report())));
        ModelVersion version = register(candidate, manifest, scores.report(), listener);
        Evaluation evaluation = record(candidate, version, scores);
        Optional<RecordedComparison> comparison =
                production.flatMap(current -> compare(candidate, current, version, evaluation, listener));
        PromotionDecision promotion = PromotionDecision.of(
                candidate.spec().promotion(),
                production.map(ModelVersion::number),
                Optional.of(DetectorVerdict.of(scores.report())),
                comparison.map(PromotionDecision.ComparedWithProduction::of));
        registrar.carryOut(promotion, version);
        listener.at("register", 1, 1, version.id().toString());
        return new DetectorResult(
                version,
                scores.report(),
                candidate.images().on(Split.TRAIN).size(),
                candidate.learning(),
                comparison,
                promotion);
    }

    private ModelVersion register(
            DetectorCandidate candidate, Manifest manifest, DetectionReport report, DetectorListener listener) {
        BoxedImages images = candidate.images();
        MadeReference reference = new ReferenceMaking(tools)
                .make(
                        new ReferenceMaking.Unregistered(manifest, candidate.onnx(), candidate.golden()),
                        images.on(Split.TEST).stream()
                                .map(image -> HeldOutImage.of(image, images.labels()))
                                .toList(),
                        (done, total) -> listener.at(
                                "register", done, total, "%d of %d reference images".formatted(done, total)));
        reference.notes().forEach(listener::note);
        return registrar.register(new Registrar.FinishedTraining(
                manifest,
                candidate.onnx(),
                candidate.golden(),
                reference.attachments(),
                reference.counted(DetectorCandidate.metrics(report)),
                candidate.spec().origin().note()));
    }

    private Evaluation record(DetectorCandidate candidate, ModelVersion version, DetectorScores scores) {
        BoxedImages images = candidate.images();
        List<Item> tested = images.version().on(Split.TEST);
        return new EvaluationRecorder(tools.evaluations())
                .record(new EvaluationRecorder.NewEvaluation(
                        EvaluationRecorder.newId(),
                        version.id(),
                        Evaluation.Origin.TRAIN,
                        Task.DETECTION,
                        new Evaluation.EvaluationSource(
                                images.version().id(), ModelEvaluation.name(images.folder()), tested.size(), 0, 0),
                        new DetectionReportJson().write(scores.report()),
                        scores.results()));
    }

    /** Versions of different classes are not compared, nor is one that learned from all test images. */
    private Optional<RecordedComparison> compare(
            DetectorCandidate candidate,
            ModelVersion production,
            ModelVersion version,
            Evaluation evaluation,
            DetectorListener listener) {
        if (!new HashSet<>(production.labels()).equals(new HashSet<>(version.labels()))) {
            listener.note("Version %d, which is in production, has other classes and was not compared."
                    .formatted(production.number()));
            return Optional.empty();
        }
        try {
            ModelEvaluation.EvaluationResult baseline = new ModelEvaluation(tools)
                    .run(
                            new ModelEvaluation.EvaluationSpec(
                                    ModelEvaluation.newId(),
                                    production,
                                    candidate.images().folder().toString(),
                                    List.of(version),
                                    Evaluation.Origin.TRAIN),
                            (_, done, of) -> listener.at(
                                    "compare",
                                    done,
                                    of,
                                    "%d of %d with version %d".formatted(done, of, production.number())));
            return Optional.of(RecordedComparison.of(baseline.evaluation(), evaluation, tools.evaluations()));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            listener.note("Version %d, which is in production, was not compared: %s"
                    .formatted(production.number(), e.getMessage()));
            return Optional.empty();
        }
    }
}
