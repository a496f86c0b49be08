package dev.fovea.runtime;

import dev.fovea.imaging.Limits;

/** How models are run. */
public record RuntimeSettings(SessionSettings session, BatchSettings batch, Limits limits) {

    /** The same laid out in another way. */
    public RuntimeSettings with(Setting setting) {
        return new RuntimeSettings(
                new SessionSettings(setting.threads(), session.spin(), session.loadLimit()),
                batch.withInstances(setting.instances()).withMaxBatch(setting.maxBatch()),
                limits);
    }

    /** Defaults for this machine. */
    public static RuntimeSettings forThisMachine() {
        return new RuntimeSettings(SessionSettings.forThisMachine(), BatchSettings.DEFAULT, Limits.DEFAULT);
    }
}
