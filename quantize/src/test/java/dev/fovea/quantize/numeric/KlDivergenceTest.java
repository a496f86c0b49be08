package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * By hand, after Migacz 2017, <i>8-bit Inference with TensorRT</i>: P is what was seen, with what is cut off counted at
 * the end; Q spreads the values of each integer evenly over the filled bins that it covers.
 */
class KlDivergenceTest {

    private final ValueHistogram seen = new ValueHistogram();

    @Test
    void shouldBeZeroWhereEachIntegerStandsForOneValue() {
        add(10, 300);
        add(200, 100);
        assertThat(KlDivergence.of(seen, new Range(0, 255))).isCloseTo(0, within(1e-12));
    }

    /** P = ¾, ¼ and Q = ½, ½: ¾ ln 1.5 + ¼ ln ½ = 0.130812. */
    @Test
    void shouldCountTwoValuesOfOneInteger() {
        add(10.2f, 300);
        add(9.8f, 100);
        assertThat(KlDivergence.of(seen, new Range(0, 255))).isCloseTo(0.130812, within(1e-6));
    }

    /** P = ½, ½ as 200 is counted at 100; Q = ⅔, ⅓: ½ ln ¾ + ½ ln 1.5 = 0.058892. */
    @Test
    void shouldCountClippedValues() {
        add(50, 200);
        add(100, 100);
        add(200, 100);
        assertThat(KlDivergence.of(seen, new Range(0, 100))).isCloseTo(0.058892, within(1e-6));
    }

    @Test
    void shouldLeaveZerosOut() {
        add(50, 200);
        add(100, 100);
        add(200, 100);
        add(0, 10_000);
        assertThat(KlDivergence.of(seen, new Range(0, 100))).isCloseTo(0.058892, within(1e-6));
    }

    private void add(float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        seen.add(values);
    }
}
