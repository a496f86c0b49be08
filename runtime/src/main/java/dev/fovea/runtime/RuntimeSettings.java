package dev.fovea.runtime;

import dev.fovea.imaging.ImageLimits;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.SessionSettings;

/** How models are run. */
public record RuntimeSettings(SessionSettings session, BatchSettings batch, ImageLimits limits) {

    /** The same laid out in another way. */
    public RuntimeSettings with(InstanceSettings setting) {
        return new RuntimeSettings(
                new SessionSettings(setting.threads(), session.spin(), session.loadLimit()),
                batch.withInstances(setting.instances()).withMaxBatch(setting.maxBatch()),
                limits);
    }

    /** Defaults for this machine. */
    public static RuntimeSettings forThisMachine() {
        return new RuntimeSettings(SessionSettings.forThisMachine(), BatchSettings.DEFAULT, ImageLimits.DEFAULT)
                .with(InstanceSettings.forThisMachine());
    }
}
