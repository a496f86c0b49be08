package dev.fovea.quantize.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.Interval;
import org.junit.jupiter.api.Test;

/** By hand: medians of times and of their ratios. */
class SpeedUpTest {

    /**
     * Ratios 1 to 11. A bootstrap sample's median is at most the k-th with probability {@code 1 -
     * scipy.stats.binom.cdf(5, 11, k / 11)}: 0.0072 for the second, 0.0512 for the third. So 2.5 % lies at the third
     * from either end.
     */
    @Test
    void shouldGiveTheMedianRatioWithItsBootstrapInterval() {
        double[] firsts = {8, 2, 22, 16, 4, 12, 18, 6, 14, 20, 10};
        double[] seconds = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
        assertThat(SpeedUp.of(firsts, seconds)).isEqualTo(new SpeedUp(12, 2, new Interval(6, 3, 9), 11));
    }

    /** The ratios are 3, 2, 3, 1, whose median is 2.5. The median times are 5 and 2. */
    @Test
    void shouldDivideTurnByTurn() {
        SpeedUp gain = SpeedUp.of(new double[] {9, 4, 6, 1}, new double[] {3, 2, 2, 1});
        assertThat(gain.baselineMs()).isEqualTo(5);
        assertThat(gain.candidateMs()).isEqualTo(2);
        assertThat(gain.ratio().value()).isEqualTo(2.5);
    }

    @Test
    void shouldHaveNoUncertaintyWhereAllRatiosAreEqual() {
        SpeedUp gain = SpeedUp.of(new double[] {3, 6, 9}, new double[] {2, 4, 6});
        assertThat(gain).isEqualTo(new SpeedUp(6, 4, new Interval(1.5, 1.5, 1.5), 3));
    }
}
