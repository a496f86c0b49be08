package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.Interval;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedMeansTest {

    private static final int RUNS = 400;
    private static final double ERROR = 0.05;

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    }

    /** Values in [0, 1] with a known mean. */
    enum Law {
        RARE(0.05, random -> random.nextDouble() < 0.05 ? 1 : 0),
        UNIFORM(0.5, RandomGenerator::nextDouble),
        NARROW(0.9, random -> 0.88 + 0.04 * random.nextDouble()),
        SKEWED(0.75, random -> Math.pow(random.nextDouble(), 1 / 3.0));

        final double mean;
        final ToDoubleFunction<RandomGenerator> draw;

        Law(double mean, ToDoubleFunction<RandomGenerator> draw) {
            this.mean = mean;
            this.draw = draw;
        }
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void shouldContainTheMeanAtEveryLookWithTheStatedProbability(Law law) {
        RandomGenerator random = random();
        int betting = 0;
        int bernstein = 0;
        for (int run = 0; run < RUNS; run++) {
            BettingSequence bets = new BettingSequence(1 - ERROR);
            EmpiricalBernsteinSequence moments = new EmpiricalBernsteinSequence(1 - ERROR);
            for (int i = 0; i < 300; i++) {
                double value = law.draw.applyAsDouble(random);
                bets.add(value);
                moments.add(value);
            }
            // the intersection of all looks has lost what any look has lost
            betting += bets.interval().contains(law.mean) ? 0 : 1;
            bernstein += moments.interval().contains(law.mean) ? 0 : 1;
        }
        assertThat((double) betting / RUNS).isLessThanOrEqualTo(ERROR);
        assertThat((double) bernstein / RUNS).isLessThanOrEqualTo(ERROR);
    }

    /** Hoeffding's bound for one look at 10,000 values is ± 0.0136, whatever their spread. */
    @Test
    void shouldBeNarrowWhereValuesDifferLittle() {
        RandomGenerator random = random();
        BettingSequence bets = new BettingSequence(0.95);
        EmpiricalBernsteinSequence moments = new EmpiricalBernsteinSequence(0.95);
        for (int i = 0; i < 10_000; i++) {
            double value = Law.NARROW.draw.applyAsDouble(random);
            bets.add(value);
            moments.add(value);
        }
        assertThat(bets.interval().width()).isLessThan(0.006);
        assertThat(moments.interval().width()).isLessThan(0.006);
        assertThat(bets.interval().value()).isCloseTo(0.9, within(0.001));
    }

    @Test
    void shouldKnowNothingAtFirstAndRefuseValuesOutside() {
        assertThat(new BettingSequence(0.95).interval()).isEqualTo(new Interval(0.5, 0, 1));
        assertThat(new EmpiricalBernsteinSequence(0.95).interval()).isEqualTo(new Interval(0.5, 0, 1));
        assertThatThrownBy(() -> new BettingSequence(0.95).add(1.01))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("1.01");
        assertThatThrownBy(() -> new EmpiricalBernsteinSequence(0.95).add(Double.NaN))
                .isInstanceOf(FoveaException.class);
    }
}
