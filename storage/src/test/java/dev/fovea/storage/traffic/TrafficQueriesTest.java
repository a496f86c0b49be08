package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.TallyCell;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.TrafficTally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficQueriesTest {

    private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    private Path home;

    private ParquetTrafficLog log;

    @BeforeEach
    void open() throws Exception {
        log = LoneServer.stores(home).start(TrafficSettings.DEFAULT, LoneServer.LEASES, () -> SampleRows.NOON);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static LoggedPrediction row(int number, int version, String label, String camera) {
        LoggedPrediction row = SampleRows.row(
                "r" + number,
                START.plus(Duration.ofMinutes(20L * number)),
                new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel(label, 0.5f + number % 50 / 100f), new LoggedLabel("other", 0.1f)),
                        0.5f));
        return new LoggedPrediction(
                new RequestDetails(
                        row.request().id(), Optional.of("line"), new TreeMap<>(Map.of("camera", camera)), true),
                row.time(),
                new VersionId("shirts", version),
                row.contract(),
                row.output(),
                row.image(),
                row.times(),
                row.routing());
    }

    /** Two days: of 120 rows a third is of version 2, half of camera b, a quarter labelled torn. */
    private static List<LoggedPrediction> rows() {
        List<LoggedPrediction> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(row(i, i % 3 == 0 ? 2 : 1, i % 4 == 0 ? "torn" : "whole", i % 2 == 0 ? "b" : "a"));
        }
        return rows;
    }

    private static TrafficFilter all() {
        return TrafficFilter.of("shirts", START, END);
    }

    private static TrafficFilter where(Optional<Integer> version, Optional<String> label, Map<String, String> tags) {
        return new TrafficFilter("shirts", START, END, version, label, Optional.empty(), new TreeMap<>(tags));
    }

    @Test
    void shouldSumUpFilesAndRowsThatAreInNoneYet() throws Exception {
        log.append(rows().subList(0, 50));
        log.settle();
        log.append(rows().subList(50, 80));
        log.settle();
        log.append(rows().subList(80, 120));

        TrafficTally tally = log.queries().tally(all());

        assertThat(tally.rows()).isEqualTo(120);
        assertThat(tally.versions().get(2).rows()).isEqualTo(40);
        assertThat(tally.versions().get(1).labels().get("torn").count()).isEqualTo(20);
        assertThat(tally.every(24).values()).extracting(TallyCell::rows).containsExactly(48L, 24L, 32L, 16L);
        assertThat(tally.versions().get(1).measure(InputMeasure.BRIGHTNESS).mean())
                .isCloseTo(101.5, within(1e-6));
        // 9.6 ms, within 1 %
        assertThat(tally.versions().get(1).micros().quantile(0.5)).isCloseTo(9600, within(97.0));
    }

    @Test
    void shouldGiveTheSameFiguresFromMetadataAndFromRows() throws Exception {
        log.append(rows());
        log.settle();

        TrafficTally fromMetadata = log.queries().tally(all());
        TrafficTally fromRows = log.queries().tally(where(Optional.empty(), Optional.empty(), Map.of("camera", "b")));
        TrafficTally others = log.queries().tally(where(Optional.empty(), Optional.empty(), Map.of("camera", "a")));
        fromRows.add(others);

        assertThat(fromRows.rows()).isEqualTo(fromMetadata.rows());
        fromMetadata.cells().forEach((slot, cell) -> {
            TallyCell same = fromRows.cells().get(slot);
            assertThat(same.labels().keySet()).isEqualTo(cell.labels().keySet());
            assertThat(same.meanConfidence()).isCloseTo(cell.meanConfidence(), within(1e-9));
            assertThat(same.micros().quantile(0.99)).isEqualTo(cell.micros().quantile(0.99));
            assertThat(same.measure(InputMeasure.SHARPNESS).mean())
                    .isCloseTo(cell.measure(InputMeasure.SHARPNESS).mean(), within(1e-6));
            assertThat(same.escalated()).isEqualTo(cell.escalated());
        });
    }

    @Test
    void shouldFilterByVersionLabelAndTag() throws Exception {
        log.append(rows());
        log.settle();

        assertThat(log.queries()
                        .tally(where(Optional.of(2), Optional.empty(), Map.of()))
                        .rows())
                .isEqualTo(40);
        assertThat(log.queries()
                        .tally(where(Optional.empty(), Optional.of("torn"), Map.of()))
                        .rows())
                .isEqualTo(30);
        assertThat(log.queries()
                        .tally(where(Optional.of(2), Optional.of("torn"), Map.of("camera", "b")))
                        .rows())
                .isEqualTo(10);
        assertThat(log.queries()
                        .tally(where(Optional.empty(), Optional.of("it's"), Map.of("x'", "y")))
                        .rows())
                .isZero();
    }

    @Test
    void shouldKeepFiguresWhenFilesAreMerged() throws Exception {
        for (int i = 0; i < 120; i += 10) {
            log.append(rows().subList(i, i + 10));
            log.settle();
        }

        assertThat(log.queries().tally(all()).rows()).isEqualTo(120);
    }

    @Test
    void shouldCountTheRowsOfAFileWithoutMetadata() throws Exception {
        log.append(rows());
        log.settle();
        try (Stream<Path> files = Files.walk(home.resolve("traffic"));
                Connection duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duck.createStatement()) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
                Path copy = home.resolve("copy.parquet");
                statement.execute("COPY (SELECT * FROM read_parquet('%s', hive_partitioning = false)) TO '%s'"
                        .formatted(file, copy));
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        assertThat(log.queries().tally(all()).rows()).isEqualTo(120);
    }

    @Test
    void shouldListTheNewestFirst() throws Exception {
        log.append(rows().subList(0, 100));
        log.settle();
        log.append(rows().subList(100, 120));

        assertThat(log.queries().newest(all(), 3, 1))
                .extracting(row -> row.request().id())
                .containsExactly("r118", "r117", "r116");
    }

    @Test
    void shouldFindTheRowsOfARequest() throws Exception {
        log.append(rows());
        log.settle();

        assertThat(log.queries().ofRequest(all(), "r77")).containsExactly(rows().get(77));
    }
}
