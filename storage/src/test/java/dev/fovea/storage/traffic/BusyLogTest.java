package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come faster than they are turned into Parquet files. */
class BusyLogTest {

    private static final int FRAMES = 60;

    @TempDir
    private Path home;

    /** A segment is read into memory, so that a large one would end the process, and the next one that takes it up. */
    @Test
    void shouldBeginAnotherSegmentWhenOneIsFull() throws IOException {
        List<LoggedPrediction> frame = SampleRows.rows("a", SampleRows.NOON, 2000);
        long largest = 0;
        long frameBytes = 0;
        try (ParquetTrafficLog log =
                LoneServer.stores(home).start(TrafficSettings.DEFAULT, LoneServer.LEASES, () -> SampleRows.NOON)) {
            for (int i = 0; i < FRAMES; i++) {
                log.append(frame);
                largest = Math.max(largest, largestSegment());
                frameBytes = i == 0 ? largest : frameBytes;
            }
            assertThat(log.status().lost()).isEmpty();
            assertThat(log.status().kept()).containsEntry("shirts", (long) FRAMES * frame.size());
        }
        assertThat(frameBytes).isPositive();
        assertThat(largest).isBetween(ParquetTrafficLog.MAX_BYTES, ParquetTrafficLog.MAX_BYTES + frameBytes);
    }

    private long largestSegment() throws IOException {
        long largest = 0;
        for (Path folder : inside(home.resolve("traffic/segments"))) {
            if (Files.isDirectory(folder)) {
                for (Path file : inside(folder)) {
                    largest = Math.max(largest, file.toString().endsWith(".segment") ? size(file) : 0);
                }
            }
        }
        return largest;
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** The size of a file, which may just have been turned into a Parquet file. */
    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
