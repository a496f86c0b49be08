package dev.fovea.monitoring.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectiveBurnsTest {

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final List<ServiceSlot> slots = new ArrayList<>();
    private final ObjectiveBurns burns = new ObjectiveBurns(new OneModel(), new OneHistory(), () -> now);

    /** 99 % are available, and 1,000 answers cost at most 1. */
    private static final class OneModel implements ObjectiveStore {

        private static final ServiceObjectives PROMISED = new ServiceObjectives(
                List.of(
                        new Objective(Indicator.AVAILABILITY, Optional.empty(), 99),
                        new Objective(Indicator.COST, Optional.empty(), 1),
                        new Objective(Indicator.ACCURACY, Optional.empty(), 90)),
                Optional.of(3600.0));

        @Override
        public ServiceObjectives objectives(String model) {
            return PROMISED;
        }

        @Override
        public Map<String, ServiceObjectives> all() {
            return Map.of("shirts", PROMISED);
        }

        @Override
        public void change(String model, ServiceObjectives objectives) {
            throw new UnsupportedOperationException();
        }
    }

    private final class OneHistory implements ServiceLevelStore {

        @Override
        public void add(String server, List<ModelSlot> added) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ServiceSlot> slots(String model, Instant from, Instant until) {
            return slots.stream()
                    .filter(slot -> !slot.start().isBefore(from) && slot.start().isBefore(until))
                    .toList();
        }

        @Override
        public void rollUp(String server, Instant before) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeBefore(Instant moment) {
            throw new UnsupportedOperationException();
        }
    }

    /** So many answers and failures in each slot of a time until now, each answer for a second of a processor. */
    private void traffic(Duration time, int answers, int failures, double cpuSeconds) {
        long[] latencies = new long[LatencyHistogram.BUCKETS];
        latencies[10] = answers;
        for (Instant start = now.minus(time); start.isBefore(now); start = start.plus(Duration.ofMinutes(5))) {
            slots.add(new ServiceSlot(
                    start,
                    ServiceSlot.SHORT,
                    new ServiceCounts(
                            LatencyHistogram.of(latencies),
                            failures,
                            0,
                            0,
                            new ServiceUse((long) (cpuSeconds * answers * 1e9), 0, 0))));
        }
    }

    private Optional<BurnPair> burning(Indicator indicator) {
        return burns.now().stream()
                .filter(burn -> burn.objective().indicator() == indicator)
                .findFirst()
                .flatMap(ObjectiveBurn::burning);
    }

    @Test
    void shouldPageWhenTheLastHourAndTheLastMinutesFail() {
        traffic(Duration.ofDays(3), 100, 0, 0);
        traffic(Duration.ofHours(1), 0, 30, 0);

        assertThat(burning(Indicator.AVAILABILITY)).contains(BurnPair.FASTEST);
        assertThat(burns.now()).extracting(burn -> burn.objective().indicator()).doesNotContain(Indicator.ACCURACY);
    }

    @Test
    void shouldEndSoonAfterTheFailuresEnded() {
        now = now.minus(Duration.ofMinutes(40));
        traffic(Duration.ofMinutes(20), 0, 30, 0);
        now = now.plus(Duration.ofMinutes(40));
        traffic(Duration.ofMinutes(40), 100, 0, 0);

        assertThat(burning(Indicator.AVAILABILITY)).isNotEqualTo(Optional.of(BurnPair.FASTEST));
        assertThat(burning(Indicator.AVAILABILITY).filter(BurnPair::pages)).isEmpty();
    }

    @Test
    void shouldWarnOfASlowBurnOverDays() {
        traffic(Duration.ofDays(3), 196, 4, 0);

        assertThat(burning(Indicator.AVAILABILITY)).contains(BurnPair.SLOWEST);
        assertThat(BurnPair.SLOWEST.pages()).isFalse();
    }

    @Test
    void shouldNotPageForAFewFailuresOfAQuietHour() {
        traffic(Duration.ofMinutes(15), 2, 3, 0);

        assertThat(burns.now().getFirst().bad(BurnWindow.HOUR)).contains(9.0);
        assertThat(burning(Indicator.AVAILABILITY)).isEmpty();
    }

    @Test
    void shouldWarnOfCostsAndNeverPageForThem() {
        traffic(Duration.ofDays(1), 100, 0, 0.02);

        assertThat(burning(Indicator.COST)).contains(BurnPair.SLOW);
    }

    @Test
    void shouldSayWhatIsLeftOfTheMonthAndReadOnceAMinute() {
        traffic(Duration.ofHours(2), 199, 1, 0);
        ObjectiveBurn first = burns.now().getFirst();
        assertThat(first.budgetLeft()).contains(0.5);
        assertThat(first.rate(BurnWindow.HOUR)).contains(0.5);
        slots.clear();

        assertThat(burns.now().getFirst()).isSameAs(first);
        now = now.plusSeconds(60);
        assertThat(burns.now().getFirst().budgetLeft()).isEmpty();
    }
}
