package dev.fovea.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Bundle;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.Tiny;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TunerTest {

    private static final Engine ENGINE = Engine.open();

    @TempDir
    private Path directory;

    @Test
    void shouldTryOneSessionOfAllCoresAndOneSessionForEachCore() {
        assertThat(Tuner.candidates(true, 2))
                .contains(
                        new InstanceSettings(1, 1, 1),
                        new InstanceSettings(1, 2, 1),
                        new InstanceSettings(2, 1, 1),
                        new InstanceSettings(1, 2, 16))
                .hasSize(9);
        assertThat(Tuner.candidates(false, 6))
                .containsExactlyInAnyOrder(
                        new InstanceSettings(1, 1, 1),
                        new InstanceSettings(1, 6, 1),
                        new InstanceSettings(2, 1, 1),
                        new InstanceSettings(2, 3, 1),
                        new InstanceSettings(4, 1, 1),
                        new InstanceSettings(6, 1, 1));
    }

    @Test
    void shouldMeasureEverySettingOnTheWholePath() {
        Bundle bundle = Tiny.bundle(directory.resolve("b"), Tiny.means(GraphBuilder.BATCH), ENGINE);
        List<Integer> heard = new ArrayList<>();
        try (DecodePool workers = new DecodePool(2, 512, 100_000_000)) {
            Tuning tuning = tuner(workers)
                    .tune(
                            new Tuner.TuningGoal(
                                    bundle, List.of(Tiny.png(1, 2, 3)), Optional.empty(), Duration.ZERO, () -> false),
                            (trial, number, of) -> heard.add(number));
            assertThat(tuning.trials())
                    .hasSameSizeAs(Tuner.candidates(true, Runtime.getRuntime().availableProcessors()));
            assertThat(tuning.trials()).allSatisfy(trial -> {
                assertThat(trial.perSecond()).isPositive();
                assertThat(trial.p99Millis()).isGreaterThanOrEqualTo(trial.p50Millis());
            });
            assertThat(heard).hasSize(2 * tuning.trials().size()).isSorted();
            assertThat(TuningJson.read(TuningJson.write(tuning))).isEqualTo(tuning);
        }
    }

    @Test
    void shouldGiveUpWhenItIsStopped() {
        Bundle bundle = Tiny.bundle(directory.resolve("b"), Tiny.means(1), ENGINE);
        try (DecodePool workers = new DecodePool(1, 512, 100_000_000)) {
            assertThatThrownBy(() -> tuner(workers)
                            .tune(
                                    new Tuner.TuningGoal(
                                            bundle, List.of(), Optional.empty(), Duration.ZERO, () -> true),
                                    (trial, number, of) -> {}))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void shouldTakeTheFastestThatKeepsTheTarget() {
        TuningTrial fast = new TuningTrial(new InstanceSettings(1, 2, 16), 200, 40, 90);
        TuningTrial steady = new TuningTrial(new InstanceSettings(1, 2, 1), 150, 10, 30);
        TuningTrial slow = new TuningTrial(new InstanceSettings(2, 1, 1), 100, 8, 20);
        List<TuningTrial> trials = List.of(slow, steady, fast);
        assertThat(new Tuning(Optional.empty(), trials).chosen()).isEqualTo(fast);
        assertThat(new Tuning(Optional.of(Duration.ofMillis(50)), trials).chosen())
                .isEqualTo(steady);
        assertThat(new Tuning(Optional.of(Duration.ofMillis(25)), trials).chosen())
                .isEqualTo(slow);
        Tuning hopeless = new Tuning(Optional.of(Duration.ofMillis(5)), trials);
        assertThat(hopeless.chosen()).isEqualTo(slow);
        assertThat(hopeless.meets(slow)).isFalse();
    }

    @Test
    void shouldPreferShorterAnswersAmongThoseThatAreEquallyFast() {
        TuningTrial one = new TuningTrial(new InstanceSettings(1, 2, 16), 100, 40, 90);
        TuningTrial other = new TuningTrial(new InstanceSettings(1, 2, 1), 98, 20, 45);
        assertThat(new Tuning(Optional.empty(), List.of(one, other)).chosen()).isEqualTo(other);
    }

    @Test
    void shouldMakeNoTrialOfASettingThatAnsweredNothing() {
        Queue<FoveaException> none = new ArrayDeque<>();
        assertThat(Tuner.trial(new InstanceSettings(1, 1, 1), new ArrayDeque<>(), 0.3, none))
                .isEmpty();
        assertThat(Tuner.trial(new InstanceSettings(1, 1, 1), new ArrayDeque<>(List.of(2_000_000L)), 0.5, none))
                .contains(new TuningTrial(new InstanceSettings(1, 1, 1), 2, 2, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN, -1})
    void shouldTakeNoTrialThatIsNoMeasurement(double p99) {
        assertThatThrownBy(() -> new TuningTrial(new InstanceSettings(1, 1, 1), 0, 1, p99))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What the program once kept of a setting that answered nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"\"Infinity\"", "null", "\"12\"", "-1"})
    void shouldReadNoTuningWithATrialThatIsNoMeasurement(String p99) {
        Tuning tuning =
                new Tuning(Optional.empty(), List.of(new TuningTrial(new InstanceSettings(1, 2, 8), 100, 5, 9.25)));
        String written = TuningJson.write(tuning);
        assertThat(TuningJson.read(written)).isEqualTo(tuning);
        assertThatThrownBy(() -> TuningJson.read(written.replace("9.25", p99)))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    }

    private static Tuner tuner(DecodePool workers) {
        return new Tuner(
                ENGINE,
                new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT),
                workers);
    }
}
