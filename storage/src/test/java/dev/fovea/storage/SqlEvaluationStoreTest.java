package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.DetectedObject;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.imaging.Box;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
class SqlEvaluationStoreTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path root;

    private HomeSettings settings;

    @BeforeEach
    void choose() {
        settings = pair.in(root);
    }

    private static Evaluation evaluation(String id, int version) {
        return new Evaluation(
                id,
                "shirts",
                version,
                Evaluation.Origin.COMPARE,
                "classification",
                new Evaluation.EvaluationSource("ab".repeat(32), "new shirts", 3, 2, 1),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Models.report());
    }

    @Test
    void shouldReadStoredStateAfterReopening() {
        Evaluation one = evaluation("01A", 2);
        List<EvaluatedImage> images;
        try (Home home = Home.open(settings, "test")) {
            EvaluationStore store = home.evaluations();
            String pack = store.putPack(new byte[] {1, 2, 3});
            images = List.of(
                    new EvaluatedImage(
                            0,
                            "hole/1.jpg",
                            "cd".repeat(32),
                            new ImageResult.Classified("hole", "none", 0.75),
                            Optional.of(new EvaluatedImage.Thumbnail(pack, 1, 2))),
                    new EvaluatedImage(
                            1,
                            "2.jpg",
                            "ce".repeat(32),
                            new ImageResult.Detected(
                                    640,
                                    480,
                                    List.of(
                                            new DetectedObject(
                                                    DetectedObject.MatchOutcome.FOUND,
                                                    "car",
                                                    0.5,
                                                    new Box(1, 2, 3.5f, 4)),
                                            new DetectedObject(
                                                    DetectedObject.MatchOutcome.MISSED, "car", 0, new Box(0, 0, 9, 9))),
                                    List.of(new ImageResult.ClassDetections(
                                            "car", List.of(0.5, 0.004), List.of(true, false)))),
                            Optional.empty()),
                    new EvaluatedImage(
                            2,
                            "hole/3.jpg",
                            "cf".repeat(32),
                            new ImageResult.FailedPrediction("hole", "IMAGE_CORRUPT", "cut short"),
                            Optional.empty()),
                    new EvaluatedImage(
                            3,
                            "4.jpg",
                            "d0".repeat(32),
                            new ImageResult.Tagged(List.of("cat", "dog"), List.of("dog")),
                            Optional.empty()));
            store.save(one, images);
            store.save(evaluation("01B", 2), List.of());
            store.save(evaluation("01C", 3), List.of());
        }
        try (Home home = Home.open(settings, "test")) {
            EvaluationStore store = home.evaluations();
            assertThat(store.find("01A")).contains(one);
            assertThat(store.find("01X")).isEmpty();
            assertThat(store.list("shirts", 2)).extracting(Evaluation::id).containsExactly("01B", "01A");
            assertThat(store.images("01A")).isEqualTo(images);
            assertThat(store.image("01A", 1)).contains(images.get(1));
            assertThat(store.image("01A", 9)).isEmpty();
            assertThat(store.pack(images.getFirst().thumbnail().orElseThrow().pack()))
                    .containsExactly(1, 2, 3);
        }
    }
}
