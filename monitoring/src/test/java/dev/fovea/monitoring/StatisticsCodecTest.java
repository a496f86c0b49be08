package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.monitoring.alerts.AlertRule;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsCodecTest {

    private final VersionStatistics written = fresh();

    @Test
    void shouldRoundTrip() throws IOException {
        VersionStatistics read = read(bytes());
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(2, 1));
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
    }

    @ParameterizedTest
    @ValueSource(bytes = {1, 2, 3, 5})
    void shouldRefuseAnotherFormatWithItsNumber(byte format) {
        byte[] other = bytes();
        other[0] = format;
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(IOException.class)
                .hasMessage("their format is %d, this program reads 4".formatted(format));
    }

    private byte[] bytes() {
        written.add(
                Observations.predicted(Observations.SHIRTS_1, "hole", 0.9, 4).outcome(),
                Instant.parse("2026-11-21T12:00:00Z"));
        written.modelPeak = 12.5;
        written.counters.restore(0, Map.of(), new MetricsSnapshot.CacheMetrics(2, 1));
        return StatisticsCodec.write(written);
    }

    private static VersionStatistics read(byte[] bytes) throws IOException {
        VersionStatistics read = fresh();
        StatisticsCodec.read(bytes, read);
        return read;
    }

    private static VersionStatistics fresh() {
        return new VersionStatistics(1, new VersionCounters(), AlertRule.DEFAULT);
    }
}
