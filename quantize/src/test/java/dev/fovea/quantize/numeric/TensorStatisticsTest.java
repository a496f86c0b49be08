package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of {@code x = numpy.arange(-1000, 1001) / 500}. Errors by numpy 2.4: {@code mean((x - q(x))**2)} with {@code q(x) =
 * (clip(rint(x/s) + z, 0, 255) - z) * s}, {@code s = (high - low) / 255}, {@code z = round(-low/s)}. The histogram
 * knows values to a bin only, hence 2 %.
 */
class TensorStatisticsTest {

    private final TensorStatistics seen = seen();

    @ParameterizedTest
    @CsvSource({"-2, 2, 2.05257e-5", "-1, 2, 0.0835504", "0, 2, 0.667336"})
    void shouldMeasureTheErrorOfARange(double low, double high, double expected) {
        assertThat(seen.squaredError(new Range(low, high))).isCloseTo(expected, within(0.02 * expected));
    }

    /** 999 of 1000 values are at most 1.996, those of the other end at least −1.996; a bin is 1/512 wide. */
    @Test
    void shouldFindTheRangeOfEachMethod() {
        assertThat(seen.range(CalibrationMethod.MIN_MAX)).isEqualTo(new Range(-2, 2));
        Range most = seen.range(CalibrationMethod.PERCENTILE_99_9);
        assertThat(most.low()).isCloseTo(-1.996, within(1 / 512.0));
        assertThat(most.high()).isCloseTo(1.996, within(1 / 512.0)).isLessThan(1.999);
    }

    @Test
    void shouldRaiseWhatLiesBelowAFloor() {
        TensorStatistics raised = seen.notBelow(-0.5);
        assertThat(raised.range(CalibrationMethod.MIN_MAX)).isEqualTo(new Range(-0.5, 2));
        // numpy: the same with maximum(x, -0.5) in place of x
        assertThat(raised.squaredError(new Range(0, 2))).isCloseTo(0.1041797, within(0.001));
        assertThat(seen.notBelow(-0.5)).isSameAs(raised);
        assertThat(seen.notBelow(-2)).isSameAs(seen);
    }

    /** (1 + 3 + 2 + 2) / 4 and (5 + 7 + 2 + 4) / 4. */
    @Test
    void shouldAverageEachChannel() {
        TensorStatistics two = new TensorStatistics();
        two.add(new float[] {1, 3, 5, 7}, new long[] {1, 2, 2, 1});
        two.add(new float[] {2, 2, 2, 4}, new long[] {1, 2, 2, 1});
        assertThat(two.channelMeans()).containsExactly(2, 4.5);
    }

    @Test
    void shouldBeEmptyWithoutFiniteValues() {
        assertThat(new TensorStatistics().isEmpty()).isTrue();
        assertThat(seen.isEmpty()).isFalse();
        seen.add(new float[] {1, Float.NaN}, new long[] {1, 2});
        assertThat(seen.isEmpty()).isTrue();
    }

    private static TensorStatistics seen() {
        float[] values = new float[2001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i - 1000) / 500f;
        }
        TensorStatistics seen = new TensorStatistics();
        seen.add(values, new long[] {1, values.length});
        return seen;
    }
}
