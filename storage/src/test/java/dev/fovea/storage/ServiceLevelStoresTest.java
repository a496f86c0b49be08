package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore.ModelSlot;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import dev.fovea.registry.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class ServiceLevelStoresTest {

    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofDays(1));

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private ServiceLevelStore store;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        new Registry(home.models(), InstantSource.system()).register(Models.registration("shirts", ""), "ada");
        store = home.production().serviceLevels();
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static ServiceCounts counts(int answers) {
        long[] latencies = new long[LatencyHistogram.BUCKETS];
        latencies[100] = answers;
        return new ServiceCounts(LatencyHistogram.of(latencies), 1, 2, 3, new ServiceUse(4, 5, 6));
    }

    private static ModelSlot slot(int minute, int answers) {
        return new ModelSlot(
                "shirts", new ServiceSlot(START.plus(Duration.ofMinutes(minute)), ServiceSlot.SHORT, counts(answers)));
    }

    private ServiceCounts all() {
        return store.slots("shirts", Instant.EPOCH, LATER).stream()
                .map(ServiceSlot::counts)
                .reduce(ServiceCounts.NONE, ServiceCounts::plus);
    }

    @Test
    void shouldAddUpWhatAServerCountedInASlotAndKeepServersApart() {
        store.add("a", List.of(slot(0, 10), slot(5, 1)));
        store.add("a", List.of(slot(0, 20)));
        store.add("b", List.of(slot(0, 7)));

        assertThat(store.slots("shirts", START, START.plusSeconds(1)))
                .extracting(slot -> slot.counts().answers())
                .containsExactly(30L, 7L);
        assertThat(all().answers()).isEqualTo(38);
        assertThat(all().failures()).isEqualTo(4);
        assertThat(all().use()).isEqualTo(new ServiceUse(16, 20, 24));
    }

    @Test
    void shouldRollUpHoursOfOneServerAndAddLateCountsToThem() {
        store.add("a", List.of(slot(0, 10), slot(55, 20), slot(60, 40)));
        store.add("b", List.of(slot(5, 7)));
        ServiceCounts before = all();

        store.rollUp("a", START.plus(Duration.ofMinutes(90)));

        assertThat(all()).isEqualTo(before);
        assertThat(store.slots("shirts", Instant.EPOCH, LATER))
                .extracting(ServiceSlot::minutes)
                .containsExactly(60, 5, 5);
        store.add("a", List.of(slot(0, 1)));
        store.add("a", List.of(slot(10, 2)));
        store.rollUp("a", START.plus(Duration.ofMinutes(60)));
        assertThat(store.slots("shirts", Instant.EPOCH, LATER))
                .extracting(slot -> slot.counts().answers())
                .containsExactly(33L, 7L, 40L);
    }

    @Test
    void shouldRemoveWhatIsOldAndKeepNothingOfAModelThatIsGone() {
        store.add("a", List.of(slot(0, 10), slot(30, 20)));
        store.removeBefore(START.plusSeconds(1));
        assertThat(all().answers()).isEqualTo(20);

        store.add("a", List.of(new ModelSlot("gone", new ServiceSlot(START, ServiceSlot.SHORT, counts(1)))));
        assertThat(store.slots("gone", Instant.EPOCH, LATER)).isEmpty();
    }

    @Test
    void shouldKeepObjectives() {
        ObjectiveStore objectives = home.production().objectives();
        ServiceObjectives stated = new ServiceObjectives(
                List.of(
                        new Objective(Indicator.P95, Optional.empty(), 50),
                        new Objective(Indicator.RECALL, Optional.of("hole"), 95)),
                Optional.of(0.04));
        assertThat(objectives.objectives("shirts")).isEqualTo(ServiceObjectives.NONE);

        objectives.change("shirts", stated);

        assertThat(objectives.objectives("shirts")).isEqualTo(stated);
        assertThat(objectives.all()).containsOnlyKeys("shirts");
        objectives.change("shirts", ServiceObjectives.NONE);
        assertThat(objectives.objectives("shirts")).isEqualTo(ServiceObjectives.NONE);
    }
}
