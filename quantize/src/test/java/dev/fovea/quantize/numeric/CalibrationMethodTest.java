package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationMethodTest {

    @ParameterizedTest
    @CsvSource({"-3, 5", "0, 6", "-7, 0", "-0.001, 1000", "0.5, 2"})
    void shouldMakeZeroExactAndContainTheRange(double low, double high) {
        Affine affine = Affine.over(new Range(low, high), IntegerType.U8);
        assertThat(affine.dequantize(affine.quantize(0))).isZero();
        double step = affine.scale();
        assertThat(affine.range().low()).isCloseTo(Math.min(low, 0), within(step));
        assertThat(affine.range().high()).isCloseTo(Math.max(high, 0), within(step));
        for (double value = low; value <= high; value += (high - low) / 97) {
            assertThat(affine.dequantize(affine.quantize(value))).isCloseTo(value, within(step * 0.51 + step / 2));
        }
    }

    @Test
    void shouldClipRareValues() {
        ValueHistogram seen = gaussian(100_000, 1000);
        assertThat(CalibrationMethod.MIN_MAX.range(seen).high()).isEqualTo(1000);
        assertThat(CalibrationMethod.PERCENTILE_99_99.range(seen).high()).isLessThan(10);
        assertThat(CalibrationMethod.PERCENTILE_99_9.range(seen).high()).isLessThan(5);
        assertThat(CalibrationMethod.ENTROPY.range(seen).high()).isLessThan(1000);
    }

    @Test
    void shouldMinimizeTheSquaredError() {
        ValueHistogram seen = gaussian(100_000, 8);
        double min = CalibrationMethod.squaredError(seen, CalibrationMethod.SQUARED_ERROR.range(seen));
        assertThat(min)
                .isLessThanOrEqualTo(CalibrationMethod.squaredError(seen, CalibrationMethod.MIN_MAX.range(seen)));
        assertThat(min).isLessThan(CalibrationMethod.squaredError(seen, CalibrationMethod.PERCENTILE_99_9.range(seen)));
    }

    @Test
    void shouldComputeTheActualQuantizationError() {
        Random random = new Random(3);
        float[] values = new float[200_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        ValueHistogram seen = new ValueHistogram();
        seen.add(values);
        Range range = new Range(-2, 2.5);
        Affine affine = Affine.over(range, IntegerType.U8);
        double sum = 0;
        for (float value : values) {
            double off = value - affine.dequantize(affine.quantize(value));
            sum += off * off;
        }
        assertThat(CalibrationMethod.squaredError(seen, range))
                .isCloseTo(sum / values.length, within(0.02 * sum / values.length));
    }

    @ParameterizedTest
    @EnumSource(CalibrationMethod.class)
    void shouldStayWithinTheObservedRange(CalibrationMethod method) {
        ValueHistogram seen = new ValueHistogram();
        Random random = new Random(5);
        float[] values = new float[50_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(0, random.nextGaussian());
        }
        seen.add(values);
        Range range = method.range(seen);
        assertThat(range.low()).isZero();
        assertThat(range.high()).isBetween(1.5, (double) seen.max());
    }

    private static ValueHistogram gaussian(int count, float outlier) {
        Random random = new Random(7);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[0] = outlier;
        ValueHistogram seen = new ValueHistogram();
        seen.add(values);
        return seen;
    }
}
