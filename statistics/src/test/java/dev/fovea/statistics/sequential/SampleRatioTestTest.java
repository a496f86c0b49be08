package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SampleRatioTestTest {

    private static final double[] EVEN = {1, 1};

    /** Expected values: the paper's formula in SciPy 1.17. */
    @Test
    void shouldHaveTheBayesFactorOfThePaper() {
        assertThat(SampleRatioTest.logE(new long[] {5200, 4800}, EVEN)).isCloseTo(5.6136134118, within(1e-6));
        assertThat(SampleRatioTest.logE(new long[] {5000, 5000}, EVEN)).isCloseTo(-2.3100354643, within(1e-6));
        assertThat(SampleRatioTest.logE(new long[] {100, 220, 310}, new double[] {1, 2, 3}))
                .isCloseTo(-1.6460027020, within(1e-6));
    }

    @Test
    void shouldFindAMismatchOfTwoPointsAndRarelyOneThatIsNone() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(29);
        int runs = 1000;
        int[] found = new int[2];
        for (int run = 0; run < runs; run++) {
            for (int biased = 0; biased < 2; biased++) {
                long[] counts = new long[2];
                boolean ever = false;
                for (int unit = 0; unit < 20_000; unit++) {
                    counts[random.nextDouble() < 0.5 - 0.02 * biased ? 0 : 1]++;
                    ever |= unit % 100 == 0 && SampleRatioTest.logE(counts, EVEN) >= Math.log(1000);
                }
                found[biased] += ever ? 1 : 0;
            }
        }
        assertThat(found[0]).isLessThanOrEqualTo(3); // stated: 1 of 1,000; three are the 98th percentile
        assertThat(found[1]).isGreaterThan(900);
    }

    @Test
    void shouldRefuseSharesThatDoNotFit() {
        assertThatThrownBy(() -> SampleRatioTest.logE(new long[] {1, 2, 3}, EVEN))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> SampleRatioTest.logE(new long[] {1, 2}, new double[] {1, 0}))
                .isInstanceOf(FoveaException.class);
    }
}
