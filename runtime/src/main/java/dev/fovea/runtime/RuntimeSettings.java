package dev.fovea.runtime;

import dev.fovea.imaging.ImageLimits;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.SessionSettings;

/**
 * How models are run.
 *
 * @param session of ONNX Runtime
 * @param batch how requests are gathered
 * @param limits of image files
 * @param observes whether images are measured and embedded beside their predictions
 */
public record RuntimeSettings(SessionSettings session, BatchSettings batch, ImageLimits limits, boolean observes) {

    /** With observation. */
    public RuntimeSettings(SessionSettings session, BatchSettings batch, ImageLimits limits) {
        this(session, batch, limits, true);
    }

    /** The same, without measures and embeddings. */
    public RuntimeSettings unobserved() {
        return new RuntimeSettings(session, batch, limits, false);
    }

    /** The same laid out in another way. */
    public RuntimeSettings with(InstanceSettings setting) {
        return new RuntimeSettings(
                new SessionSettings(setting.threads(), session.spin(), session.loadLimit()),
                batch.withInstances(setting.instances()).withMaxBatch(setting.maxBatch()),
                limits,
                observes);
    }

    /** Defaults for this machine. */
    public static RuntimeSettings forThisMachine() {
        return new RuntimeSettings(SessionSettings.forThisMachine(), BatchSettings.DEFAULT, ImageLimits.DEFAULT)
                .with(InstanceSettings.forThisMachine());
    }
}
