package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a worked example, the bootstrap, and a simulation with known parameters. */
class CascadeCostIntervalTest {

    /** Costs of each image in the small and the large model, and whether it is escalated. */
    private record Drawn(double[] small, double[] large, boolean[] escalated) {

        Interval interval() {
            RunningMean kept = RunningMean.EMPTY;
            RunningMean passedOn = RunningMean.EMPTY;
            RunningMean alone = RunningMean.EMPTY;
            RunningMean both = RunningMean.EMPTY;
            for (int i = 0; i < small.length; i++) {
                double together = small[i] + large[i];
                kept = escalated[i] ? kept : kept.plus(small[i]);
                passedOn = escalated[i] ? passedOn.plus(together) : passedOn;
                alone = alone.plus(small[i]);
                both = both.plus(together);
            }
            return CascadeCostInterval.perThousand(kept, passedOn, alone, both);
        }

        double[] costs() {
            double[] costs = new double[small.length];
            for (int i = 0; i < costs.length; i++) {
                costs[i] = small[i] + (escalated[i] ? large[i] : 0);
            }
            return costs;
        }
    }

    /**
     * Worked by hand: A = 2 ± t(2) √(1/3), B = 10.1 ± t(1) √(0.02/2) with t(2) = 4.302653 and t(1) = 12.706205; E = 2/5
     * with Wilson's limits 0.117621 and 0.769276. Cost 5.24; distances 8.1 · 0.282379 = 2.287272 down and 8.1 ·
     * 0.369276 = 2.991133 up, 0.6 · 2.484138 = 1.490483 and 0.4 · 1.270620 = 0.508248.
     */
    @Test
    void shouldGiveTheIntervalThatWasWorkedByHand() {
        Interval interval = new Drawn(new double[] {1, 2, 3, 1, 1}, new double[] {9, 9, 9, 9, 9.2}, new boolean[] {
                    false, false, false, true, true
                })
                .interval();
        assertThat(interval.value()).isCloseTo(5240, within(1e-9));
        assertThat(interval.low()).isCloseTo(2463.047, within(0.01));
        assertThat(interval.high()).isCloseTo(8620.345, within(0.01));
    }

    @Test
    void shouldBeTheIntervalOfTheShareWhereCostsDoNotVary() {
        Interval share = WilsonInterval.of(30, 120);
        Interval cost = constant(120, 30, 2, 10);
        assertThat(cost.value()).isCloseTo(4500, within(1e-9));
        assertThat(cost.low()).isCloseTo(2000 + 10_000 * share.low(), within(1e-9));
        assertThat(cost.high()).isCloseTo(2000 + 10_000 * share.high(), within(1e-9));
    }

    @Test
    void shouldHaveAWidthAlsoWhereNoneOrAllOfTheImagesAreEscalated() {
        Interval none = constant(40, 0, 2, 10);
        assertThat(none.value()).isEqualTo(2000);
        assertThat(none.low()).isEqualTo(2000);
        assertThat(none.high())
                .isCloseTo(2000 + 10_000 * WilsonInterval.of(0, 40).high(), within(1e-9));
        Interval all = constant(40, 40, 2, 10);
        assertThat(all.value()).isEqualTo(12_000);
        assertThat(all.low()).isLessThan(12_000);
        assertThat(all.high()).isEqualTo(12_000);
    }

    @Test
    void shouldAgreeWithTheBootstrapOfTheImagesOwnCosts() {
        Drawn drawn = drawn(new Random(5), 2000);
        Interval bootstrap = BootstrapInterval.ofMean(drawn.costs(), Interval.DEFAULT_LEVEL);
        Interval interval = drawn.interval();
        assertThat(interval.value()).isCloseTo(1000 * bootstrap.value(), within(1e-6));
        double tenth = 100 * bootstrap.width();
        assertThat(interval.low()).isCloseTo(1000 * bootstrap.low(), within(tenth));
        assertThat(interval.high()).isCloseTo(1000 * bootstrap.high(), within(tenth));
    }

    /** E = 0.1; A = 2 and B = 3 + 20, as escalated images take longer in the small model, too: 4.1 on average. */
    @Test
    void shouldContainTheTrueCostInNinetyFivePercentOfEvaluations() {
        int contained = 0;
        int evaluations = 2000;
        for (int seed = 0; seed < evaluations; seed++) {
            contained += drawn(new Random(seed), 100).interval().contains(4100) ? 1 : 0;
        }
        assertThat((double) contained / evaluations).isBetween(0.93, 0.985);
    }

    @Test
    void shouldAcceptASingleEscalatedImage() {
        Interval interval = new Drawn(
                        new double[] {1, 2, 3}, new double[] {8, 9, 10}, new boolean[] {true, false, false})
                .interval();
        assertThat(interval.value()).isCloseTo(1000 * (9 + 2 + 3) / 3.0, within(1e-9));
        assertThat(interval.low()).isGreaterThanOrEqualTo(0).isLessThan(interval.value());
        assertThat(interval.high()).isGreaterThan(interval.value());
    }

    @Test
    void shouldRejectCountsThatDoNotAddUp() {
        RunningMean one = RunningMean.of(1);
        assertThatThrownBy(() -> CascadeCostInterval.perThousand(one, one, one, one))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> CascadeCostInterval.perThousand(
                        RunningMean.EMPTY, RunningMean.EMPTY, RunningMean.EMPTY, RunningMean.EMPTY))
                .isInstanceOf(FoveaException.class);
    }

    private static Interval constant(int images, int escalated, double small, double large) {
        double[] smalls = new double[images];
        double[] larges = new double[images];
        boolean[] passedOn = new boolean[images];
        for (int i = 0; i < images; i++) {
            smalls[i] = small;
            larges[i] = large;
            passedOn[i] = i < escalated;
        }
        return new Drawn(smalls, larges, passedOn).interval();
    }

    private static Drawn drawn(Random random, int images) {
        double[] small = new double[images];
        double[] large = new double[images];
        boolean[] escalated = new boolean[images];
        for (int i = 0; i < images; i++) {
            escalated[i] = random.nextDouble() < 0.1;
            small[i] = (escalated[i] ? 3 : 2) + 0.5 * random.nextGaussian();
            large[i] = 20 + 3 * random.nextGaussian();
        }
        return new Drawn(small, large, escalated);
    }
}
