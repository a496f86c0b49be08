package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.monitoring.alerts.AlertRule;
import dev.fovea.monitoring.alerts.Baseline;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsCodecTest {

    private final VersionStatistics written = fresh();

    @Test
    void shouldRoundTrip() throws IOException {
        VersionStatistics read = read(bytes());
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(2, 1));
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
    }

    /** The first format ends before the peak. */
    @Test
    void shouldReadFiguresFromBeforeThereWasAPeak() throws IOException {
        byte[] bytes = withoutSquares(1);
        byte[] earlier = Arrays.copyOf(bytes, bytes.length - Double.BYTES - 2 * Long.BYTES);
        VersionStatistics read = read(earlier);
        assertThat(read.modelPeak).isZero();
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
    }

    /** The second ends before the cache. */
    @Test
    void shouldReadFiguresFromBeforeThereWasACache() throws IOException {
        byte[] bytes = withoutSquares(2);
        byte[] earlier = Arrays.copyOf(bytes, bytes.length - 2 * Long.BYTES);
        VersionStatistics read = read(earlier);
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(0, 0));
    }

    /** The third knows no squares of confidences. */
    @Test
    void shouldReadFiguresFromBeforeThereWereVariances() throws IOException {
        VersionStatistics read = read(withoutSquares(3));
        assertThat(read.counters.cache()).isEqualTo(new MetricsSnapshot.CacheMetrics(2, 1));
        assertThat(read.alert.baseline()).isEqualTo(new Baseline.NoBaseline());
        assertThat(read.confidence.count()).isEqualTo(1);
    }

    @Test
    void shouldNotReadAFormatThatItDoesNotKnow() {
        byte[] later = bytes();
        later[0] = 5;
        assertThatThrownBy(() -> read(later)).isInstanceOf(IOException.class).hasMessageContaining("5");
    }

    /** The present bytes with the alert as formats up to 3 had it: sums alone, no baseline, no alarm. */
    private byte[] withoutSquares(int format) throws IOException {
        byte[] bytes = bytes();
        ByteArrayOutputStream alert = new ByteArrayOutputStream();
        written.alert.write(new DataOutputStream(alert));
        ByteArrayOutputStream earlier = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(earlier);
        out.writeByte(format);
        out.writeInt(10);
        out.writeInt(20);
        out.write(new byte[10 * Double.BYTES + Long.BYTES]);
        out.writeDouble(0.9);
        out.writeInt(1);
        out.writeByte(0);
        out.writeBoolean(false);
        out.write(bytes, 1 + alert.size(), bytes.length - 1 - alert.size());
        return earlier.toByteArray();
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
