package dev.fovea.pipeline;

import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.pipeline.anomaly.AnomalyAlternative;
import dev.fovea.pipeline.anomaly.AnomalyTraining;
import dev.fovea.pipeline.cascade.CascadePlanning;
import dev.fovea.pipeline.cascade.CascadeReport;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.curation.DatasetVerdict;
import dev.fovea.pipeline.detector.DetectorTraining;
import dev.fovea.pipeline.detector.DetectorWork;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.evaluation.DecodeReport;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.multitask.MultiTaskTraining;
import dev.fovea.pipeline.multitask.TaskComparison;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.search.SearchJson;
import dev.fovea.quantize.QuantizationJson;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.tuning.TuningJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes on record of each kind of work. Pure. */
public final class JobOutcomes {

    private static final int MOST_FINDINGS = 1000;

    private JobOutcomes() {}

    public static JobOutcome of(JobWork.Trained trained) {
        ModelTraining.TrainingResult result = trained.result();
        List<String> sentences = new ArrayList<>(result.verdict().sentences());
        result.production().map(ProductionComparison::sentence).ifPresent(sentences::add);
        Optional.ofNullable(result.version().lineage().settings().get(TrainingTargets.SOFT_LABELS))
                .filter(soft -> !soft.equals(TrainingTargets.NONE))
                .ifPresent(soft -> sentences.add("Trained on soft labels: " + soft + "."));
        result.learning().headSentence().ifPresent(sentences::add);
        result.alternative().map(AnomalyAlternative::sentences).ifPresent(sentences::addAll);
        sentences.add(registered(result.version(), result.promotion().promoted()));
        trained.int8().map(JobOutcomes::int8).ifPresent(sentences::add);
        return made(Optional.of(result.version()), Optional.empty(), sentences);
    }

    public static JobOutcome of(SearchTraining.SearchResult result) {
        List<String> sentences = new ArrayList<>(result.sentences());
        result.trained()
                .map(trained ->
                        registered(trained.version(), trained.promotion().promoted()))
                .ifPresent(sentences::add);
        return new JobOutcome(
                new JobResult(
                        result.trained().map(trained -> trained.version().number()),
                        Optional.empty(),
                        result.trained().isPresent()
                                ? Optional.empty()
                                : Optional.of(result.record().sentences().getFirst()),
                        sentences),
                Optional.of(SearchJson.write(result.report())));
    }

    public static JobOutcome of(AnomalyTraining.AnomalyResult result) {
        List<String> sentences = new ArrayList<>(result.verdict().sentences());
        result.production().map(ProductionComparison::sentence).ifPresent(sentences::add);
        sentences.add(registered(result.version(), result.promotion().promoted()));
        return made(Optional.of(result.version()), Optional.empty(), sentences);
    }

    public static JobOutcome of(DetectorWork.TrainedDetector trained) {
        DetectorTraining.DetectorResult result = trained.result();
        List<String> sentences = new ArrayList<>(result.verdict().sentences());
        result.comparison().map(RecordedComparison::sentence).ifPresent(sentences::add);
        sentences.add(registered(result.version(), result.promotion().promoted()));
        trained.int8().map(JobOutcomes::int8).ifPresent(sentences::add);
        return made(Optional.of(result.version()), Optional.empty(), sentences);
    }

    private static String int8(ModelQuantization.VersionQuantization int8) {
        return int8.version()
                .map(version -> "Registered %s, its INT8 version, as a candidate.".formatted(version.id()))
                .orElseGet(
                        () -> "No INT8 version is registered. " + int8.refused().orElse(""));
    }

    public static JobOutcome of(ImportWork.Imported imported) {
        ModelImport.ImportResult result = imported.result();
        List<String> sentences = new ArrayList<>(
                result.verdict().map(EvaluationVerdict::sentences).orElse(List.of()));
        if (!imported.sources().isEmpty()) {
            sentences.add("Found: " + ImportFindings.text(imported.sources()) + ".");
        }
        result.decode().map(DecodeReport::sentences).ifPresent(sentences::addAll);
        result.decisions().forEach(decision -> sentences.add("Decided: " + decision + "."));
        sentences.add(registered(result.version(), result.promotion().promoted()));
        return made(
                Optional.of(result.version()),
                result.evaluation().map(evaluation -> evaluation.evaluation().id()),
                sentences);
    }

    public static JobOutcome of(ModelQuantization.VersionQuantization result) {
        return new JobOutcome(
                new JobResult(
                        result.version().map(ModelVersion::number),
                        Optional.empty(),
                        result.refused(),
                        result.verdict().report().judgement().verdict().sentences()),
                Optional.of(new String(QuantizationJson.write(result.verdict().report()), StandardCharsets.UTF_8)));
    }

    public static JobOutcome of(ModelEvaluation.EvaluationResult result) {
        List<String> sentences = new ArrayList<>(result.verdict().sentences());
        sentences.addAll(result.notes());
        return made(Optional.empty(), Optional.of(result.evaluation().id()), sentences);
    }

    public static JobOutcome of(ModelTuning.TuningResult result) {
        return new JobOutcome(
                new JobResult(Optional.empty(), Optional.empty(), Optional.empty(), List.of(sentence(result))),
                Optional.of(TuningJson.tree(result.tuning()).toString()));
    }

    /** The result of a tuning, as a sentence. */
    public static String sentence(ModelTuning.TuningResult result) {
        return "%s now runs as %s on this machine%s."
                .formatted(
                        result.version().id(),
                        result.tuning().chosen().setting(),
                        result.meetsTarget()
                                ? ""
                                : ". It misses the requested p99; no setting meets it with all cores busy. Measure a lower load with fovea load, raise the p99, or use a smaller model");
    }

    public static JobOutcome of(CascadePlanning.CascadePlanResult result) {
        String threshold = String.valueOf(result.threshold().chosen().threshold());
        return new JobOutcome(
                new JobResult(
                        Optional.empty(),
                        Optional.empty(),
                        result.isReached()
                                ? Optional.empty()
                                : Optional.of("No threshold reaches the accuracy; nothing is declared."),
                        List.of(
                                result.isReached()
                                        ? "%s reaches the accuracy at the threshold %s.%s"
                                                .formatted(
                                                        result.model(),
                                                        threshold,
                                                        result.applied() ? " The cascade is declared." : "")
                                        : "The most accurate threshold is %s.".formatted(threshold))),
                Optional.of(JobJson.report(CascadeReport.of(result))));
    }

    /** The most suspect labels only, since a report is read whole. */
    public static JobOutcome of(DatasetFindings findings) {
        return new JobOutcome(
                new JobResult(Optional.empty(), Optional.empty(), Optional.empty(), DatasetVerdict.sentences(findings)),
                Optional.of(JobJson.report(findings.first(MOST_FINDINGS))));
    }

    /** The diagnosis, with its curve and findings in the report. */
    public static JobOutcome of(Diagnosis diagnosis) {
        return new JobOutcome(
                new JobResult(Optional.empty(), Optional.empty(), Optional.empty(), diagnosis.sentences()),
                Optional.of(JobJson.report(diagnosis)));
    }

    public static JobOutcome of(MultiTaskTraining.MultiTaskTrained result) {
        List<String> sentences = new ArrayList<>(result.verdict().sentences());
        result.production().map(TaskComparison::sentences).ifPresent(sentences::addAll);
        sentences.addAll(result.savings().sentences());
        sentences.add(registered(result.version(), result.promotion().promoted()));
        return made(Optional.of(result.version()), Optional.empty(), sentences);
    }

    private static String registered(ModelVersion version, boolean promoted) {
        return "Registered %s. %s".formatted(version.id(), promoted ? "It is in production." : "It is a candidate.");
    }

    private static JobOutcome made(
            Optional<ModelVersion> version, Optional<String> evaluation, List<String> sentences) {
        return new JobOutcome(
                new JobResult(version.map(ModelVersion::number), evaluation, Optional.empty(), sentences),
                Optional.empty());
    }
}
