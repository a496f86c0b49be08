package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsCodecTest {

    private final VersionStatistics written = fresh();

    @Test
    void shouldReadWhatItWrote() throws IOException {
        VersionStatistics read = read(bytes());
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(2, 1));
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
    }

    /** The first format ends before the peak. */
    @Test
    void shouldReadFiguresFromBeforeThereWasAPeak() throws IOException {
        byte[] bytes = bytes();
        byte[] earlier = Arrays.copyOf(bytes, bytes.length - Double.BYTES - 2 * Long.BYTES);
        earlier[0] = 1;
        VersionStatistics read = read(earlier);
        assertThat(read.modelPeak).isZero();
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
    }

    /** The second ends before the cache. */
    @Test
    void shouldReadFiguresFromBeforeThereWasACache() throws IOException {
        byte[] bytes = bytes();
        byte[] earlier = Arrays.copyOf(bytes, bytes.length - 2 * Long.BYTES);
        earlier[0] = 2;
        VersionStatistics read = read(earlier);
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(0, 0));
    }

    @Test
    void shouldNotReadAFormatThatItDoesNotKnow() {
        byte[] later = bytes();
        later[0] = 4;
        assertThatThrownBy(() -> read(later)).isInstanceOf(IOException.class).hasMessageContaining("4");
    }

    private byte[] bytes() {
        written.add(
                Observations.answered(Observations.SHIRTS_1, "hole", 0.9, 4).outcome(),
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
