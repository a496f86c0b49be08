package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.VersionId;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.Workspace;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionLogTest {

    @TempDir
    private Path home;

    private Instant now = SampleRows.NOON;

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(home.resolve("tmp"));
    }

    private ParquetTrafficLog open(TrafficSettings settings) {
        return open(settings, file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private ParquetTrafficLog open(TrafficSettings settings, DurableFiles.ChannelOpener opener) {
        return TrafficStores.in(home, new Workspace(home.resolve("tmp")), opener)
                .start(settings, LoneServer.LEASES, () -> now);
    }

    private static List<LoggedPrediction> all(ParquetTrafficLog log) {
        try (Stream<LoggedPrediction> rows = log.read("shirts", Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))) {
            return rows.toList();
        }
    }

    private List<Path> parquet() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("traffic"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("traffic/segments"))) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldReadRowsOfEveryTaskFromSegmentsAndFromParquetFiles() throws Exception {
        List<LoggedPrediction> rows = SampleRows.ofEveryTask();
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(rows);

            assertThat(all(log)).isEqualTo(rows);
            log.settle();
            assertThat(all(log)).isEqualTo(rows);

            assertThat(segments()).isEmpty();
            assertThat(parquet())
                    .singleElement()
                    .satisfies(file ->
                            assertThat(file.toString()).contains("traffic/model=shirts/day=2026-11-30/part-0-"));
        }
    }

    @Test
    void shouldReadOnlyTheAskedTimeInItsOrder() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("late", SampleRows.NOON.plusSeconds(50), 10));
            log.settle();
            log.append(SampleRows.rows("early", SampleRows.NOON, 10));

            try (Stream<LoggedPrediction> rows =
                    log.read("shirts", SampleRows.NOON.plusSeconds(8), SampleRows.NOON.plusSeconds(52))) {
                assertThat(rows)
                        .extracting(row -> row.request().id())
                        .containsExactly("early8", "early9", "late0", "late1");
            }
        }
    }

    @Test
    void shouldTakeUpTheSegmentsOfAProcessThatHasEnded() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 5));
        }
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            assertThat(all(log)).hasSize(5);

            log.settle();

            assertThat(all(log)).hasSize(5);
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void shouldLetTwoServersWriteSideBySide() throws Exception {
        try (ParquetTrafficLog one = open(TrafficSettings.DEFAULT);
                ParquetTrafficLog other = open(TrafficSettings.DEFAULT)) {
            one.append(SampleRows.rows("one", SampleRows.NOON, 3));
            other.append(SampleRows.rows("other", SampleRows.NOON, 3));
            one.settle();

            assertThat(all(one)).hasSize(6);
            other.settle();
            assertThat(all(one)).hasSize(6);
            assertThat(all(other)).hasSize(6);
        }
    }

    @Test
    void shouldKeepTheRowsBeforeAFrameThatWasNotWrittenToItsEnd() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 5));
            log.append(SampleRows.rows("b", SampleRows.NOON, 5));
        }
        Path segment = segments().getFirst();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }

        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.settle();

            assertThat(all(log)).extracting(row -> row.request().id()).containsExactly("a0", "a1", "a2", "a3", "a4");
            assertThat(log.status().damaged()).isZero();
        }
    }

    @Test
    void shouldSetADamagedSegmentAsideAndKeepTheRowsBeforeTheDamage() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 5));
            log.append(SampleRows.rows("b", SampleRows.NOON, 5));
        }
        damage(segments().getFirst(), -40);

        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.settle();

            assertThat(all(log)).hasSize(5);
            assertThat(log.status().damaged()).isEqualTo(1);
            assertThat(home.resolve("traffic/damaged")).isDirectoryContaining("glob:**.segment");
        }
    }

    @Test
    void shouldSetADamagedParquetFileAsideAndReadTheOthers() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 500));
            log.settle();
            log.append(SampleRows.rows("b", SampleRows.NOON, 5));
            log.settle();
            damage(parquet().getFirst(), 200);

            assertThat(all(log)).extracting(row -> row.request().id()).containsExactly("b0", "b1", "b2", "b3", "b4");
            assertThat(log.status().damaged()).isEqualTo(1);
            assertThat(log.status().problem())
                    .hasValueSatisfying(problem ->
                            assertThat(problem).startsWith("1 damaged file of the prediction log was set aside"));
            assertThat(home.resolve("traffic/damaged")).isDirectoryContaining("glob:**.parquet");
        }
    }

    @Test
    void shouldCountADamagedFileThatAnotherProcessHasFound() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 500));
            log.settle();
            damage(parquet().getFirst(), 200);
            List<LoggedPrediction> read = new ArrayList<>();

            try (StoredPredictions command = LoneServer.stores(home).predictions()) {
                command.find("shirts", Set.of("a1"), read::add);
            }

            assertThat(read).isEmpty();
            assertThat(log.status().damaged()).isEqualTo(1);
        }
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            assertThat(log.status().damaged()).as("known from before").isZero();
        }
    }

    @Test
    void shouldSetATruncatedParquetFileAside() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 500));
            log.settle();
            try (RandomAccessFile file =
                    new RandomAccessFile(parquet().getFirst().toFile(), "rw")) {
                file.setLength(file.length() / 2);
            }

            assertThat(all(log)).isEmpty();
            assertThat(log.status().damaged()).isEqualTo(1);
        }
    }

    private static void damage(Path path, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at < 0 ? file.length() + at : at);
            file.write(new byte[] {7, 7, 7, 7, 7, 7, 7, 7});
        }
    }

    @Test
    void shouldCountWhatAFullDiskLosesAndGoOnWhenThereIsRoom() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT, file -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        })) {
            log.append(SampleRows.rows("lost", SampleRows.NOON, 7));

            assertThat(log.status().lost()).containsEntry("shirts", 7L);
            assertThat(log.status().problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("No space left on device", "Free space"));

            full.set(false);
            log.append(SampleRows.rows("kept", SampleRows.NOON, 2));
            assertThat(log.status().kept()).containsEntry("shirts", 2L);
            assertThat(log.status().problem()).isEmpty();
            assertThat(all(log)).hasSize(2);
        }
    }

    @Test
    void shouldMergeSmallFilesWithoutLosingOrDoublingRows() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            for (int i = 0; i < PartUpkeep.MERGE; i++) {
                log.append(SampleRows.rows("r" + i + "-", SampleRows.NOON.plusSeconds(10L * i), 10));
                log.settle();
            }

            assertThat(parquet())
                    .singleElement()
                    .satisfies(file -> assertThat(file.toString()).contains("part-1-"));
            assertThat(all(log))
                    .hasSize(80)
                    .isEqualTo(all(log).stream().distinct().toList());
        }
    }

    @Test
    void shouldDeleteWhatAMergedFileReplacesAfterACrash() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            Path saved = home.resolve("saved");
            for (int i = 0; i < PartUpkeep.MERGE; i++) {
                log.append(SampleRows.rows("r" + i + "-", SampleRows.NOON, 1));
                if (i == PartUpkeep.MERGE - 1) {
                    Path first = parquet().getFirst();
                    Files.copy(first, saved);
                    log.settle();
                    Files.copy(saved, first); // as a process that was killed before it deleted it leaves it
                } else {
                    log.settle();
                }
            }
            assertThat(all(log)).hasSize(9);

            log.settle();

            assertThat(all(log)).hasSize(8);
        }
    }

    @Test
    void shouldDeleteDaysThatAreTooOldAndNoOthers() throws Exception {
        try (ParquetTrafficLog log = open(new TrafficSettings(true, 3, 1 << 30))) {
            for (int day = 0; day < 6; day++) {
                log.append(SampleRows.rows("day" + day, SampleRows.NOON.minus(Duration.ofDays(day)), 1));
            }
            log.settle();

            assertThat(all(log))
                    .extracting(row -> row.request().id())
                    .containsExactly("day30", "day20", "day10", "day00");
        }
    }

    @Test
    void shouldDeleteNothingByAgeWhenTheClockJumps() throws Exception {
        try (ParquetTrafficLog log = open(new TrafficSettings(true, 3, 1 << 30))) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 1));
            log.settle();

            now = SampleRows.NOON.plus(Duration.ofDays(400));
            log.settle();

            assertThat(all(log)).hasSize(1);
        }
    }

    @Test
    void shouldDeleteTheOldestDaysAboveTheSize() throws Exception {
        try (ParquetTrafficLog log = open(new TrafficSettings(true, 30, 1))) {
            log.append(SampleRows.rows("a", SampleRows.NOON, 1));
            log.settle();

            assertThat(all(log)).isEmpty();
        }
    }

    @Test
    void shouldKeepRowsWhoseClockRanBackwards() throws Exception {
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(SampleRows.rows("later", SampleRows.NOON, 2));
            log.append(SampleRows.rows("before", Instant.parse("1970-01-01T00:00:05Z"), 1));

            assertThat(all(log)).extracting(row -> row.request().id()).containsExactly("before0", "later0", "later1");
        }
    }

    @Test
    void shouldLeaveOutRowsWithoutAVersionWhenItIsRead() throws Exception {
        LoggedPrediction row = SampleRows.row("a", SampleRows.NOON);
        try (ParquetTrafficLog log = open(TrafficSettings.DEFAULT)) {
            log.append(List.of(new LoggedPrediction(
                    row.request(),
                    row.time(),
                    new VersionId("shirts", LoggedPrediction.NO_VERSION),
                    "",
                    row.output(),
                    row.image(),
                    row.times(),
                    row.routing())));
            log.settle();

            assertThat(all(log)).isEmpty();
            assertThat(parquet()).hasSize(1);
        }
    }
}
