package dev.fovea.pipeline.anomaly;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.AnomalyFigures;
import dev.fovea.evaluation.report.AnomalyVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.EvaluationImages.EvaluationImage;
import dev.fovea.pipeline.evaluation.EvaluationRecorder;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.validation.GoldenTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains a version that tells anomalous images from good ones, from good images alone: a Gaussian of a backbone's
 * features for each place. It is a classifier of two labels, whose threshold has a stated false-alarm rate, with a heat
 * map.
 */
public final class AnomalyTraining {

    private static final double NANOS = 1e9;

    private final JobTools tools;
    private final Registrar registrar;

    /** A training with these tools. */
    public AnomalyTraining(JobTools tools) {
        this.tools = tools;
        this.registrar = new Registrar(tools);
    }

    /**
     * The result of a training.
     *
     * @param version as registered
     * @param verdict with its figures
     * @param images that it learned from, good ones only
     * @param seconds of learning
     * @param production comparison with the version in production on the test images; empty for a first version
     * @param promotion whether it was promoted
     */
    public record AnomalyResult(
            ModelVersion version,
            AnomalyVerdict verdict,
            int images,
            double seconds,
            Optional<ProductionComparison> production,
            PromotionDecision promotion) {}

    /** A detector that is not registered yet. */
    private record Candidate(
            AnomalySpec spec, GoodImages images, BackboneGrid place, LearnedDetector learned, double seconds) {

        byte[] onnx() {
            return learned.network().bytes();
        }
    }

    /** Trains; throws the errors of the images, the backbone and the registry. */
    public AnomalyResult run(AnomalySpec spec, AnomalyListener listener) {
        ModelName.require(spec.name());
        Registry.requireReason(spec.note());
        GoodImages images = GoodImages.read(spec.folder(), spec.settings().falseAlarms(), listener);
        tools.datasets().save(images.version(), images.report());
        long start = System.nanoTime();
        BackboneGrid place = BackboneGrid.of(tools, spec.backbone(), spec.settings());
        LearnedDetector learned = LearnedDetector.learn(tools, spec, images, place, listener);
        Candidate candidate = new Candidate(spec, images, place, learned, (System.nanoTime() - start) / NANOS);
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            return judged(candidate, directory, listener);
        }
    }

    private AnomalyResult judged(Candidate candidate, ScratchDirectory directory, AnomalyListener listener) {
        AnomalyJudgement judgement = new AnomalyJudgement(tools, candidate.spec(), candidate.images());
        Map<String, byte[]> golden = golden(candidate.images());
        List<GoldenVector> vectors = GoldenTest.make(
                tools.engine(), candidate.onnx(), candidate.place().contract(), golden);
        Bundle bundle = Bundle.write(
                directory.resolve("candidate"),
                manifest(candidate, vectors, Optional.empty()),
                candidate.onnx(),
                golden);
        ScoredImages scored = judgement.score(bundle, listener);
        AnomalyFigures figures =
                judgement.figures(bundle, scored, candidate.learned().threshold(), candidate.place());
        Optional<ClassificationReport> report = figures.defects().map(_ -> ClassificationReport.of(scored));
        AnomalyVerdict verdict = AnomalyVerdict.of(figures);
        Optional<ModelVersion> current = production(candidate.spec().name());
        Optional<ProductionComparison> production =
                current.map(version -> compared(version, candidate, judgement, scored, listener));
        listener.at("register", 0, 1, "writing the bundle");
        Manifest manifest = manifest(candidate, vectors, report.map(new ReportJson()::write));
        ModelVersion version = register(candidate, manifest, golden, metrics(figures, report), listener);
        PromotionDecision promotion = PromotionDecision.of(
                candidate.spec().promotion(),
                current.map(ModelVersion::number),
                Optional.of(verdict),
                production.flatMap(ProductionComparison::comparison).map(PromotionDecision.ComparedWithProduction::of));
        registrar.carryOut(promotion, version);
        report.ifPresent(known -> record(candidate, version, known, scored));
        listener.at("register", 1, 1, version.id().toString());
        return new AnomalyResult(
                version, verdict, candidate.images().learned().size(), candidate.seconds(), production, promotion);
    }

    private ProductionComparison compared(
            ModelVersion version,
            Candidate candidate,
            AnomalyJudgement judgement,
            ScoredImages scored,
            AnomalyListener listener) {
        GoodImages images = candidate.images();
        return ProductionComparison.of(
                tools,
                version,
                judgement.testImages(AnomalyFolder.LABELS),
                images.version().on(Split.TEST).stream().collect(Collectors.toMap(images::file, Item::contentHash)),
                scored,
                (done, total) -> listener.at(
                        "compare",
                        done,
                        total,
                        "%d of %d test images with version %d".formatted(done, total, version.number())));
    }

    private static Map<String, Double> metrics(AnomalyFigures figures, Optional<ClassificationReport> report) {
        Map<String, Double> metrics =
                new HashMap<>(report.map(ReportMetrics::of).orElse(Map.of()));
        metrics.putAll(AnomalyJudgement.metrics(figures));
        return metrics;
    }

    /** A good image and, where there are some, two of defects. */
    private static Map<String, byte[]> golden(GoodImages images) {
        Map<String, byte[]> golden = new TreeMap<>();
        Stream.concat(
                        images.heldOut().stream().limit(1),
                        images.defects().stream().limit(2))
                .forEach(item -> golden.put(
                        item.contentHash().substring(0, 16)
                                + item.format().extensions().getFirst(),
                        CandidateModel.read(images.file(item))));
        return golden;
    }

    private Manifest manifest(Candidate candidate, List<GoldenVector> golden, Optional<String> evaluation) {
        return new Manifest(
                candidate.spec().name(),
                AnomalyFolder.LABELS,
                Optional.of(candidate.place().contract()),
                new Postprocessing.OneLabel(
                        Optional.of(AnomalyGraph.SCORE), Activation.SIGMOID, 1, Optional.of(AnomalyGraph.HEAT_MAP)),
                evaluation,
                new Lineage(
                        candidate.images().version().id(),
                        candidate.spec().backbone().name(),
                        described(candidate),
                        tools.origin().codeVersion(),
                        tools.origin().machine(),
                        candidate.seconds()),
                golden,
                new TreeMap<>());
    }

    private static Map<String, String> described(Candidate candidate) {
        Map<String, String> described = new TreeMap<>(candidate.spec().described());
        described.put(
                "layers",
                candidate.place().grid().layers().stream()
                        .map(FeatureLayer::name)
                        .collect(Collectors.joining(", ")));
        described.put(
                "dimensions",
                Integer.toString(candidate.place().grid().dimensions().size()));
        described.put("places", candidate.place().grid().grid().toString());
        return described;
    }

    private ModelVersion register(
            Candidate candidate,
            Manifest manifest,
            Map<String, byte[]> golden,
            Map<String, Double> metrics,
            AnomalyListener listener) {
        GoodImages images = candidate.images();
        // traffic is mostly good, so that it is compared with good images
        MadeReference reference = new ReferenceMaking(tools)
                .make(
                        new ReferenceMaking.Unregistered(manifest, candidate.onnx(), golden),
                        images.heldOut().stream()
                                .map(item -> HeldOutImage.of(images.file(item), item.label()))
                                .toList(),
                        (done, total) -> listener.at(
                                "register", done, total, "%d of %d reference images".formatted(done, total)));
        reference.notes().forEach(listener::note);
        return registrar.register(new Registrar.FinishedTraining(
                manifest,
                candidate.onnx(),
                golden,
                reference.attachments(),
                reference.counted(metrics),
                candidate.spec().note()));
    }

    private Optional<ModelVersion> production(String name) {
        return tools.registry().find(name).flatMap(model -> model.alias(Alias.PRODUCTION));
    }

    private void record(Candidate candidate, ModelVersion version, ClassificationReport report, ScoredImages scored) {
        GoodImages images = candidate.images();
        List<Item> tested = images.version().on(Split.TEST);
        List<EvaluationImage> evaluated = tested.stream()
                .map(item -> new EvaluationImage(images.file(item), item.path(), item.contentHash(), item.label()))
                .toList();
        new EvaluationRecorder(tools.evaluations())
                .record(new EvaluationRecorder.NewEvaluation(
                        EvaluationRecorder.newId(),
                        version.id(),
                        Evaluation.Origin.TRAIN,
                        Task.CLASSIFICATION,
                        new Evaluation.EvaluationSource(
                                images.version().id(), ModelEvaluation.name(images.folder()), evaluated.size(), 0, 0),
                        new ReportJson().write(report),
                        EvaluationRecorder.classified(evaluated, scored, 1)));
    }
}
