package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.anomaly.AnomalyAlternative;
import dev.fovea.pipeline.anomaly.AnomalyContest;
import dev.fovea.pipeline.anomaly.AnomalyListener;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.quantization.ModelQuantization;
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
        ClassificationFolder.Labelled folder = ClassificationFolder.read(order.folder());
        folder.notes().forEach(listener::note);
        Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT)
                .run(
                        order.folder(),
                        folder.listing(),
                        (done, total) -> listener.progress(
                                Step.INGEST,
                                (double) done / total,
                                Optional.empty(),
                                done + " of " + total + " images"));
        TrainingDivision division = TrainingDivision.of(ingested.version(), order.split(), validating(order));
        DatasetVersion divided = division.version();
        requireEnough(divided, order);
        IngestReport saved = ingested.report().on(divided);
        workshop.datasets().save(divided, saved);
        IngestReport ingestReport =
                order.data().map(data -> saved.of(data.version())).orElse(saved);
        listener.ingested(ingestReport);
        division.notes().forEach(listener::note);
        weights(divided, order).ifPresent(listener::note);
        order.data().flatMap(data -> data.note(divided)).ifPresent(listener::note);
        repeated(order, divided).ifPresent(listener::note);
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            FittedNetwork learning = new NetworkLearning(workshop, order, divided, listener).run(directory);
            CandidateModel candidate = new CandidateModel(order, divided, learning.network());
            ScoredImages scored = score(candidate, directory, listener);
            ClassificationReport report = ClassificationReport.of(scored);
            listener.evaluated(report);
            Optional<AnomalyAlternative> alternative = new AnomalyContest(workshop)
                    .run(candidate, saved, scored, new AnomalyListener(listener.step(Step.COMPARE), listener::note));
            Optional<ProductionComparison> production =
                    production(order.name()).map(current -> compare(current, candidate, scored, listener));
            listener.progress(Step.REGISTER, 0, Optional.empty(), "writing the bundle");
            ModelVersion version = register(candidate, report, scored, listener);
            PromotionDecision promotion = PromotionDecision.of(
                    order.promotion(),
                    production(order.name()).map(ModelVersion::number),
                    Optional.of(ModelVerdict.of(report)),
                    production
                            .flatMap(ProductionComparison::comparison)
                            .map(PromotionDecision.ComparedWithProduction::of));
            registrar.carryOut(promotion, version);
            new TrainedEvaluations(workshop.evaluations()).record(candidate, report, scored, version, production);
            listener.progress(Step.REGISTER, 1, Optional.empty(), version.id().toString());
            return new TrainingResult(
                    version, ingestReport, report, scored, learning, production, promotion, alternative);
        }
    }

    private static String validating(TrainingSpec order) {
        return switch (order.start()) {
            case StartingNetwork.Fresh _ -> "to stop training in time";
            case StartingNetwork.Pretrained _ -> "which a head is fitted to as well";
        };
    }

    /** A head has no class weights; its report says how rare classes are favoured. */
    private static Optional<String> weights(DatasetVersion divided, TrainingSpec order) {
        return switch (order.start()) {
            case StartingNetwork.Fresh _ ->
                TrainingDivision.weights(
                        divided, order.settings().regularization().classWeights());
            case StartingNetwork.Pretrained _ -> Optional.empty();
        };
    }

    /** Missing validation and test splits are split off the training images; a head needs no validation images. */
    private static void requireEnough(DatasetVersion divided, TrainingSpec order) {
        List<Split> needed = switch (order.start()) {
            case StartingNetwork.Fresh _ -> List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);
            case StartingNetwork.Pretrained pretrained ->
                pretrained.isFineTuned()
                        ? List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)
                        : List.of(Split.TRAIN, Split.TEST);
        };
        for (Split split : needed) {
            if (divided.on(split).isEmpty()) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "%s has %d usable images of %d classes, too few to train and evaluate. Add images: ten or more for each class."
                                .formatted(
                                        order.folder(),
                                        divided.items().size(),
                                        divided.labels().size()));
            }
        }
    }

    /** Whether a version was trained from the same images with the same recipe, seed and settings. */
    private Optional<String> repeated(TrainingSpec order, DatasetVersion dataset) {
        Map<String, String> wanted = order.described(dataset);
        wanted.remove(Lineage.DATA);
        return workshop.registry().models().stream()
                .filter(model -> model.name().equals(order.name()))
                .flatMap(model -> model.versions().stream())
                .filter(version -> version.lineage().dataset().equals(dataset.id())
                        && version.lineage().settings().entrySet().containsAll(wanted.entrySet())
                        && ModelQuantization.precision(version).isEmpty())
                .findFirst()
                .map(version ->
                        "%s was trained from the same images with the same network, settings and seed; this repeats it. Another --seed shows how much chance matters."
                                .formatted(version.id()));
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
            CandidateModel candidate, ClassificationReport report, ScoredImages scored, TrainingListener listener) {
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
                reference.attachments(),
                reference.counted(metrics),
                candidate.order().note()));
    }
}
