package dev.fovea.server;

import dev.fovea.fault.RecurringFailure;
import dev.fovea.monitoring.Recorder;
import dev.fovea.pipeline.EvaluatedConfidence;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.serving.Reconciler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells monitoring which version was promoted when, whichever process did it; what is known already changes nothing.
 */
final class Baselines implements Reconciler.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.serving");

    private final Recorder recorder;
    private final RecurringFailure trouble = new RecurringFailure();

    Baselines(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void followed(RegisteredModel model) {
        model.promotion()
                .ifPresent(promotion -> recorder.promoted(
                        model.name(), promotion, EvaluatedConfidence.of(model.version(promotion.version()))));
    }

    @Override
    public void trouble(RuntimeException e) {
        if (trouble.begins(e)) {
            LOG.warn("The registry could not be followed and is tried again: {}", e.getMessage());
        }
    }
}
