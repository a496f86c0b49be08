package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageObservationTest {

    private static final Engine ENGINE = Engine.open();
    private static final RuntimeSettings SETTINGS =
            new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT);

    @TempDir
    private Path directory;

    private final DecodePool workers = new DecodePool(2, 512, 100_000_000);

    @AfterEach
    void stop() {
        workers.close();
    }

    private Prediction predict(RuntimeSettings settings, byte[] image) {
        try (LoadedModel model = LoadedModel.load(
                ENGINE,
                Tiny.bundle(directory.resolve("bundle"), Tiny.means(GraphBuilder.BATCH), ENGINE),
                settings,
                workers,
                () -> {})) {
            return model.predict(image, Deadline.in(Duration.ofSeconds(30)));
        }
    }

    @Test
    void shouldMeasureTheImageOfARequest() {
        byte[] image = Tiny.png(90, 90, 90);
        InputMeasures measures = predict(SETTINGS, image).observed().measures().orElseThrow();
        assertThat(measures.tones()).isEqualTo(new InputTones(90, 0, 0, 0));
        assertThat(measures.file().width()).isEqualTo(16);
        assertThat(measures.file().bytes()).isEqualTo(image.length);
    }

    @Test
    void shouldKeepWhatWasObservedWhereThePredictionIsCachedOrShared() {
        Prediction prediction = predict(SETTINGS, Tiny.png(90, 90, 90));
        assertThat(prediction.detached().observed()).isEqualTo(prediction.observed());
        assertThat(prediction.waited(5).observed()).isEqualTo(prediction.observed());
        assertThat(prediction.ofSimilar(prediction.image()).observed()).isEqualTo(ImageObservation.NONE);
    }

    @Test
    void shouldMeasureNothingWhereThatIsSwitchedOff() {
        assertThat(predict(SETTINGS.unobserved(), Tiny.png(90, 90, 90)).observed())
                .isEqualTo(ImageObservation.NONE);
    }
}
