package dev.fovea.server.telemetry;

import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.serving.pool.BackgroundTuner;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what tuning in the background found. */
public final class TuningLog implements BackgroundTuner.TuningListener {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.tuning");

    @Override
    public void tuned(ModelVersion version, Tuning tuning) {
        TuningTrial chosen = tuning.chosen();
        LOG.info(
                "{} runs best on this machine as {}: {} images/s; fovea tune {} shows all",
                version.id(),
                chosen.setting(),
                String.format(Locale.ROOT, "%.1f", chosen.perSecond()),
                version.name());
    }

    @Override
    public void failed(ModelVersion version, RuntimeException why) {
        LOG.warn("{} could not be tuned and runs as configured: {}", version.id(), why.getMessage());
    }
}
