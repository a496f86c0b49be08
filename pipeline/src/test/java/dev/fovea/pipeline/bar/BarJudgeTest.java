package dev.fovea.pipeline.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.WilsonInterval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BarJudgeTest {

    private static final List<String> LABELS = List.of("hole", "ok");
    private static final ConfusionMatrix CONFUSION = ConfusionMatrix.of(new long[][] {{90, 10}, {2, 198}});

    @Test
    void eachQualityIsThatOfTheConfusionMatrix() {
        BarJudge judge = judge("accuracy >= 0.9, recall(hole) >= 0.9, precision(hole) >= 0.9, f1(ok) >= 0.9");

        List<ConditionResult> results = judge.qualities(CONFUSION);

        assertThat(results)
                .extracting(one -> one.value().orElseThrow())
                .containsExactly(0.96, 0.9, 90 / 92.0, 396 / 408.0);
        assertThat(results.get(1).low().orElseThrow())
                .isEqualTo(WilsonInterval.of(90, 100).low(), within(1e-12));
    }

    @Test
    void anEstimateAboveTheLimitIsNotEnough() {
        assertThat(judge("recall(hole) >= 0.88").clears(CONFUSION)).isFalse();
        assertThat(judge("recall(hole) >= 0.88").margin(CONFUSION)).isEqualTo(0.02, within(1e-12));
        assertThat(judge("recall(hole) >= 0.8").clears(CONFUSION)).isTrue();
    }

    @Test
    void nothingIsShownOfAClassThatWasNeverPredicted() {
        ConfusionMatrix never = ConfusionMatrix.of(new long[][] {{0, 10}, {0, 90}});

        assertThat(judge("precision(hole) >= 0.01").qualities(never).getFirst().met())
                .isFalse();
    }

    @Test
    void aCostThatWasNotMeasuredIsNotMet() {
        BarJudge judge = judge("accuracy >= 0.5, p50 <= 5ms, p99 <= 9ms, size <= 1MB");

        assertThat(judge.costs(900_000, Optional.of(new MeasuredLatency(4, 10, 300))))
                .extracting(ConditionResult::met)
                .containsExactly(true, false, true);
        assertThat(judge.costs(900_000, Optional.empty()))
                .extracting(ConditionResult::met)
                .containsExactly(false, false, true);
    }

    @Test
    void aBarThatTheImagesCannotShowSaysHowManyAreNeeded() {
        assertThatThrownBy(() -> BarFeasibility.require(Bar.parse("recall(hole) >= 0.95"), LABELS, List.of(20L, 400L)))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining("all 20 images to learn from of hole")
                .hasMessageContaining("About 52 are needed");
        assertThatCode(() -> BarFeasibility.require(Bar.parse("recall(hole) >= 0.95"), LABELS, List.of(52L, 400L)))
                .doesNotThrowAnyException();
    }

    private static BarJudge judge(String bar) {
        return new BarJudge(Bar.parse(bar), LABELS, 0.95);
    }
}
