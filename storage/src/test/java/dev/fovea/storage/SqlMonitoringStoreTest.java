package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.Observation;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.RequestOutcome;
import dev.fovea.monitoring.StageNanos;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.RunningMean;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class SqlMonitoringStoreTest {

    @Parameter
    private Pair pair;

    private static final VersionId SHIRTS_1 = new VersionId("shirts", 1);
    private static final Promotion PROMOTION = new Promotion(1, Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir
    private Path directory;

    private HomeSettings settings;

    @BeforeEach
    void choose() {
        settings = pair.in(directory);
    }

    @Test
    void shouldKeepTheFiguresOverRestarts() {
        assertThat(restart(0.75)).isEqualTo(0.75);
        assertThat(restart(0.25)).isEqualTo(0.5);
    }

    /** Starts on the same home, answers 200 images, and gives the mean confidence of all. */
    private double restart(double confidence) {
        try (Home home = Home.open(settings, "0.1.0");
                Recorder recorder = Recorder.start(home.monitoring("here"), InstantSource.system())) {
            recorder.promoted("shirts", PROMOTION, Optional.of(new RunningMean(500, 0.95, 500 * 0.01)));
            for (int i = 0; i < 200; i++) {
                StageNanos nanos = new StageNanos(1, 2, 3, 4, 5, 6);
                recorder.record(new Observation(
                        SHIRTS_1,
                        new RequestOutcome.RequestSucceeded(
                                List.of(new RequestOutcome.PredictedLabel("hole", confidence)),
                                nanos,
                                Optional.of(new RequestOutcome.ReceivedImage(640, 480, "JPEG")),
                                RequestOutcome.Cache.NOT_USED)));
            }
            return recorder.snapshot("shirts")
                    .versions()
                    .getFirst()
                    .confidence()
                    .mean()
                    .orElseThrow();
        }
    }
}
