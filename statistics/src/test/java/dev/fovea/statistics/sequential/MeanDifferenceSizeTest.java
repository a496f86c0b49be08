package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import org.junit.jupiter.api.Test;

class MeanDifferenceSizeTest {

    /** 6,745 units for each version: power.prop.test(p1 = .04, p2 = .05, power = .8) of R 4.3. */
    @Test
    void shouldAgreeWithTheTestOfTwoProportions() {
        double spread = (0.04 * 0.96 + 0.05 * 0.95) / 0.5;
        assertThat(new MeanDifferenceSize(0.01, spread, 0.05).fixed(0.8)).isBetween(2 * 6735L, 2 * 6755L);
    }

    /** With (z₀.₉₇₅ + z₀.₈)² = 7.8489 and four times the variance. */
    @Test
    void shouldAgreeWithTheFormulaOfTwoMeans() {
        assertThat(new MeanDifferenceSize(0.5, 4 * 144, 0.05).fixed(0.8))
                .isEqualTo((long) Math.ceil(7.848879734 * 576 / 0.25));
    }

    /** 2 log(2 / (0.05 · 0.6)) times the variance, divided by the square of the effect. */
    @Test
    void shouldTakeTheMeanOfWaldsApproximation() {
        assertThat(new MeanDifferenceSize(0.1, 4, 0.05).mean())
                .isEqualTo((long) Math.ceil(2 * Math.log(2 / 0.03) * 4 / 0.01));
    }

    @Test
    void shouldTakeMoreForMorePower() {
        MeanDifferenceSize size = new MeanDifferenceSize(0.1, 4, 0.05);
        assertThat(size.sequential(0.5)).isLessThan(size.mean());
        assertThat(size.sequential(0.9)).isGreaterThan(size.sequential(0.8)).isGreaterThan(size.mean());
    }

    @Test
    void shouldRefuseWhatIsNotPossible() {
        assertThatThrownBy(() -> new MeanDifferenceSize(0, 1, 0.05))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("effect of interest is 0.0");
        assertThatThrownBy(() -> new MeanDifferenceSize(1, 0, 0.05)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new MeanDifferenceSize(1, 1, 0)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new MeanDifferenceSize(1, 1, 0.05).fixed(1)).isInstanceOf(FoveaException.class);
    }
}
