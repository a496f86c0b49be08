package dev.fovea.monitoring;

import dev.fovea.monitoring.MetricsSnapshot.CacheMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The bytes as which a version's statistics survive a restart; the charts' last ten minutes are not among them. */
final class StatisticsCodec {

    private static final int FORMAT = 5;

    /** Began with the state of a confidence alert, which is passed over. */
    private static final int FORMAT_WITH_ALERT = 4;

    private StatisticsCodec() {}

    static byte[] write(VersionStatistics statistics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(statistics.counters.requests());
            writeCounts(out, statistics.counters.errors());
            out.writeByte(Stage.values().length);
            for (Stage stage : Stage.values()) {
                out.writeUTF(stage.key());
                latency(statistics, stage).write(out);
            }
            statistics.confidence.write(out);
            statistics.width.write(out);
            statistics.height.write(out);
            writeCounts(out, statistics.classes);
            writeCounts(out, statistics.formats);
            out.writeDouble(statistics.modelPeak);
            out.writeLong(statistics.counters.cache().hits());
            out.writeLong(statistics.counters.cache().misses());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Fills fresh statistics; an {@link IOException} when the bytes are of another format or damaged. */
    static void read(byte[] bytes, VersionStatistics statistics) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readByte();
        if (format == FORMAT_WITH_ALERT) {
            passAlert(in);
        } else if (format != FORMAT) {
            throw new IOException(
                    "their format is %d, this program reads %d and %d".formatted(format, FORMAT_WITH_ALERT, FORMAT));
        }
        long requests = in.readLong();
        Map<String, Long> errors = readCounts(in);
        int stages = in.readByte();
        for (int i = 0; i < stages; i++) {
            statistics.latencies.put(stage(in.readUTF()), Latency.read(in));
        }
        statistics.confidence = Distribution.read(in);
        statistics.width = Distribution.read(in);
        statistics.height = Distribution.read(in);
        statistics.classes = readCounts(in);
        statistics.formats = readCounts(in);
        statistics.modelPeak = in.readDouble();
        statistics.counters.restore(requests, errors, new CacheMetrics(in.readLong(), in.readLong()));
    }

    /** Sums of recent confidences, a baseline, and a fall. */
    private static void passAlert(DataInputStream in) throws IOException {
        int slots = in.readInt();
        in.skipNBytes(Integer.BYTES + 2L * slots * Double.BYTES + Long.BYTES + 2L * Double.BYTES + Integer.BYTES);
        int instant = Long.BYTES + Integer.BYTES;
        int baseline = in.readByte();
        in.skipNBytes(baseline == 0 ? 0 : baseline == 1 ? instant : instant + 2L * Double.BYTES + Long.BYTES);
        if (in.readBoolean()) {
            in.skipNBytes(instant + 2L * Double.BYTES);
        }
    }

    private static Latency latency(VersionStatistics statistics, Stage stage) {
        return statistics.latencies.getOrDefault(stage, new Latency());
    }

    private static Stage stage(String key) throws IOException {
        for (Stage stage : Stage.values()) {
            if (stage.key().equals(key)) {
                return stage;
            }
        }
        throw new IOException("the stage \"%s\" is not known".formatted(key));
    }

    private static void writeCounts(DataOutputStream out, Map<String, Long> counts) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            out.writeUTF(count.getKey());
            out.writeLong(count.getValue());
        }
    }

    private static Map<String, Long> readCounts(DataInputStream in) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            counts.put(in.readUTF(), in.readLong());
        }
        return counts;
    }
}
