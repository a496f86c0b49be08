package dev.fovea.pipeline;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.anomaly.AnomalyListener;
import dev.fovea.pipeline.anomaly.AnomalySpec;
import dev.fovea.pipeline.anomaly.AnomalyTraining;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.cascade.CascadePlanning;
import dev.fovea.pipeline.curation.DatasetCheck;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.detector.DetectorListener;
import dev.fovea.pipeline.detector.DetectorWork;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.diagnosis.DiagnosisWork;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.multitask.MultiTaskListener;
import dev.fovea.pipeline.multitask.MultiTaskTraining;
import dev.fovea.pipeline.multitask.MultiTaskWork;
import dev.fovea.pipeline.quantization.Int8Trial;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.quantization.QuantizationSpec;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.pipeline.request.CascadeRequest;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.pipeline.request.DiagnoseRequest;
import dev.fovea.pipeline.request.EvaluateRequest;
import dev.fovea.pipeline.request.ImportRequest;
import dev.fovea.pipeline.request.JobRequest;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.request.QuantizeRequest;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.pipeline.request.TuneRequest;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunSubject;
import dev.fovea.pipeline.search.BackbonePool;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;
import dev.fovea.registry.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs each kind of request, for commands and for the queue. */
public final class JobWork implements Jobs.Performer {

    private final JobTools tools;
    private final Supplier<ModelTuning> tuning;
    private final Supplier<CascadePlanning> cascades;
    private final ImportIsolation isolation;
    private final DatasetCheckout data;
    private final Supplier<DatasetCheck> checks;
    private final RequestResolution resolution;

    /**
     * Work with these tools.
     *
     * @param isolation runs the imports of the queue
     * @param data folders of curated data sets
     * @param checks of curated data sets
     */
    public JobWork(
            JobTools tools,
            Supplier<ModelTuning> tuning,
            Supplier<CascadePlanning> cascades,
            ImportIsolation isolation,
            DatasetCheckout data,
            Supplier<DatasetCheck> checks) {
        this.tools = tools;
        this.tuning = tuning;
        this.cascades = cascades;
        this.isolation = isolation;
        this.data = data;
        this.checks = checks;
        this.resolution = new RequestResolution(tools, data, checks);
    }

    /**
     * A training and what followed it.
     *
     * @param int8 of its INT8 version; empty when none was tried
     */
    public record Trained(ModelTraining.TrainingResult result, Optional<ModelQuantization.VersionQuantization> int8) {}

    @Override
    public JobOutcome perform(JobRequest request, JobProgress progress) {
        return switch (request) {
            case TrainRequest train -> JobOutcomes.of(train(train, new QueuedTraining(progress)));
            case AnomalyRequest anomaly -> JobOutcomes.of(trainAnomaly(anomaly, progress, _ -> {}));
            case DetectorRequest detector ->
                JobOutcomes.of(trainDetector(detector, DetectorListener.of(progress, _ -> {})));
            case MultiTaskRequest tasks -> JobOutcomes.of(trainTasks(tasks, new MultiTaskListener(progress, _ -> {})));
            case SearchRequest search -> JobOutcomes.of(search(search, new QueuedTraining(progress)));
            case ImportRequest imported -> isolation.run(imported, progress);
            case QuantizeRequest quantize -> JobOutcomes.of(quantize(quantize, progress));
            case EvaluateRequest evaluate -> JobOutcomes.of(evaluate(evaluate, progress));
            case TuneRequest tune ->
                JobOutcomes.of(tuning.get()
                        .run(tune, (trial, number, of) -> progress.counting().at("trials", number, of)));
            case CascadeRequest cascade -> JobOutcomes.of(cascade(cascade, progress, note -> {}));
            case CheckRequest check -> JobOutcomes.of(check(check, progress));
            case DiagnoseRequest diagnose -> JobOutcomes.of(diagnose(diagnose, progress));
        };
    }

    /**
     * Resolves the version of a request, so that a later promotion does not change it. Errors as of
     * {@link RequestResolution#resolved}.
     */
    public JobRequest resolved(JobRequest request) {
        return resolution.resolved(request);
    }

    /** The default version to evaluate: the one in production, else the newest. */
    public ModelVersion evaluated(String name, Optional<Integer> stated) {
        return resolution.evaluated(name, stated);
    }

    /** Trains, and tries an INT8 version of what is usable unless the request leaves that out. */
    public Trained train(TrainRequest request, TrainingListener listener) {
        return named(() -> trained(request, listener));
    }

    private Trained trained(TrainRequest request, TrainingListener listener) {
        data.requireOneClass(request.data());
        Optional<String> version = data.pinned(request.data());
        boolean isSoft = request.schedule().softLabels().orElse(true);
        TrainingSpec spec = TrainingSpec.of(
                resolution
                        .withTeachers(request.withData(version.orElse(request.data())))
                        .withPaths(data),
                request.network().backbone().map(backbones()::resolve),
                version.map(each -> new TrainingTargets(each, isSoft ? data.softLabels(each) : Map.of())));
        RunRecording run = begun(
                request,
                version.orElse(request.data()),
                listener.job(),
                spec.start().described(spec.settings()));
        ModelTraining.TrainingResult result = run.during(
                () -> new ModelTraining(tools).run(spec, new RecordedTraining(listener, run)),
                ModelTraining.TrainingResult::version);
        if (!request.int8().orElse(true)) {
            return new Trained(result, Optional.empty());
        }
        if (!result.verdict().clearsFloor()) {
            listener.note("No INT8 version was made: the model is not usable.");
            return new Trained(result, Optional.empty());
        }
        return new Trained(result, Int8Trial.of(tools, result.version(), listener::quantized, listener::note));
    }

    /** Whether the images of a folder or data set have boxes to train a detector from, and no class for each. */
    public boolean hasBoxes(String source) {
        return detectors().hasBoxes(source);
    }

    /** Trains a detector, and tries an INT8 version of what is usable unless the request leaves that out. */
    public DetectorWork.TrainedDetector trainDetector(DetectorRequest request, DetectorListener listener) {
        return named(() -> detectors().train(request, listener));
    }

    private DetectorWork detectors() {
        return new DetectorWork(tools, data, resolution.backbones());
    }

    /** Trains one model for several tasks. */
    public MultiTaskTraining.MultiTaskTrained trainTasks(MultiTaskRequest request, MultiTaskListener listener) {
        return named(() -> new MultiTaskWork(tools, data, backbones()).train(request, listener));
    }

    /** Trains an anomaly detector from good images. */
    public AnomalyTraining.AnomalyResult trainAnomaly(
            AnomalyRequest request, JobProgress progress, Consumer<String> notes) {
        return named(() -> {
            data.requireOneClass(request.data());
            Optional<String> version = data.pinned(request.data());
            AnomalySpec spec = AnomalySpec.of(
                    request.withData(version.orElse(request.data())).withPaths(data),
                    backbones().resolve(request.network().reference()));
            return begun(request, version.orElse(request.data()), progress.job(), spec.described())
                    .during(
                            () -> new AnomalyTraining(tools).run(spec, new AnomalyListener(progress, notes)),
                            AnomalyTraining.AnomalyResult::version);
        });
    }

    private RunRecording begun(JobRequest request, String images, Optional<String> job, Map<String, String> settings) {
        return tools.recording(
                new RunSubject(request.subject(), Optional.empty(), images, request.work(), job), settings);
    }

    /** Says why a target is not reached, and what would help most. */
    public Diagnosis diagnose(DiagnoseRequest request, JobProgress progress) {
        return named(() ->
                new DiagnosisWork(tools, data, checks.get()::ceiling).run(resolution.withBackbone(request), progress));
    }

    /** Finds the smallest classifier that clears a bar. */
    public SearchTraining.SearchResult search(SearchRequest request, TrainingListener listener) {
        return named(() -> {
            detectors().requireNoBoxes(request.data());
            data.requireOneClass(request.data());
            return new SearchTraining(tools, checks.get()::ceiling)
                    .run(request, data.pinned(request.data()), data, new BackbonePool(tools, backbones()), listener);
        });
    }

    private Backbones backbones() {
        return resolution.backbones();
    }

    /** Checks a curated data set. */
    public DatasetFindings check(CheckRequest request, JobProgress progress) {
        return checks.get().check(request, progress);
    }

    /** Plans a cascade. */
    public CascadePlanning.CascadePlanResult cascade(
            CascadeRequest request, JobProgress progress, Consumer<String> notes) {
        return named(() -> cascades.get().run(request.withPaths(data), progress, notes));
    }

    /** Imports in this process. */
    public ImportWork.Imported importHere(ImportRequest request, JobProgress progress) {
        return named(() -> new ImportWork(tools).run(request.withPaths(data), progress));
    }

    /** Quantizes a version. */
    public ModelQuantization.VersionQuantization quantize(QuantizeRequest request, JobProgress progress) {
        ModelVersion original = resolution.active(request.model(), request.version());
        return named(() -> new ModelQuantization(tools)
                .run(
                        new QuantizationSpec(
                                original.name(),
                                original.number(),
                                images(request.data(), original),
                                data.pinned(request.data()),
                                request.precision().isEmpty() ? Precision.INT8 : Precision.of(request.precision()),
                                request.margin().map(AcceptanceCriteria::new).orElse(AcceptanceCriteria.DEFAULT),
                                request.note()),
                        progress.counting()));
    }

    /** Evaluates a version. */
    public ModelEvaluation.EvaluationResult evaluate(EvaluateRequest request, JobProgress progress) {
        ModelVersion version = evaluated(request.model(), request.version());
        return named(() -> new ModelEvaluation(tools)
                .run(
                        new ModelEvaluation.EvaluationSpec(
                                ModelEvaluation.newId(),
                                version,
                                images(request.data(), version),
                                List.of(),
                                Evaluation.Origin.EVALUATE),
                        progress.counting()));
    }

    /** The folder of the requested images; that of a version's training data is written again if it was deleted. */
    private String images(String stated, ModelVersion version) {
        if (stated.isEmpty()) {
            version.lineage().datasetVersion().ifPresent(this::writeAgain);
            return "";
        }
        return data.data("data", stated);
    }

    /** Of a data set that was deleted there is nothing to write. */
    private void writeAgain(String trainedOn) {
        try {
            data.data("data", trainedOn);
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.DATASET_UNKNOWN) {
                throw e;
            }
        }
    }

    /** Errors name data sets as jobs take them, not by the folders that they were written to. */
    private <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (FoveaException e) {
            String message = data.named(e.getMessage());
            throw message.equals(e.getMessage()) ? e : new FoveaException(e.code(), message, e);
        }
    }
}
