package dev.fovea.server.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.accuracy.KnownAccuracy;
import dev.fovea.monitoring.accuracy.KnownAccuracy.LabelSampling;
import dev.fovea.monitoring.accuracy.KnownAccuracy.LabelsUsed;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.server.Application;
import dev.fovea.server.TestModels;
import dev.fovea.statistics.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyConditionsTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path directory;

    private Instant now = NOON;
    private Optional<KnownAccuracy> known = Optional.empty();

    private static KnownAccuracy labels(Interval once, Interval everyLook) {
        return new KnownAccuracy(
                once, everyLook, once, new LabelsUsed(60, LabelSampling.REPORTED, Optional.empty()), List.of());
    }

    @Test
    void shouldHoldWhenLabelsShowAtEveryLookThatAccuracyIsBelowItsObjective() {
        try (Application application = Application.open(directory)) {
            TestModels models = new TestModels(application);
            models.promote(models.register("shirts", 1));
            ObjectiveStore objectives = application.home().production().objectives();
            objectives.change(
                    "shirts",
                    new ServiceObjectives(
                            List.of(new Objective(Indicator.ACCURACY, Optional.empty(), 90)), Optional.empty()));
            AccuracyConditions conditions =
                    new AccuracyConditions(application.registry(), objectives, (version, window) -> known, () -> now);

            assertThat(conditions.holding()).as("nothing is labelled").isEmpty();

            known = Optional.of(labels(new Interval(0.7, 0.58, 0.8), new Interval(0.7, 0.5, 0.91)));
            now = now.plus(Duration.ofMinutes(10));
            assertThat(conditions.holding())
                    .as("one look would say so, but many looks would often be wrong")
                    .isEmpty();

            known = Optional.of(labels(new Interval(0.7, 0.6, 0.8), new Interval(0.7, 0.55, 0.85)));
            now = now.plus(Duration.ofMinutes(10));
            List<Condition> holding = conditions.holding();
            assertThat(holding).singleElement().satisfies(condition -> {
                assertThat(condition.key()).isEqualTo("accuracy/shirts");
                assertThat(condition.kind()).isEqualTo(AlertKind.ACCURACY);
                assertThat(condition.severity()).isEqualTo(Severity.WARNING);
                assertThat(condition.title()).isEqualTo("The accuracy of shirts:1 is below its objective");
                assertThat(condition.detail())
                        .startsWith("It is 70.0 % [55.0, 85.0] by 60 labels of this month, and the objective is 90 %.");
            });

            known = Optional.empty();
            assertThat(conditions.holding())
                    .as("within ten minutes it is not read again")
                    .isEqualTo(holding);
            now = now.plus(Duration.ofMinutes(10));
            assertThat(conditions.holding()).isEmpty();
        }
    }
}
