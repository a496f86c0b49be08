package dev.fovea.server;

import dev.fovea.fault.RecurringFailure;
import dev.fovea.fault.RecurringFailures;
import dev.fovea.monitoring.Recorder;
import dev.fovea.pipeline.EvaluatedConfidence;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.serving.Reconciler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells monitoring which version was promoted when, whichever process did it; what is known already changes nothing.
 * Logs one line when following fails and one when it works again, for the registry and for each model.
 */
final class Baselines implements Reconciler.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.serving");

    private final Recorder recorder;
    private final RecurringFailure ofRegistry = new RecurringFailure();
    private final RecurringFailures ofModels = new RecurringFailures();

    Baselines(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void followed(RegisteredModel model) {
        model.promotion()
                .ifPresent(promotion -> recorder.promoted(
                        model.name(), promotion, EvaluatedConfidence.of(model.version(promotion.version()))));
        ofModels.ends(model.name()).ifPresent(ignored -> LOG.info("{} is followed again.", model.name()));
    }

    @Override
    public void current() {
        ofRegistry.ends().ifPresent(ignored -> LOG.info("The registry is followed again."));
    }

    @Override
    public void trouble(String model, RuntimeException e) {
        if (ofModels.begins(model, e)) {
            LOG.warn("{} could not be followed and is tried again each second: {}", model, e.getMessage());
        }
    }

    @Override
    public void trouble(RuntimeException e) {
        if (ofRegistry.begins(e)) {
            LOG.warn("The registry could not be followed and is tried again each second: {}", e.getMessage());
        }
    }
}
