package dev.fovea.server.telemetry;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailures;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.pool.LoadedVersionState;
import dev.fovea.serving.pool.TransitionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every step in a model version's life to the log. Of one that fails to load and is tried again and again, one
 * line when that begins and one when it ends.
 */
public final class TransitionLog implements TransitionListener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.serving");

    private final RecurringFailures failures = new RecurringFailures();

    @Override
    public void moved(VersionId version, LoadedVersionState from, LoadedVersionState to) {
        String id = version.toString();
        if (to instanceof LoadedVersionState.LoadFailed(FoveaException why)) {
            if (failures.begins(id, why)) {
                LOG.error("{} failed: {} {}", id, why.code(), why.getMessage());
            }
        } else if (to instanceof LoadedVersionState.Ready && failures.lasts(id)) {
            failures.ends(id).ifPresent(before -> LOG.info("{} is ready; it failed before: {}", id, before));
        } else if (!failures.lasts(id)) {
            LOG.info("{} {} → {}", id, from.label(), to.label());
        }
    }
}
