package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueHistogramTest {

    private final ValueHistogram histogram = new ValueHistogram();

    @Test
    void shouldKeepEveryValueInItsPlaceWhileItGrows() {
        Random random = new Random(1);
        float[] all = new float[5000];
        for (int i = 0; i < all.length; i++) {
            // each value may exceed all earlier ones, in both directions
            all[i] = (float) (random.nextGaussian() * Math.exp(i / 500.0));
            histogram.add(new float[] {all[i]});
        }
        assertThat(histogram.total()).isEqualTo(all.length);
        for (int bin = 0; bin < ValueHistogram.BINS; bin++) {
            double low = histogram.center(bin) - histogram.width() / 2;
            long expected = IntStream.range(0, all.length)
                    .filter(i -> all[i] >= low && all[i] < low + histogram.width())
                    .count();
            assertThat(histogram.count(bin)).as("bin %d", bin).isEqualTo(expected);
        }
    }

    @Test
    void shouldUseAQuarterOfItsBinsAtMinimum() {
        histogram.add(new float[] {-3, 70});
        assertThat(73 / histogram.width()).isBetween(ValueHistogram.BINS / 4.0, (double) ValueHistogram.BINS);
    }

    @Test
    void shouldComputeQuantilesFromBothEnds() {
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 2000;
        }
        histogram.add(values);
        assertThat(histogram.quantile(0.99)).isCloseTo(7900, within(2 * histogram.width()));
        assertThat(histogram.upperQuantile(0.99)).isCloseTo(-1900, within(2 * histogram.width()));
        assertThat(histogram.quantile(1)).isEqualTo(7999);
        assertThat(histogram.min()).isEqualTo(-2000);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldSayNothingOfATensorThatIsNotFinite(float value) {
        histogram.add(new float[] {1, 2});
        histogram.add(new float[] {1, value, 2});
        histogram.add(new float[] {3, 4});
        assertThat(histogram.total()).isZero();
    }

    @Test
    void shouldRaiseValuesBelowAFloor() {
        histogram.add(new float[] {-120, -9, -8, -1, 0, 3});
        ValueHistogram raised = histogram.notBelow(-8);
        assertThat(raised.total()).isEqualTo(6);
        assertThat(raised.min()).isEqualTo(-8);
        assertThat(raised.max()).isEqualTo(3);
        assertThat(raised.upperQuantile(0.6)).isCloseTo(-8, within(2 * histogram.width()));
        assertThat(histogram.min()).isEqualTo(-120);
    }

    @Test
    void shouldGrowFromNothing() {
        histogram.add(new float[10]);
        histogram.add(new float[] {-1, 1});
        histogram.add(new float[] {-1e30f});
        assertThat(histogram.total()).isEqualTo(13);
        assertThat(histogram.min()).isEqualTo(-1e30f);
        long counted = IntStream.range(0, ValueHistogram.BINS)
                .mapToLong(histogram::count)
                .sum();
        assertThat(counted).isEqualTo(13);
    }

    @Test
    void shouldTakeATensorThatIsAlwaysZero() {
        histogram.add(new float[100]);
        assertThat(CalibrationMethod.values()).allSatisfy(method -> {
            Affine affine = Affine.over(method.range(histogram), IntegerType.U8);
            assertThat(affine.dequantize(affine.quantize(0))).isZero();
        });
    }
}
