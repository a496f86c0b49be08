package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.monitoring.Observation;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.RequestOutcome;
import dev.fovea.monitoring.StageNanos;
import dev.fovea.monitoring.objectives.history.ServiceLevelRecorder;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutRecorder;
import dev.fovea.rollout.experiment.ExperimentRecorder;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.PredictionListener;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.VersionAssignment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reports each request to monitoring and the history of service levels, and to rollouts and experiments where the
 * version was chosen for it.
 */
final class PredictionJournal implements PredictionListener {

    private final Recorder recorder;

    private final ServiceLevelRecorder levels;
    private final RolloutRecorder rollouts;
    private final ExperimentRecorder experiments;

    PredictionJournal(Recorder recorder, ServiceLevelRecorder levels, RolloutParts.Recorders recorders) {
        this.recorder = recorder;
        this.levels = levels;
        this.rollouts = recorders.rollouts();
        this.experiments = recorders.experiments();
    }

    @Override
    public void chosen(PredictionTarget target, VersionAssignment assignment) {
        experiments.chosen(target, assignment);
    }

    @Override
    public void predicted(PredictionTarget target, ServedPrediction served) {
        Prediction prediction = served.prediction();
        List<RequestOutcome.PredictedLabel> labels = seen(prediction.result());
        if (target.version().isEmpty()) {
            rollouts.succeeded(
                    served.version(),
                    served.cached() ? OptionalDouble.empty() : OptionalDouble.of((double) served.nanos()),
                    labels.stream()
                            .mapToDouble(RequestOutcome.PredictedLabel::confidence)
                            .average());
        }
        levels.answered(target.model(), served.nanos(), busy(prediction.timings()));
        ImageHeader image = prediction.image();
        recorder.record(new Observation(
                served.version(),
                new RequestOutcome.RequestSucceeded(
                        labels,
                        stages(prediction.timings(), served.nanos()),
                        Optional.of(new RequestOutcome.ReceivedImage(
                                image.width(), image.height(), image.format().name())),
                        cache(served.origin()))));
    }

    private static RequestOutcome.Cache cache(CacheStatus origin) {
        return switch (origin) {
            case CacheStatus.Cached ignored -> RequestOutcome.Cache.HIT;
            case CacheStatus.SimilarHit ignored -> RequestOutcome.Cache.HIT;
            case CacheStatus.Inferred(boolean lookedUp) ->
                lookedUp ? RequestOutcome.Cache.MISS : RequestOutcome.Cache.NOT_USED;
        };
    }

    @Override
    public void inferred(PredictionTarget target, VersionId version, Timings timings, long nanos) {
        if (target.version().isEmpty()) {
            rollouts.succeeded(version, OptionalDouble.of((double) nanos), OptionalDouble.empty());
        }
        levels.answered(target.model(), nanos, busy(timings));
        recorder.record(new Observation(
                version,
                new RequestOutcome.RequestSucceeded(
                        List.of(), stages(timings, nanos), Optional.empty(), RequestOutcome.Cache.NOT_USED)));
    }

    private static List<RequestOutcome.PredictedLabel> seen(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult one ->
                List.of(seen(one.classification().best()));
            case PredictionResult.MultiLabelResult labels ->
                labels.applying().stream().map(PredictionJournal::seen).toList();
            case PredictionResult.MultiTaskResult tasks ->
                tasks.best().stream().map(PredictionJournal::seen).toList();
            case PredictionResult.ObjectResult(Decoded.Detections(List<Detection> found), List<String> names) ->
                found.stream()
                        .map(one -> new RequestOutcome.PredictedLabel(names.get(one.label()), one.confidence()))
                        .toList();
            case PredictionResult.ObjectResult ignored -> List.of();
            case PredictionResult.EmbeddingResult ignored -> List.of();
            case PredictionResult.TensorResult ignored -> List.of();
        };
    }

    private static RequestOutcome.PredictedLabel seen(Ranked ranked) {
        return new RequestOutcome.PredictedLabel(ranked.label(), ranked.confidence());
    }

    private static StageNanos stages(Timings timings, long nanos) {
        return new StageNanos(
                timings.decode(), timings.preprocess(), timings.queue(), timings.infer(), timings.postprocess(), nanos);
    }

    private static long busy(Timings timings) {
        return timings.total() - timings.queue();
    }

    @Override
    public void refused(PredictionTarget target, ErrorCode code) {
        levels.failed(target.model(), code);
    }

    @Override
    public void failed(PredictionTarget target, VersionId version, ErrorCode code) {
        if (target.version().isEmpty()) {
            rollouts.failed(version, code);
        }
        levels.failed(target.model(), code);
        recorder.record(new Observation(version, new RequestOutcome.RequestFailed(code)));
    }
}
