package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
    @ValueSource(bytes = {1, 2, 3, 6})
    void shouldRefuseAnotherFormatWithItsNumber(byte format) {
        byte[] other = bytes();
        other[0] = format;
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(IOException.class)
                .hasMessage("their format is %d, this program reads 4 and 5".formatted(format));
    }

    /** Programs before this one had the state of a confidence alert in front. */
    @Test
    void shouldReadTheFormatWithAConfidenceAlert() throws IOException {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(before);
        out.writeByte(4);
        out.writeInt(2); // blocks
        out.writeInt(20); // responses of a block
        for (double sum : new double[] {18, 16.2, 18, 16.2}) {
            out.writeDouble(sum);
        }
        out.writeLong(2); // full blocks
        out.writeDouble(1.8);
        out.writeDouble(1.6);
        out.writeInt(2);
        out.writeByte(2); // a known baseline
        out.writeLong(1_700_000_000);
        out.writeInt(0);
        out.writeDouble(0.9);
        out.writeLong(500);
        out.writeDouble(5);
        out.writeBoolean(true); // fallen
        out.writeLong(1_700_000_100);
        out.writeInt(0);
        out.writeDouble(0.9);
        out.writeDouble(0.7);
        byte[] now = bytes();
        out.write(now, 1, now.length - 1);
        VersionStatistics read = read(before.toByteArray());
        assertThat(read.modelPeak).isEqualTo(12.5);
        assertThat(read.classes).containsExactlyEntriesOf(written.classes);
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
        return new VersionStatistics(1, new VersionCounters());
    }
}
