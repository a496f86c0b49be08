package dev.fovea.server;

import dev.fovea.registry.VersionId;
import dev.fovea.serving.InstanceState;
import dev.fovea.serving.Predictor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every step in a model version's life to the log. */
final class TransitionLog implements Predictor.TransitionListener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.serving");

    @Override
    public void moved(VersionId version, InstanceState from, InstanceState to) {
        if (to instanceof InstanceState.Failed(dev.fovea.fault.FoveaException why)) {
            LOG.error("{} failed: {} {}", version, why.code(), why.getMessage());
        } else {
            LOG.info("{} {} → {}", version, from.label(), to.label());
        }
    }
}
