package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Manifest;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.anomaly.AnomalyAlternative;
import dev.fovea.pipeline.anomaly.AnomalyContest;
import dev.fovea.pipeline.anomaly.AnomalyListener;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.evaluation.TrainedEvaluations;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trains a version from a folder of labelled images. It reads the images, trains in a child process, and evaluates on
 * test images through the serving path. Then it calibrates and registers the version with golden vectors.
 */
public final class ModelTraining {

    private final JobTools workshop;
    private final Registrar registrar;

    /** A training with these tools. */
    public ModelTraining(JobTools workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop);
    }

    /**
     * The result of a training.
     *
     * @param version as registered
     * @param report of the ingest
     * @param evaluation report on the test images
     * @param scored predictions on the test images, for comparisons
     * @param learning how it was learned
     * @param production comparison with the version in production; empty for a first version
     * @param promotion whether it was promoted
     * @param alternative an anomaly detector on the same images; empty where no class dominates
     */
    public record TrainingResult(
            ModelVersion version,
            IngestReport report,
            ClassificationReport evaluation,
            ScoredImages scored,
            FittedNetwork learning,
            Optional<ProductionComparison> production,
            PromotionDecision promotion,
            Optional<AnomalyAlternative> alternative) {

        /** Whether it is usable. */
        public ModelVerdict verdict() {
            return ModelVerdict.of(evaluation);
        }
    }

    /** Trains; throws the errors of the data set, the training process and the registry. */
    public TrainingResult run(TrainingSpec order, TrainingListener listener) {
        ModelName.require(order.name());
        Registry.requireReason(order.note());
        return train(order, listener);
    }

    private TrainingResult train(TrainingSpec order, TrainingListener listener) {
        NetworkLearning.requireOperators(order);
        TrainingIntake intake = TrainingIntake.of(workshop, order, listener);
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            FittedNetwork learning = new NetworkLearning(workshop, order, intake.dataset(), listener).run(directory);
            return finished(order, intake, learning, directory, listener, VersionGate.OPEN);
        }
    }

    /** What is decided about a version when its report on the test images is there. */
    interface VersionGate {

        /** Nothing more is asked of it. */
        VersionGate OPEN = _ -> new GateDecision(Optional.empty(), Map.of());

        GateDecision decide(ClassificationReport report);
    }

    /**
     * What a gate decided.
     *
     * @param withheld why the version is not promoted, whatever the request says
     * @param attachments files of the bundle
     */
    record GateDecision(Optional<String> withheld, Map<String, byte[]> attachments) {}

    /** Evaluates, compares, registers and promotes what was learned. */
    TrainingResult finished(
            TrainingSpec order,
            TrainingIntake intake,
            FittedNetwork learning,
            ScratchDirectory directory,
            TrainingListener listener,
            VersionGate gate) {
        CandidateModel candidate = new CandidateModel(order, intake.dataset(), learning.network());
        ScoredImages scored = score(candidate, directory, listener);
        ClassificationReport report = ClassificationReport.of(scored);
        listener.evaluated(report);
        GateDecision decision = gate.decide(report);
        Optional<AnomalyAlternative> alternative = new AnomalyContest(workshop)
                .run(
                        candidate,
                        intake.saved(),
                        scored,
                        new AnomalyListener(listener.step(Step.COMPARE), listener::note));
        Optional<ProductionComparison> production =
                production(order.name()).map(current -> compare(current, candidate, scored, listener));
        listener.progress(Step.REGISTER, 0, Optional.empty(), "writing the bundle");
        ModelVersion version = register(candidate, report, scored, decision.attachments(), listener);
        PromotionDecision promotion = decision.withheld()
                .map(reason -> new PromotionDecision(false, reason))
                .orElseGet(() -> PromotionDecision.of(
                        order.promotion(),
                        production(order.name()).map(ModelVersion::number),
                        Optional.of(ModelVerdict.of(report)),
                        production
                                .flatMap(ProductionComparison::comparison)
                                .map(PromotionDecision.ComparedWithProduction::of)));
        registrar.carryOut(promotion, version);
        new TrainedEvaluations(workshop.evaluations()).record(candidate, report, scored, version, production);
        listener.progress(Step.REGISTER, 1, Optional.empty(), version.id().toString());
        return new TrainingResult(
                version, intake.report(), report, scored, learning, production, promotion, alternative);
    }

    /** Evaluates through the serving path, with the bundle that will be registered. */
    private ScoredImages score(CandidateModel candidate, ScratchDirectory directory, TrainingListener listener) {
        Bundle bundle = Bundle.write(
                directory.resolve("candidate"),
                candidate.manifest(workshop.origin(), golden(candidate), 1, Optional.empty()),
                candidate.network().onnx(),
                candidate.goldenImages());
        return new ServingScores(workshop)
                .of(
                        bundle,
                        testImages(candidate),
                        (done, total) -> listener.progress(
                                Step.EVALUATE,
                                (double) done / total,
                                Optional.empty(),
                                done + " of " + total + " test images"));
    }

    private static List<LabelledImage> testImages(CandidateModel candidate) {
        return NetworkLearning.samples(candidate.order(), candidate.dataset(), Split.TEST).stream()
                .map(sample -> new LabelledImage(sample.image(), sample.label()))
                .toList();
    }

    private Optional<ModelVersion> production(String name) {
        return workshop.registry().find(name).flatMap(model -> model.alias(Alias.PRODUCTION));
    }

    private ProductionComparison compare(
            ModelVersion production, CandidateModel candidate, ScoredImages scored, TrainingListener listener) {
        Map<Path, String> hashes = candidate.dataset().on(Split.TEST).stream()
                .collect(Collectors.toMap(
                        item -> candidate.order().folder().resolve(item.path()), DatasetVersion.Item::contentHash));
        return ProductionComparison.of(
                workshop,
                production,
                testImages(candidate),
                hashes,
                scored,
                (done, total) -> listener.progress(
                        Step.COMPARE,
                        (double) done / total,
                        Optional.empty(),
                        "%d of %d test images with version %d".formatted(done, total, production.number())));
    }

    private List<GoldenVector> golden(CandidateModel candidate) {
        return GoldenTest.make(
                workshop.engine(),
                candidate.network().onnx(),
                candidate.network().contract(),
                candidate.goldenImages());
    }

    private ModelVersion register(
            CandidateModel candidate,
            ClassificationReport report,
            ScoredImages scored,
            Map<String, byte[]> attachments,
            TrainingListener listener) {
        double temperature = report.calibration().temperature();
        Map<String, Double> metrics = new HashMap<>(ReportMetrics.of(report));
        metrics.putAll(EvaluatedConfidence.metrics(scored.confidence(temperature)));
        Manifest manifest = candidate.manifest(
                workshop.origin(), golden(candidate), temperature, Optional.of(new ReportJson().write(report)));
        MadeReference reference = new ReferenceMaking(workshop)
                .make(
                        new ReferenceMaking.Unregistered(
                                manifest, candidate.network().onnx(), candidate.goldenImages()),
                        testImages(candidate).stream()
                                .map(image -> HeldOutImage.of(
                                        image.file(),
                                        candidate.dataset().labels().get(image.label())))
                                .toList(),
                        (done, total) -> listener.progress(
                                Step.REGISTER,
                                (double) done / total,
                                Optional.empty(),
                                "%d of %d reference images".formatted(done, total)));
        reference.notes().forEach(listener::note);
        return registrar.register(new Registrar.FinishedTraining(
                manifest,
                candidate.network().onnx(),
                candidate.goldenImages(),
                reference.with(attachments),
                reference.counted(metrics),
                candidate.order().note()));
    }
}
