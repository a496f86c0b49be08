package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    /** scipy 1.17.1 {@code softmax([1, 2, 3])} and {@code softmax([0.5, 1, 1.5])}. */
    @Test
    void shouldAgreeWithScipy() {
        assertThat(Softmax.of(new double[] {1, 2, 3}))
                .containsExactly(
                        new double[] {0.09003057317038046, 0.24472847105479764, 0.6652409557748218}, within(1e-15));
        assertThat(Softmax.of(new double[] {1, 2, 3}, 2))
                .containsExactly(
                        new double[] {0.1863237232258476, 0.30719588571849843, 0.506480391055654}, within(1e-15));
    }

    @Test
    void shouldStayFiniteForHugeLogits() {
        assertThat(Softmax.of(new double[] {1e300, 0, -1e300})).containsExactly(1, 0, 0);
        assertThat(Softmax.of(new double[] {-1e5, -1e5})).containsExactly(0.5, 0.5);
    }

    @Test
    void shouldRejectEmptyInfiniteAndInvalidArguments() {
        assertThatThrownBy(() -> Softmax.of(new double[0])).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> Softmax.of(new double[] {1, Double.NaN})).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> Softmax.of(new double[] {1}, 0)).hasMessageContaining("temperature is 0");
    }

    @Property
    void shouldSumToOneWithinBounds(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> logits,
            @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
        double[] p = Softmax.of(array(logits), temperature);
        assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(p).boxed())
                .allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0));
    }

    @Property
    void shouldBeInvariantToAShiftOfAllLogits(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -50, max = 50) Double> logits,
            @ForAll @DoubleRange(min = -1e4, max = 1e4) double shift) {
        double[] shifted = logits.stream().mapToDouble(z -> z + shift).toArray();
        assertThat(Softmax.of(shifted)).containsExactly(Softmax.of(array(logits)), within(1e-9));
    }

    @Property
    void shouldKeepThePredictionAtEveryTemperature(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -50, max = 50) Double> logits,
            @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
        double[] p = Softmax.of(array(logits), temperature);
        int prediction = Softmax.argMax(array(logits));
        assertThat(p[prediction]).isEqualTo(Arrays.stream(p).max().orElseThrow());
    }

    @Property
    void shouldLowerConfidenceAtAHigherTemperature(
            @ForAll @Size(min = 2, max = 20) List<@DoubleRange(min = -50, max = 50) Double> logits,
            @ForAll @DoubleRange(min = 0.05, max = 10) double temperature) {
        int prediction = Softmax.argMax(array(logits));
        assertThat(Softmax.of(array(logits), 2 * temperature)[prediction])
                .isLessThanOrEqualTo(Softmax.of(array(logits), temperature)[prediction] + 1e-12);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
