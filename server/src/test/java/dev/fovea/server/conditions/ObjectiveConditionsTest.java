package dev.fovea.server.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveBurns;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore.ModelSlot;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import dev.fovea.server.Application;
import dev.fovea.server.TestModels;
import dev.fovea.storage.ProductionStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectiveConditionsTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path directory;

    private Instant now = NOON;

    private static ModelSlot slot(Instant start, int failures) {
        return new ModelSlot(
                "shirts",
                new ServiceSlot(
                        start,
                        ServiceSlot.SHORT,
                        new ServiceCounts(LatencyHistogram.EMPTY, failures, 0, 0, new ServiceUse(0, 0, 0))));
    }

    @Test
    void shouldHoldWhileABudgetBurnsTooFastOverBothWindows() {
        try (Application application = Application.open(directory)) {
            new TestModels(application).register("shirts", 1);
            ProductionStores stores = application.home().production();
            stores.objectives()
                    .change(
                            "shirts",
                            new ServiceObjectives(
                                    List.of(new Objective(Indicator.AVAILABILITY, Optional.empty(), 99.9)),
                                    Optional.empty()));
            stores.serviceLevels().add("a", List.of(slot(NOON.minusSeconds(600), 6), slot(NOON.minusSeconds(300), 6)));
            ObjectiveConditions conditions = new ObjectiveConditions(
                    new ObjectiveBurns(stores.objectives(), stores.serviceLevels(), () -> now), () -> now);

            List<Condition> holding = conditions.holding();

            assertThat(holding).hasSize(1);
            Condition condition = holding.getFirst();
            assertThat(condition.key()).isEqualTo("objective/shirts/availability");
            assertThat(condition.kind()).isEqualTo(AlertKind.OBJECTIVE);
            assertThat(condition.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(condition.detail())
                    .contains("The objective is 99.9 %.", "more than 14.4 times", "spent in 50 hours");
            assertThat(condition.evidence()).contains("/#/models/shirts/service-level");
            assertThat(condition.since()).isEqualTo(NOON);
            now = NOON.plus(Duration.ofMinutes(1));
            assertThat(conditions.holding()).isEqualTo(holding);
            now = NOON.plus(Duration.ofDays(4));
            assertThat(conditions.holding()).isEmpty();
        }
    }
}
