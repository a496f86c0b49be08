package dev.fovea.runtime;

import dev.fovea.imaging.Limits;

/** How models are run. */
public record RuntimeSettings(SessionSettings session, BatchSettings batch, Limits limits) {

    /** Defaults for this machine. */
    public static RuntimeSettings forThisMachine() {
        return new RuntimeSettings(SessionSettings.forThisMachine(), BatchSettings.DEFAULT, Limits.DEFAULT);
    }
}
