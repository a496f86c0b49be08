package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers: statsmodels 0.15.0 {@code proportion_confint(method="wilson")}. */
class IntervalsTest {

    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest
    @CsvSource({
        "171, 180, 0.95, 0.9077191903535553, 0.9734748615169928",
        "0, 10, 0.95, 0, 0.27753279986288926",
        "10, 10, 0.95, 0.7224672001371106, 1",
        "58, 60, 0.95, 0.886362257256914, 0.9908106807438021",
        "1, 3, 0.9, 0.07826572633372836, 0.746466131718776",
        "81, 263, 0.95, 0.2552885198782742, 0.36620957698280004"
    })
    void shouldGiveTheWilsonIntervalThatStatsmodelsGives(int k, int n, double level, double low, double high) {
        Interval interval = WilsonInterval.of(k, n, level);
        assertThat(interval.value()).isEqualTo((double) k / n);
        assertThat(interval.low()).isCloseTo(low, EXACT);
        assertThat(interval.high()).isCloseTo(high, EXACT);
    }

    /** Golden numbers: the formula worked in Python with the Wilson intervals above. */
    @Test
    void shouldCombineTheDistancesOfEachProportion() {
        Interval mean = MeanOfProportions.of(new long[] {29, 0, 1}, new long[] {30, 2, 2});
        assertThat(mean.value()).isCloseTo(0.48888888888888893, EXACT);
        assertThat(mean.low()).isCloseTo(0.34660878415771645, EXACT);
        assertThat(mean.high()).isCloseTo(0.7465753531614201, EXACT);
        assertThat(MeanOfProportions.of(new long[] {50}, new long[] {60})).isEqualTo(WilsonInterval.of(50, 60));
        assertThatThrownBy(() -> MeanOfProportions.of(new long[0], new long[0]))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
    }

    @Property
    void shouldContainItsProportionAndStayBetweenZeroAndOne(
            @ForAll @IntRange(min = 1, max = 100_000) int trials, @ForAll @DoubleRange(max = 1) double share) {
        int successes = (int) Math.round(share * trials);
        Interval interval = WilsonInterval.of(successes, trials);
        assertThat(interval.contains((double) successes / trials)).isTrue();
        assertThat(interval.low()).isBetween(0.0, 1.0);
        assertThat(interval.high()).isBetween(0.0, 1.0);
        assertThat(interval.width()).isPositive();
    }

    @Property
    void shouldBeTheMirrorImageForFailures(
            @ForAll @IntRange(min = 1, max = 10_000) int trials, @ForAll @DoubleRange(max = 1) double share) {
        int successes = (int) Math.round(share * trials);
        Interval one = WilsonInterval.of(successes, trials);
        Interval other = WilsonInterval.of(trials - successes, trials);
        assertThat(one.low()).isCloseTo(1 - other.high(), EXACT);
    }

    @Property
    void shouldNarrowWithMoreImagesOfTheSameShare(
            @ForAll @IntRange(min = 1, max = 500) int trials, @ForAll @DoubleRange(max = 1) double share) {
        int successes = (int) Math.round(share * trials);
        assertThat(WilsonInterval.of(4L * successes, 4L * trials).width())
                .isLessThan(WilsonInterval.of(successes, trials).width());
    }

    @Test
    void shouldRejectAProportionWithoutTrials() {
        assertThatThrownBy(() -> WilsonInterval.of(0, 0))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
        assertThatThrownBy(() -> WilsonInterval.of(3, 2)).hasMessageContaining("3 successes of 2 trials");
        assertThatThrownBy(() -> WilsonInterval.of(1, 2, 95)).hasMessageContaining("95");
        assertThatThrownBy(() -> F1Interval.of(0, 0, 0)).isInstanceOf(FoveaException.class);
    }

    @Test
    void shouldRejectAnIntervalThatDoesNotContainItsValue() {
        assertThatThrownBy(() -> new Interval(0.5, 0.6, 0.7)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new Interval(Double.NaN, 0, 1)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new Interval(0, Double.NEGATIVE_INFINITY, 1)).isInstanceOf(FoveaException.class);
    }

    /** J = 50/63 has the statsmodels Wilson interval [0.678302, 0.875247]; F1 = 2J/(1+J). */
    @Test
    void shouldSendTheWilsonIntervalOfTheJaccardIndexThroughF1() {
        Interval f1 = F1Interval.of(50, 3, 10);
        assertThat(f1.value()).isCloseTo(0.884955752212389, EXACT);
        assertThat(f1.low()).isCloseTo(0.8083192591373152, EXACT);
        assertThat(f1.high()).isCloseTo(0.9334737188197625, EXACT);
    }

    @Property
    void shouldContainTheF1ScoreForAnyCounts(
            @ForAll @IntRange(max = 5000) int tp,
            @ForAll @IntRange(max = 5000) int fp,
            @ForAll @IntRange(min = 1, max = 5000) int fn) {
        Interval interval = F1Interval.of(tp, fp, fn);
        assertThat(interval.contains(2.0 * tp / (2.0 * tp + fp + fn))
                        || Math.abs(interval.value() - 2.0 * tp / (2.0 * tp + fp + fn)) < 1e-12)
                .isTrue();
        assertThat(interval.low()).isNotNegative();
        assertThat(interval.high()).isLessThanOrEqualTo(1);
    }

    /** Coverage, by simulation: 180 images, a class of 60, drawn 20,000 times with a fixed seed. */
    @ParameterizedTest
    @CsvSource({"0.31, 0.023, 0.023", "0.04, 0.01, 0.02", "0.33, 0.003, 0.003"})
    void shouldContainTheTrueF1InNinetyFivePercentOfSamples(double tp, double fp, double fn) {
        Random random = new Random(20_260_101);
        double truth = 2 * tp / (2 * tp + fp + fn);
        int contained = 0;
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            int[] counts = new int[4];
            for (int image = 0; image < 180; image++) {
                double u = random.nextDouble();
                counts[u < tp ? 0 : u < tp + fp ? 1 : u < tp + fp + fn ? 2 : 3]++;
            }
            contained += F1Interval.of(counts[0], counts[1], counts[2]).contains(truth) ? 1 : 0;
        }
        assertThat((double) contained / draws).isBetween(0.94, 0.98);
    }
}
