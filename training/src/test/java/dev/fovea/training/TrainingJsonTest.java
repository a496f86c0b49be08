package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Augmentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingJsonTest {

    private final TrainingJson json = new TrainingJson();

    static Stream<TrainingEvent> events() {
        return Stream.of(
                new TrainingEvent.Started(360, 90, 53, 308_181, "PyTorch 2.7.1"),
                new TrainingEvent.Progress(0, 53, 0.01, OptionalDouble.empty(), OptionalDouble.empty(), 800, 60),
                new TrainingEvent.Progress(2, 53, 0.1, OptionalDouble.of(0.9), OptionalDouble.of(0.5), 300, 42.5),
                new TrainingEvent.MeasuredSteps(40, 2, 12.5, 0.9, 0.003, 301.5),
                new TrainingEvent.Validated(40, 2, 13.25, 0.5, 1.1),
                new TrainingEvent.MemoryPlanned(912_345_678, 4_000_000_000L),
                new TrainingEvent.MemoryUsed(812_345_678),
                new TrainingEvent.Finished(50, 53, 0.97, 301.5, 47.2, TrainingEvent.StopReason.EARLY_STOPPING, "53"),
                new TrainingEvent.TrainingFailed(ErrorCode.TRAINING_FAILED, "said \"no\"\nand stopped"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldCarryEveryEventOnOneLine(TrainingEvent event) {
        String line = json.event(event);
        assertThat(line).doesNotContain("\n");
        assertThat(json.event(line)).contains(event);
    }

    @Test
    void shouldCarryARequest() {
        TrainingRequest request = new TrainingRequest(
                Path.of("/tmp/initial.onnx"),
                Path.of("/tmp/learned.onnx"),
                Recipe.DEFAULT.contract(),
                List.of("a", "b"),
                List.of(
                        new Sample(Path.of("/x/1.jpg"), 0),
                        new Sample(Path.of("/x/ü 2.jpg"), 1, Map.of(0, 0.25, 1, 0.75), Map.of(0, 0.5, 1, 0.5))),
                List.of(new Sample(Path.of("/x/3.jpg"), 0)),
                TrainingSettings.defaults());
        assertThat(json.request(json.request(request))).isEqualTo(request);
    }

    @Test
    void shouldNameEverySettingForTheLineage() {
        int settings =
                Stream.of(TrainingSettings.class, TrainingSchedule.class, OptimizerSettings.class, Regularization.class)
                                .mapToInt(type -> type.getRecordComponents().length)
                                .sum()
                        - 6; // the five records within, and cutmix where there is none
        assertThat(TrainingSettings.defaults().describe())
                .hasSize(settings)
                .containsEntry("optimizer", "adamw")
                .containsEntry("time_budget", "600 s")
                .containsEntry("augmentation", Augmentation.DEFAULT.describe())
                .doesNotContainKey("scale");
        int tuning = FineTuningSettings.class.getRecordComponents().length - 1; // the steps are those that were run
        assertThat(TrainingSettings.fineTuned().describe())
                .hasSize(settings + tuning)
                .doesNotContainKey("cutmix");
    }

    @Test
    void shouldIgnoreOtherOutput() {
        assertThat(json.event("loading libtorch")).isEmpty();
        assertThat(json.event("{\"event\":\"progress\"")).isEmpty();
    }

    @Test
    void shouldRefuseARequestWithOneClass() {
        assertThatThrownBy(() -> new TrainingRequest(
                        Path.of("a"),
                        Path.of("b"),
                        Recipe.DEFAULT.contract(),
                        List.of("only", "never seen"),
                        List.of(new Sample(Path.of("1.jpg"), 0)),
                        List.of(new Sample(Path.of("2.jpg"), 0)),
                        TrainingSettings.defaults()))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining("of 1 classes");
    }
}
