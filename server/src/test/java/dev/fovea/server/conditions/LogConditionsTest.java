package dev.fovea.server.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.traffic.StreamCounts;
import dev.fovea.traffic.TrafficLogStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogConditionsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Instant now = NOON;
    private Map<String, StreamCounts> stream = Map.of();
    private TrafficLogStatus log = TrafficLogStatus.OFF;
    private final LogConditions conditions = new LogConditions("here:8080", () -> stream, () -> log, () -> now);

    @Test
    void shouldHoldForFiveMinutesAfterTheLastLostRow() {
        stream = Map.of("mugs", new StreamCounts(10, 0, 0), "shirts", new StreamCounts(10, 0, 0));
        assertThat(conditions.holding()).isEmpty();
        stream = Map.of("mugs", new StreamCounts(20, 0, 0), "shirts", new StreamCounts(20, 3, 0));
        assertThat(conditions.holding()).singleElement().satisfies(condition -> {
            assertThat(condition.key()).isEqualTo("log/here:8080/rows-lost/shirts");
            assertThat(condition.kind()).isEqualTo(AlertKind.ROWS_LOST);
            assertThat(condition.model()).contains("shirts");
            assertThat(condition.since()).isEqualTo(NOON);
        });
        now = now.plus(Duration.ofMinutes(4));
        stream = Map.of("shirts", new StreamCounts(20, 4, 0));
        assertThat(conditions.holding())
                .singleElement()
                .extracting(Condition::since)
                .isEqualTo(NOON);
        now = now.plus(Duration.ofMinutes(5).minusMillis(1));
        assertThat(conditions.holding()).hasSize(1);
        now = now.plusMillis(1);
        assertThat(conditions.holding()).isEmpty();
    }

    @Test
    void shouldSayWhatKeepsRowsFromBeingKept() {
        log = new TrafficLogStatus(
                new TreeMap<>(), new TreeMap<>(Map.of("shirts", 7L)), 0, Optional.of("The disk is full. Free space."));
        assertThat(conditions.holding())
                .singleElement()
                .satisfies(condition -> assertThat(condition.detail()).startsWith("The disk is full. Free space."));
    }
}
