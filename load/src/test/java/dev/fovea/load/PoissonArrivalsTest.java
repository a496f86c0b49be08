package dev.fovea.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class PoissonArrivalsTest {

    private static final int COUNT = 20_000;

    /** Gaps have mean 1/rate and variance 1/rate²; the bounds are five standard errors, and eight of the variance's. */
    @Property(tries = 60)
    void shouldHaveExponentialGaps(@ForAll @DoubleRange(min = 0.5, max = 5_000) double perSecond, @ForAll long seed) {
        long[] times = times(perSecond, seed);
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < COUNT; i++) {
            double gap = (times[i] - (i == 0 ? 0 : times[i - 1])) * 1e-9 * perSecond;
            assertThat(gap).isNotNegative();
            mean += gap / COUNT;
            squares += gap * gap / COUNT;
        }
        assertThat(mean).isCloseTo(1, within(5 / Math.sqrt(COUNT)));
        assertThat(squares - mean * mean).isCloseTo(1, within(8 * Math.sqrt(8.0 / COUNT)));
    }

    /** Counts of a Poisson process in equal spans have a variance equal to their mean. */
    @Property(tries = 30)
    void shouldCountInEachSecondWithAVarianceLikeTheMean(@ForAll long seed) {
        double perSecond = 20;
        int seconds = (int) (COUNT / perSecond) - 100;
        double[] counts = new double[seconds];
        LongStream.of(times(perSecond, seed))
                .mapToInt(time -> (int) (time / 1_000_000_000))
                .filter(second -> second < seconds)
                .forEach(second -> counts[second]++);
        double mean = 0;
        double squares = 0;
        for (double count : counts) {
            mean += count / seconds;
            squares += count * count / seconds;
        }
        assertThat((squares - mean * mean) / mean).isCloseTo(1, within(6 * Math.sqrt(2.0 / seconds)));
    }

    @Property(tries = 20)
    void shouldComeAtTheSameTimesForTheSameSeed(@ForAll long seed) {
        assertThat(times(100, seed)).isEqualTo(times(100, seed)).isNotEqualTo(times(100, seed + 1));
    }

    private static long[] times(double perSecond, long seed) {
        PoissonArrivals arrivals = new PoissonArrivals(perSecond, seed);
        return LongStream.generate(arrivals::next).limit(COUNT).toArray();
    }
}
