package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.MultiTaskReportJson;
import dev.fovea.evaluation.report.MultiTaskVerdict;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.head.HeadTraining.HeadOrder;
import dev.fovea.pipeline.head.MultiTaskHeads;
import dev.fovea.pipeline.head.MultiTaskHeads.FittedTasks;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.PromotionDecision.ComparedWithProduction;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.multitask.TaskImages.TaskImage;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Trains a version that does several tasks: a head for each on the features of one backbone. It is evaluated task by
 * task, on images that it learned no task from.
 */
public final class MultiTaskTraining {

    private final JobTools tools;
    private final Registrar registrar;

    /** A training with these tools. */
    public MultiTaskTraining(JobTools tools) {
        this.tools = tools;
        this.registrar = new Registrar(tools);
    }

    /**
     * The result of a training.
     *
     * @param version as registered
     * @param reports on the test images, by task
     * @param heads how they were fitted, by task
     * @param production comparison with the version in production on the test images; empty for a first version
     * @param promotion whether it was promoted
     * @param savings the model beside one for each task
     */
    public record MultiTaskTrained(
            ModelVersion version,
            Map<String, ClassificationReport> reports,
            Map<String, HeadReport> heads,
            Optional<TaskComparison> production,
            PromotionDecision promotion,
            TaskSavings savings) {

        public MultiTaskTrained {
            reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
            heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
        }

        /** Whether it is usable. */
        public MultiTaskVerdict verdict() {
            return MultiTaskVerdict.of(reports);
        }
    }

    /** Trains; throws the errors of the images, the backbone and the registry. */
    public MultiTaskTrained run(MultiTaskSpec spec, MultiTaskListener listener) {
        ModelName.require(spec.name());
        Registry.requireReason(spec.note());
        TaskImages images = new TaskIngest(tools, listener).read(spec);
        FittedTasks fitted =
                new MultiTaskHeads(tools).run(new MultiTaskHeads.TaskOrders(orders(spec, images)), listener.heads());
        MultiTaskCandidate candidate = new MultiTaskCandidate(spec, images, fitted);
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            return judged(candidate, directory, listener);
        }
    }

    /** Validation images are learned from as well: cross-validation does their work. */
    private static Map<String, HeadOrder> orders(MultiTaskSpec spec, TaskImages images) {
        Map<String, HeadOrder> orders = new LinkedHashMap<>();
        images.labels()
                .forEach((task, labels) -> orders.put(
                        task,
                        new HeadOrder(
                                spec.backbone(),
                                labels,
                                images.files(task, Set.of(Split.TRAIN, Split.VALIDATION)),
                                images.files(task, Set.of(Split.TEST)),
                                spec.settings().balanced(),
                                spec.settings().seed())));
        return orders;
    }

    private MultiTaskTrained judged(
            MultiTaskCandidate candidate, ScratchDirectory directory, MultiTaskListener listener) {
        Map<String, byte[]> golden = candidate.goldenImages();
        List<GoldenVector> vectors = GoldenTest.make(
                tools.engine(), candidate.onnx(), candidate.fitted().contract(), golden);
        Bundle bundle = Bundle.write(
                directory.resolve("candidate"),
                candidate.manifest(tools.origin(), vectors, Map.of(), Optional.empty()),
                candidate.onnx(),
                golden);
        Map<String, ScoredImages> scored = new TaskScores(tools)
                .of(
                        bundle,
                        candidate.tests(),
                        (task, done, of) -> listener.at(
                                "evaluate", done, of, "%s: %d of %d test images".formatted(task, done, of)));
        Map<String, ClassificationReport> reports = new LinkedHashMap<>();
        scored.forEach((task, own) -> reports.put(task, ClassificationReport.of(own)));
        Optional<ModelVersion> current = production(candidate.spec().name());
        Optional<TaskComparison> production =
                current.map(version -> new TaskChallenge(tools, candidate, listener).against(version, scored));
        TaskSavings savings = new SingleTaskModels(tools, candidate, listener).beside(bundle, scored, directory);
        ModelVersion version = register(candidate, vectors, golden, reports, listener);
        PromotionDecision promotion = PromotionDecision.of(
                candidate.spec().promotion(),
                current.map(ModelVersion::number),
                Optional.of(MultiTaskVerdict.of(reports)),
                production
                        .filter(TaskComparison::isCompared)
                        .map(each -> new ComparedWithProduction(
                                each.verdict(), each.sentences().getFirst())));
        registrar.carryOut(promotion, version);
        new TaskEvaluations(tools.evaluations()).record(candidate, version, scored, reports, production);
        listener.at("register", 1, 1, version.id().toString());
        return new MultiTaskTrained(version, reports, candidate.fitted().reports(), production, promotion, savings);
    }

    private ModelVersion register(
            MultiTaskCandidate candidate,
            List<GoldenVector> vectors,
            Map<String, byte[]> golden,
            Map<String, ClassificationReport> reports,
            MultiTaskListener listener) {
        listener.at("register", 0, 1, "writing the bundle");
        Map<String, Double> temperatures = new HashMap<>();
        reports.forEach(
                (task, report) -> temperatures.put(task, report.calibration().temperature()));
        Manifest manifest = candidate.manifest(
                tools.origin(), vectors, temperatures, Optional.of(new MultiTaskReportJson().write(reports)));
        MadeReference reference = new ReferenceMaking(tools)
                .make(
                        new ReferenceMaking.Unregistered(manifest, candidate.onnx(), golden),
                        candidate.tested().stream()
                                .map(MultiTaskTraining::heldOut)
                                .toList(),
                        (done, total) -> listener.at(
                                "register", done, total, "%d of %d reference images".formatted(done, total)));
        reference.notes().forEach(listener::note);
        return registrar.register(new Registrar.FinishedTraining(
                manifest,
                candidate.onnx(),
                golden,
                reference.attachments(),
                reference.counted(ReportMetrics.ofTasks(reports)),
                candidate.spec().note()));
    }

    /** What it shows by every task that it has a label of. */
    private static HeldOutImage heldOut(TaskImage image) {
        return new HeldOutImage(
                image.file(),
                Optional.of(new TrueLabels.TrueLabelSet(image.labels().entrySet().stream()
                        .map(label -> TaskHead.qualified(label.getKey(), label.getValue()))
                        .collect(Collectors.toCollection(TreeSet::new)))));
    }

    private Optional<ModelVersion> production(String name) {
        return tools.registry().find(name).flatMap(model -> model.alias(Alias.PRODUCTION));
    }
}
