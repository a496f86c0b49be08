package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.Interval;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class MeanDifferenceSequenceTest {

    /** At its end the mixture of likelihood ratios is 2 / error, by the formula written out. */
    @Property
    void shouldEndWhereTheMixtureReachesTheBound(
            @ForAll @DoubleRange(min = -10, max = 10) double difference,
            @ForAll @DoubleRange(min = 0.01, max = 10) double variance,
            @ForAll @DoubleRange(min = 0.01, max = 0.2) double error) {
        double effect = 0.7;
        double y =
                MeanDifferenceSequence.of(difference, variance, error, effect).high() - difference;
        double[] sizes = {1, 2, 4, 0.5, 0.25};
        double[] weights = {0.6, 0.1, 0.1, 0.1, 0.1};
        double mixture = 0;
        for (int i = 0; i < sizes.length; i++) {
            double size = sizes[i] * effect;
            mixture += weights[i] * error / 2 * Math.exp((size * y - size * size / 2) / variance);
        }
        assertThat(mixture).isCloseTo(1, within(1e-6));
    }

    @Property
    void shouldBeWiderThanTheIntervalOfOneLook(
            @ForAll @DoubleRange(min = 0.01, max = 10) double variance,
            @ForAll @DoubleRange(min = 0.05, max = 5) double effect) {
        assertThat(MeanDifferenceSequence.of(1, variance, 0.05, effect).width())
                .isGreaterThan(MeanDifferenceSequence.once(1, variance, 0.05).width());
    }

    /** 1.959964 standard errors. */
    @Test
    void shouldGiveTheUsualIntervalForOneLook() {
        Interval interval = MeanDifferenceSequence.once(2, 0.25, 0.05);
        assertThat(interval.low()).isCloseTo(2 - 0.979982, within(1e-6));
        assertThat(interval.high()).isCloseTo(2 + 0.979982, within(1e-6));
    }

    /** Equal means, looked at after each of 2,000 pairs: it may exclude 0 in 5 % of runs. */
    @Test
    void shouldRarelyExcludeTheTruthAtAnyLook() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int wrong = 0;
        for (int run = 0; run < 1000; run++) {
            double sum = 0;
            boolean excluded = false;
            for (int pairs = 1; pairs <= 2000 && !excluded; pairs++) {
                sum += random.nextGaussian() - random.nextGaussian();
                excluded = !MeanDifferenceSequence.of(sum / pairs, 2.0 / pairs, 0.05, 0.1)
                        .contains(0);
            }
            wrong += excluded ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(64); // 50 expected at most, and two standard deviations
    }

    @Test
    void shouldRefuseWhatIsNotPossible() {
        assertThatThrownBy(() -> MeanDifferenceSequence.of(0, 0, 0.05, 1)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> MeanDifferenceSequence.of(0, 1, 0.05, 0)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> MeanDifferenceSequence.of(0, 1, 1, 1)).isInstanceOf(FoveaException.class);
    }
}
