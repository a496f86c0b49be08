package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunningMeanTest {

    /** numpy 2.4.6 {@code mean} and {@code var(ddof=1)}. */
    @Test
    void shouldGiveTheVarianceThatNumpyGives() {
        RunningMean running = RunningMean.of(
                27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4);
        assertThat(running.mean()).isCloseTo(20.82, within(1e-12));
        assertThat(running.variance()).hasValueCloseTo(7.867428571428571, within(1e-12));
    }

    /** The sum of squares would lose every digit of the variance here. */
    @Test
    void shouldKeepTheVarianceOfNumbersFarFromZero() {
        RunningMean running = RunningMean.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
        assertThat(running.variance()).hasValueCloseTo(30.0, within(1e-9));
    }

    @Test
    void shouldHaveNoVarianceOfFewerThanTwo() {
        assertThat(RunningMean.EMPTY.variance()).isEmpty();
        assertThat(RunningMean.of(3).variance()).isEmpty();
        assertThat(RunningMean.of(3).mean()).isEqualTo(3);
        assertThatThrownBy(() -> RunningMean.EMPTY.plus(Double.NaN)).isInstanceOf(FoveaException.class);
    }

    @Property
    void shouldMergeToTheSameAsOneByOne(
            @ForAll @Size(max = 50) List<@DoubleRange(min = -1e3, max = 1e3) Double> one,
            @ForAll @Size(max = 50) List<@DoubleRange(min = -1e3, max = 1e3) Double> other) {
        RunningMean merged = RunningMean.of(array(one)).plus(RunningMean.of(array(other)));
        RunningMean whole = RunningMean.of(array(one));
        for (double number : other) {
            whole = whole.plus(number);
        }
        assertThat(merged.count()).isEqualTo(whole.count());
        assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-9));
        assertThat(merged.squares()).isCloseTo(whole.squares(), within(1e-6 * (1 + whole.squares())));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
