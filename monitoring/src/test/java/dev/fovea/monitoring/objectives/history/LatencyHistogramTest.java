package dev.fovea.monitoring.objectives.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

    private static LatencyHistogram of(long... nanos) {
        long[] counts = new long[LatencyHistogram.BUCKETS];
        for (long time : nanos) {
            counts[LatencyHistogram.bucket(time)]++;
        }
        return LatencyHistogram.of(counts);
    }

    @Property(tries = 200)
    void shouldKnowATimeToHalfABucket(@ForAll @LongRange(min = 200_000, max = 100_000_000_000L) long nanos) {
        double found = (double) of(nanos).quantile(0.5).orElseThrow().toNanos();

        assertThat(found / (double) nanos).isCloseTo(1, within(0.045));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95, 0.99})
    void shouldFindQuantilesOfATailedDistribution(double share) {
        Random random = new Random(7);
        long[] times = LongStream.range(0, 20_000)
                .map(i -> (long) (20e6 * Math.exp(0.5 * random.nextGaussian())))
                .sorted()
                .toArray();

        double found = (double) of(times).quantile(share).orElseThrow().toNanos();

        assertThat(found).isCloseTo((double) times[(int) (share * times.length)], within(0.02 * found));
    }

    @Test
    void shouldCountWhatTookLongerThanALimit() {
        LatencyHistogram times = of(1_000_000, 2_000_000, 60_000_000, 90_000_000, 200_000_000_000L);

        assertThat(times.above(Duration.ofMillis(50))).isEqualTo(3);
        assertThat(times.above(Duration.ofSeconds(100))).isEqualTo(1);
        assertThat(times.above(Duration.ZERO)).isEqualTo(5);
    }

    @Test
    void shouldSpreadTheBucketOfTheLimitEvenly() {
        LatencyHistogram times =
                of(LongStream.range(0, 1000).map(i -> 10_000_000 + i * 20_000).toArray());

        assertThat(times.above(Duration.ofMillis(15))).isCloseTo(750, within(15.0));
    }

    @Test
    void shouldAddUpAndComeBackFromBytes() {
        LatencyHistogram one = of(1_000_000, 5_000_000);
        LatencyHistogram other = of(1_000_000, 300_000_000_000L, 0);

        LatencyHistogram sum = one.plus(other);

        assertThat(sum.count()).isEqualTo(5);
        assertThat(LatencyHistogram.read(sum.bytes())).isEqualTo(sum);
        assertThat(sum.bytes()).hasSizeLessThan(16);
    }

    @Test
    void shouldKeepADifferenceWithNegativeCounts() {
        long[] counts = new long[LatencyHistogram.BUCKETS];
        counts[40] = -1;
        counts[90] = 1;
        LatencyHistogram moved = LatencyHistogram.of(counts);

        assertThat(LatencyHistogram.read(moved.bytes())).isEqualTo(moved);
        assertThat(moved.count()).isZero();
    }

    @Test
    void shouldRefuseOtherBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.read(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.read(new byte[] {9}));
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.read(new byte[] {1, -1, 127, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.read(new byte[] {1, 5}));
    }
}
