package dev.fovea.rollout.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.rollout.RolloutStart;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.ExperimentMetric.BetterSide;
import dev.fovea.rollout.experiment.ExperimentMetric.FigureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExperimentReadingTest {

    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    private static Experiment experiment(Map<Integer, Double> percents, Horizon horizon, BetterSide better) {
        return Experiment.started(
                "id",
                "shirts",
                1,
                new ExperimentDesign(
                        new TreeMap<>(percents),
                        new ExperimentMetric("orders", FigureKind.CONVERSION, Optional.empty(), better),
                        horizon,
                        0.05,
                        0.02,
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        false),
                new RolloutStart(START, "ada", "", Optional.empty()));
    }

    private static Experiment sequential(Map<Integer, Double> percents) {
        return experiment(percents, new Horizon.Sequential(), BetterSide.HIGHER);
    }

    /** Units and orders of versions 1, 2, … */
    private static ExperimentSums sums(long... unitsAndOrders) {
        SortedMap<Integer, VariantSums> variants = new TreeMap<>();
        for (int i = 0; i < unitsAndOrders.length; i += 2) {
            long units = unitsAndOrders[i];
            double orders = unitsAndOrders[i + 1];
            variants.put(i / 2 + 1, new VariantSums(units, 0, new Moments(units, orders, orders), (long) orders));
        }
        return new ExperimentSums(variants, ValueCounts.NONE);
    }

    private static ExperimentOutcome outcome(Experiment experiment, ExperimentSums sums) {
        return experiment.looked(sums, START).state().decision().orElseThrow();
    }

    @Test
    void shouldGiveTheErrorRateOfAPairToEachPair() {
        assertThat(sequential(Map.of(2, 50.0)).design().errorOfPair()).isEqualTo(0.05);
        assertThat(sequential(Map.of(2, 30.0, 3, 30.0)).design().errorOfPair()).isCloseTo(0.05 / 3, within(1e-12));
        assertThat(sequential(Map.of(2, 20.0, 3, 20.0, 4, 20.0)).design().errorOfPair())
                .isCloseTo(0.05 / 6, within(1e-12));
    }

    @Test
    void shouldCallAVariantBetterThatIs() {
        Experiment experiment = sequential(Map.of(2, 50.0));
        assertThat(experiment.looked(sums(1000, 40, 1000, 45), START).state().decision())
                .isEmpty();
        assertThat(outcome(experiment, sums(10_000, 400, 10_000, 600)))
                .isInstanceOfSatisfying(ExperimentOutcome.Better.class, better -> {
                    assertThat(better.version()).isEqualTo(2);
                    assertThat(better.reason()).startsWith("orders of version 2 less that of version 1 is 0.02 (");
                });
    }

    @Test
    void shouldCallTheControlBetterThanAllVariants() {
        assertThat(outcome(sequential(Map.of(2, 50.0)), sums(10_000, 600, 10_000, 400)))
                .isInstanceOfSatisfying(
                        ExperimentOutcome.Better.class,
                        better -> assertThat(better.version()).isEqualTo(1));
    }

    @Test
    void shouldTakeTheSideThatIsStated() {
        Experiment returned = experiment(Map.of(2, 50.0), new Horizon.Sequential(), BetterSide.LOWER);
        assertThat(outcome(returned, sums(10_000, 600, 10_000, 400)))
                .isInstanceOfSatisfying(
                        ExperimentOutcome.Better.class,
                        better -> assertThat(better.version()).isEqualTo(2));
    }

    @Test
    void shouldShowThatThereIsNoDifferenceOfInterest() {
        assertThat(outcome(sequential(Map.of(2, 50.0)), sums(10_000, 400, 10_000, 402)))
                .isInstanceOf(ExperimentOutcome.NoDifference.class);
    }

    /** Two variants are better than production, and cannot be told apart yet. */
    @Test
    void shouldWaitWhileAnotherVariantMayBeBetterByTheEffect() {
        Experiment experiment = sequential(Map.of(2, 33.33, 3, 33.33));
        ExperimentSums few = sums(3000, 60, 3000, 300, 3000, 310);
        assertThat(ExperimentReading.of(experiment, few)
                        .of(3, 1)
                        .orElseThrow()
                        .gain()
                        .low())
                .isPositive();
        assertThat(experiment.looked(few, START).state().decision()).isEmpty();
        assertThat(outcome(experiment, sums(30_000, 600, 30_000, 3000, 30_000, 3100)))
                .isInstanceOfSatisfying(
                        ExperimentOutcome.Better.class,
                        better -> assertThat(better.version()).isEqualTo(3));
    }

    @Test
    void shouldCompareNothingOfFewUnitsOrValues() {
        Experiment experiment = sequential(Map.of(2, 50.0));
        assertThat(ExperimentReading.of(experiment, sums(99, 0, 99, 99)).comparisons())
                .isEmpty();
        assertThat(ExperimentReading.of(experiment, sums(1000, 0, 1000, 19)).comparisons())
                .isEmpty();
        assertThat(ExperimentReading.of(experiment, sums(1000, 0, 1000, 20)).comparisons())
                .hasSize(1);
    }

    /** At 4 and 6 % of 10,000 units the usual interval of one look is 0.02 ± 0.006035. */
    @Test
    void shouldShowAFixedHorizonOnlyWhenEachVersionHasItsShare() {
        Experiment experiment = experiment(Map.of(2, 50.0), new Horizon.FixedUnits(20_000), BetterSide.HIGHER);
        ExperimentSums early = sums(10_100, 404, 9_999, 600);
        ExperimentReading before = ExperimentReading.of(experiment, early);
        assertThat(before.isAnalysed()).isFalse();
        assertThat(before.comparisons()).isEmpty();
        assertThat(before.mean(early, 1)).isEmpty();
        assertThat(experiment.looked(early, START).state().decision()).isEmpty();
        assertThat(ExperimentReading.progress(experiment, early).orElseThrow()).isCloseTo(0.9999, within(1e-9));
        ExperimentSums reached = sums(10_000, 400, 10_000, 600);
        VariantComparison found =
                ExperimentReading.of(experiment, reached).of(2, 1).orElseThrow();
        assertThat(found.difference().low()).isCloseTo(0.02 - 0.006035, within(1e-5));
        assertThat(outcome(experiment, reached)).isInstanceOf(ExperimentOutcome.Better.class);
    }

    @Test
    void shouldEndAFixedHorizonUndecidedWhereNothingIsShown() {
        Experiment experiment = experiment(Map.of(2, 50.0), new Horizon.FixedUnits(2000), BetterSide.HIGHER);
        assertThat(outcome(experiment, sums(1000, 40, 1000, 58)))
                .isInstanceOfSatisfying(
                        ExperimentOutcome.LeftUndecided.class,
                        undecided -> assertThat(undecided.reason())
                                .contains("neither a difference nor its absence is shown"));
    }

    /** 4,700 and 5,300 units that were planned half and half; a clear difference does not count then. */
    @Test
    void shouldGiveNoVerdictAfterAMismatchOfShares() {
        Experiment experiment = sequential(Map.of(2, 50.0));
        ExperimentSums skewed = sums(4_700, 188, 5_300, 530);
        Experiment seen = experiment.looked(skewed, START);
        assertThat(seen.state().decision()).isEmpty();
        assertThat(seen.mismatch()).isPresent();
        assertThat(ExperimentText.state(seen, skewed))
                .contains("2 has 53.0 % instead of 50.0 %")
                .contains("Likely causes");
        // it stays, also when later units even it out
        ExperimentSums even = sums(100_000, 4_000, 100_000, 10_000);
        assertThat(seen.looked(even, START).state().decision()).isEmpty();
        assertThat(seen.looked(even, START.plus(Duration.ofDays(30))).state().decision())
                .containsInstanceOf(ExperimentOutcome.LeftUndecided.class);
    }

    @Test
    void shouldBeWrittenAndReadAsItIs() {
        Experiment experiment = experiment(Map.of(2, 33.33, 3, 10.0), new Horizon.FixedUnits(500), BetterSide.LOWER)
                .looked(sums(4_700, 188, 5_300, 530), START);
        assertThat(ExperimentJson.read(ExperimentJson.write(experiment))).isEqualTo(experiment);
        Experiment ended = sequential(Map.of(2, 50.0)).looked(sums(10_000, 400, 10_000, 600), START);
        assertThat(ExperimentJson.read(ExperimentJson.write(ended))).isEqualTo(ended);
    }
}
