package dev.fovea.monitoring.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedObjectivesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:02:00Z");

    private static Objective objective(Indicator indicator, double target) {
        return new Objective(indicator, Optional.empty(), target);
    }

    private static ServiceCounts counts(long answers, long failures, long rejected) {
        return counts(answers, 10_000_000, failures, rejected, ServiceUse.NONE);
    }

    private static ServiceCounts counts(long answers, long nanos, long failures, long rejected, ServiceUse use) {
        long[] latencies = new long[LatencyHistogram.BUCKETS];
        latencies[LatencyHistogram.bucket(nanos)] = answers;
        return new ServiceCounts(LatencyHistogram.of(latencies), failures, rejected, 0, use);
    }

    private static ObjectiveStatus status(Objective objective, ServiceCounts month) {
        return new CountedObjectives(
                        new ServiceObjectives(List.of(objective), Optional.of(0.036)),
                        month,
                        List.of(),
                        Optional.empty())
                .status(objective);
    }

    /** A request of 1,000 may fail. */
    @ParameterizedTest
    @CsvSource({
        "9995, 5, MET, 0.5",
        "9990, 10, MET, 0",
        "9980, 20, MISSED, -1",
        "500, 0, NOT_ENOUGH_DATA, 1",
        "499, 1, NOT_ENOUGH_DATA, -1",
        "498, 2, MISSED, -3",
        "0, 2, MISSED, -999",
    })
    void shouldSayWhetherAvailabilityIsMet(long answers, long failures, ObjectiveVerdict verdict, double left) {
        ObjectiveStatus status = status(objective(Indicator.AVAILABILITY, 99.9), counts(answers, failures, 70));

        assertThat(status.verdict()).as(status.statement()).isEqualTo(verdict);
        assertThat(status.budgetLeft().orElseThrow()).isCloseTo(left, within(1e-6));
    }

    @Test
    void shouldCountErrorsOfCallersInTheErrorRateOnly() {
        ServiceCounts month = counts(900, 0, 100);

        assertThat(status(objective(Indicator.AVAILABILITY, 99), month).verdict())
                .isEqualTo(ObjectiveVerdict.MET);
        ObjectiveStatus errors = status(objective(Indicator.ERROR_RATE, 5), month);
        assertThat(errors.verdict()).isEqualTo(ObjectiveVerdict.MISSED);
        assertThat(errors.value().orElseThrow().value()).isEqualTo(10);
        assertThat(errors.statement()).isEqualTo("100 of 1,000 requests ended with an error; the objective allows 50.");
    }

    @Test
    void shouldHoldAQuantileWhenFewEnoughAnswersAreSlow() {
        ServiceCounts month =
                counts(97, 10_000_000, 0, 0, ServiceUse.NONE).plus(counts(3, 80_000_000, 0, 0, ServiceUse.NONE));

        ObjectiveStatus p95 = status(objective(Indicator.P95, 50), month);
        ObjectiveStatus p99 = status(objective(Indicator.P99, 50), month);

        assertThat(p95.verdict()).isEqualTo(ObjectiveVerdict.MET);
        assertThat(p95.budgetLeft().orElseThrow()).isCloseTo(0.4, within(1e-9));
        assertThat(p99.verdict()).isEqualTo(ObjectiveVerdict.MISSED);
        assertThat(p99.budgetLeft().orElseThrow()).isCloseTo(-2, within(1e-9));
        assertThat(p99.value().orElseThrow().value()).isCloseTo(80, within(4.0));
    }

    @Test
    void shouldAddProcessorsAndRemoteCallsToTheCost() {
        // 5,000 CPU seconds at 0.036 an hour are 0.05, and remote calls cost 0.15
        ServiceCounts month = counts(1000, 10_000_000, 0, 0, new ServiceUse(5_000_000_000_000L, 30, 150_000));

        ObjectiveStatus status = status(objective(Indicator.COST, 0.25), month);

        assertThat(status.value().orElseThrow().value()).isCloseTo(0.20, within(1e-9));
        assertThat(status.budgetLeft().orElseThrow()).isCloseTo(0.2, within(1e-9));
        assertThat(status.verdict()).isEqualTo(ObjectiveVerdict.MET);
        assertThat(status(objective(Indicator.COST, 0.25), counts(999, 0, 0)).verdict())
                .isEqualTo(ObjectiveVerdict.NOT_ENOUGH_DATA);
    }

    /** Nobody has said what a processor costs: 0 is a price that has to be stated. */
    @Test
    void shouldGiveNoVerdictOnACostWithoutAPrice() {
        Objective cost = objective(Indicator.COST, 0.25);
        ServiceCounts month = counts(1694, 10_000_000, 0, 0, new ServiceUse(7_200_000_000L, 2, 100_000));

        ObjectiveStatus unknown = unpriced(cost, Optional.empty(), month);

        assertThat(unknown.verdict()).isEqualTo(ObjectiveVerdict.NOT_ENOUGH_DATA);
        assertThat(unknown.value()).isEmpty();
        assertThat(unknown.budgetLeft()).isEmpty();
        assertThat(unknown.statement())
                .startsWith("1,694 answers took 7.2 processor seconds, whose price is not stated,")
                .contains("--cpu-hour-price");
        assertThat(unpriced(cost, Optional.of(0.0), month).verdict()).isEqualTo(ObjectiveVerdict.MET);
        ServiceCounts dear = counts(1694, 10_000_000, 0, 0, new ServiceUse(7_200_000_000L, 2, 900_000));
        assertThat(unpriced(cost, Optional.empty(), dear).verdict())
                .as("the remote calls alone cost more than allowed")
                .isEqualTo(ObjectiveVerdict.MISSED);
    }

    private static ObjectiveStatus unpriced(Objective cost, Optional<Double> price, ServiceCounts month) {
        return new CountedObjectives(new ServiceObjectives(List.of(cost), price), month, List.of(), Optional.empty())
                .status(cost);
    }

    @Test
    void shouldBurnByTheLastHourAndTheLastSixHours() {
        List<ServiceSlot> slots = new ArrayList<>();
        for (int minutes = 10; minutes <= 7 * 60; minutes += 5) {
            Instant start = Instant.parse("2026-11-30T12:05:00Z").minus(Duration.ofMinutes(minutes));
            slots.add(new ServiceSlot(start, 5, minutes <= 60 ? counts(95, 5, 0) : counts(100, 0, 0)));
        }
        Objective objective = objective(Indicator.AVAILABILITY, 99);
        ServiceObjectives objectives = new ServiceObjectives(List.of(objective), Optional.empty());

        ObjectiveStatus status = new CountedObjectives(
                        objectives, counts(10_000, 50, 0), List.of(), Optional.of(new RecentSlots(slots, NOW)))
                .status(objective);

        assertThat(status.burns()).extracting(ObjectiveStatus.Burn::window).containsExactly("1h", "6h");
        assertThat(status.burns().getFirst().rate()).isCloseTo(5.0 * 11 / 12, within(1e-9));
        assertThat(status.burns().getLast().rate()).isCloseTo(5.0 * 11 / 72, within(1e-9));
    }

    @Test
    void shouldKnowNothingWithoutRequests() {
        ObjectiveStatus status = status(objective(Indicator.P95, 50), ServiceCounts.NONE);

        assertThat(status.verdict()).isEqualTo(ObjectiveVerdict.NOT_ENOUGH_DATA);
        assertThat(status.statement()).isEqualTo("There were no requests.");
        assertThat(status.value()).isEmpty();
        assertThat(status.budgetLeft()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABILITY, 100",
        "AVAILABILITY, 0",
        "AVAILABILITY, NaN",
        "ERROR_RATE, -1",
        "P95, 0",
        "P99, 1e9",
        "COST, 0",
        "PRECISION, 90"
    })
    void shouldRefuseAnImpossibleObjective(Indicator indicator, double target) {
        assertThatThrownBy(() -> objective(indicator, target))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("The objective \"" + indicator.word() + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABILITY, 99.9999999999, 99.9999999999 %",
        "ACCURACY, 99.9991, 99.9991 %",
        "ERROR_RATE, 0.0005, 0.0005 %"
    })
    void shouldRefuseATargetThatLeavesNoBudgetAndShowWhatWasStated(Indicator indicator, double target, String shown) {
        ServiceObjectives objectives = new ServiceObjectives(List.of(objective(indicator, target)), Optional.empty());
        assertThatThrownBy(objectives::requireSensible)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining(" is " + shown + "; it must be ");
    }

    @Test
    void shouldRefuseAP95AboveTheP99WithBothValues() {
        ServiceObjectives objectives = new ServiceObjectives(
                List.of(objective(Indicator.P99, 10), objective(Indicator.P95, 500)), Optional.empty());
        assertThatThrownBy(objectives::requireSensible)
                .isInstanceOf(FoveaException.class)
                .hasMessageStartingWith("The objective \"p95\" is 500 ms and \"p99\" is 10 ms: ");
        new ServiceObjectives(
                        List.of(
                                objective(Indicator.P99, 50),
                                objective(Indicator.P95, 50),
                                objective(Indicator.AVAILABILITY, 99.999),
                                objective(Indicator.ERROR_RATE, 0.001)),
                        Optional.empty())
                .requireSensible();
    }

    @Test
    void shouldShowATargetAsItWasStated() {
        assertThat(objective(Indicator.ACCURACY, 99.999).targetText()).isEqualTo("99.999 %");
        assertThat(objective(Indicator.P95, 50).targetText()).isEqualTo("50 ms");
    }

    @Test
    void shouldReplaceObjectivesOfTheSameNameOnly() {
        ServiceObjectives objectives = new ServiceObjectives(
                        List.of(objective(Indicator.P95, 50), objective(Indicator.AVAILABILITY, 99)), Optional.empty())
                .with(List.of(objective(Indicator.P95, 80)), Optional.of(0.04));

        assertThat(objectives.objectives()).extracting(Objective::targetText).containsExactly("99 %", "80 ms");
        assertThat(objectives.without(Set.of("p95")).objectives()).hasSize(1);
        assertThat(objectives.cpuHourPrice()).contains(0.04);
    }
}
