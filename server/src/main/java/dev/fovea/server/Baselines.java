package dev.fovea.server;

import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.RecurringFailure;
import dev.fovea.fault.RecurringFailures;
import dev.fovea.monitoring.Recorder;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.serving.pool.Reconciler;
import dev.fovea.statistics.RunningMean;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports promotions to monitoring, by any process; what is known already changes nothing. Logs one line when following
 * fails and one when it works again, for the registry and for each model.
 */
final class Baselines implements Reconciler.ReconcilerListener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.serving");

    private final Recorder recorder;
    private final EvaluationStore evaluations;
    private final Map<ModelVersion, RunningMean> known = new ConcurrentHashMap<>();
    private final RecurringFailure ofRegistry = new RecurringFailure();
    private final RecurringFailures ofModels = new RecurringFailures();
    private final RecurringFailures ofEvaluations = new RecurringFailures();

    Baselines(Recorder recorder, EvaluationStore evaluations) {
        this.recorder = recorder;
        this.evaluations = evaluations;
    }

    @Override
    public void followed(RegisteredModel model) {
        model.promotion()
                .ifPresent(promotion ->
                        recorder.promoted(model.name(), promotion, evaluated(model.version(promotion.version()))));
        ofModels.ends(model.name()).ifPresent(ignored -> LOG.info("{} is followed again.", model.name()));
    }

    /** Read once for each version. One that cannot be read leaves the version without a baseline. */
    private Optional<RunningMean> evaluated(ModelVersion version) {
        RunningMean kept = known.get(version);
        if (kept != null) {
            return Optional.of(kept);
        }
        String id = version.id().toString();
        try {
            Optional<RunningMean> read = EvaluatedConfidence.of(version, evaluations);
            read.ifPresent(confidence -> known.put(version, confidence));
            ofEvaluations.ends(id);
            return read;
        } catch (RuntimeException e) { // a baseline is no reason not to serve
            if (ofEvaluations.begins(id, e)) {
                LOG.warn("The evaluation of {} cannot be read; its metrics have no baseline: {}", id, e.getMessage());
            }
            return Optional.empty();
        }
    }

    @Override
    public void current() {
        ofRegistry.ends().ifPresent(ignored -> LOG.info("The registry is followed again."));
    }

    @Override
    public void failed(String model, RuntimeException e) {
        if (ofModels.begins(model, e)) {
            LOG.warn(
                    "{} could not be followed and is tried again after 1 s, later each minute: {}",
                    model,
                    e.getMessage());
        }
    }

    @Override
    public void failed(RuntimeException e) {
        if (ofRegistry.begins(e)) {
            LOG.warn("The registry could not be followed and is tried again each second: {}", e.getMessage());
        }
    }
}
