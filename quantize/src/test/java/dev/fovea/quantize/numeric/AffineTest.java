package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by hand, from real = scale · (integer − zero). */
class AffineTest {

    @ParameterizedTest
    @CsvSource({
        "-1.5, 3.6, U8, 0.02, 75", // 5.1 / 255; −1.5 / 0.02 = −75
        "0, 2.55, U8, 0.01, 0",
        "-5.1, 0, U8, 0.02, 255",
        "-1.5, 3.6, S8, 0.02, -53",
        "0, 0, U8, 3.9215686e-9, 0", // no extent: 1e-6 / 255
    })
    void shouldSpreadAllIntegersOverARange(double low, double high, IntegerType type, float scale, int zero) {
        Affine affine = Affine.over(new Range(low, high), type);
        assertThat(affine.scale()).isCloseTo(scale, within(1e-6f * scale));
        assertThat(affine.zero()).isEqualTo(zero);
    }

    @ParameterizedTest
    @CsvSource({"12.7, S8, 0.1", "6.4, S7, 0.1"})
    void shouldPutZeroInTheMiddleOfWeights(double largest, IntegerType type, float scale) {
        Affine affine = Affine.symmetric(largest, type);
        assertThat(affine.scale()).isCloseTo(scale, within(1e-8f));
        assertThat(affine.zero()).isZero();
        assertThat(affine.quantize(largest)).isEqualTo(type.max());
        assertThat(affine.quantize(-largest)).isEqualTo(-type.max());
    }

    /** ONNX QuantizeLinear: to nearest, ties to even, then saturated. */
    @ParameterizedTest
    @CsvSource({"0.25, 10", "0.75, 12", "1.25, 12", "1.75, 14", "-0.25, 10", "0.26, 11", "-100, 0", "1000, 255"})
    void shouldRoundAsOnnxDoes(double real, int integer) {
        assertThat(new Affine(IntegerType.U8, 0.5f, 10).quantize(real)).isEqualTo(integer);
    }

    @Test
    void shouldReportTheRepresentableRange() {
        Affine affine = new Affine(IntegerType.U8, 0.5f, 10);
        assertThat(affine.dequantize(14)).isEqualTo(2);
        assertThat(affine.range()).isEqualTo(new Range(-5, 122.5));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "NaN, 0", "Infinity, 0", "1, 256", "1, -1"})
    void shouldRejectInvalidScalesAndZeroPoints(float scale, int zero) {
        assertThatThrownBy(() -> new Affine(IntegerType.U8, scale, zero)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldContainZeroInEveryRange() {
        assertThat(new Range(2, 5)).isEqualTo(new Range(0, 5));
        assertThat(new Range(-3, -1).span()).isEqualTo(3);
        assertThat(new Range(-1, 2).with(new Range(-4, 1))).isEqualTo(new Range(-4, 2));
        assertThatThrownBy(() -> new Range(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
