package dev.fovea.traffic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.decoder.Task;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeepKeysTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void shouldGiveOneRequestTheSameRandomKeyOnAllServers() {
        assertThat(KeepKeys.random("order-1", NOON))
                .isEqualTo(KeepKeys.random("order-1", NOON))
                .isBetween(0.0, 1.0);
    }

    @Test
    void shouldGiveRequestsThatShareAnIdKeysOfTheirOwn() {
        assertThat(Stream.iterate(NOON, time -> time.plusSeconds(1)).limit(100).map(time -> KeepKeys.random("1", time)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldCallAClassifierCertainByTheMarginOfItsTwoBestLabels() {
        assertThat(KeepKeys.certainty(new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel("hole", 0.5f), new LoggedLabel("tear", 0.25f)), 1)))
                .isEqualTo(0.25);
        assertThat(KeepKeys.certainty(new PredictedOutput.TopLabels(List.of(new LoggedLabel("hole", 1)), 0)))
                .as("one label is always certain")
                .isNaN();
    }

    @Test
    void shouldCallAMultiLabelClassifierCertainByItsEntropy() {
        assertThat(KeepKeys.certainty(new PredictedOutput.ManyLabels(List.of(), (float) Math.log(2))))
                .isCloseTo(0, within(1e-6));
        assertThat(KeepKeys.certainty(new PredictedOutput.ManyLabels(List.of(), 0)))
                .isEqualTo(1);
    }

    @Test
    void shouldCallADetectorCertainByItsMostDoubtfulObject() {
        assertThat(KeepKeys.certainty(new PredictedOutput.FoundObjects(
                        Task.DETECTION,
                        List.of(new LoggedBox("car", 1, 0, 0, 1, 1), new LoggedBox("bus", 0.5f, 0, 0, 1, 1)),
                        2)))
                .isZero();
        assertThat(KeepKeys.certainty(new PredictedOutput.FoundObjects(Task.DETECTION, List.of(), 0)))
                .isNaN();
    }
}
