package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.TallyCell;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.values.FilterValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day that is large enough to be summed up by value, in one file, and the same rows read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrequentValuesTest {

    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(8);
    private static final int ROWS = (int) FrequentValues.MIN_ROWS + 200;

    private ParquetTrafficLog log;

    @BeforeAll
    void open(@TempDir Path home) throws Exception {
        log = LoneServer.stores(home).start(TrafficSettings.DEFAULT, LoneServer.LEASES, () -> SampleRows.NOON);
        for (int first = 0; first < ROWS; first += ROWS / 2) {
            log.append(IntStream.range(first, first + ROWS / 2)
                    .mapToObj(FrequentValuesTest::row)
                    .toList());
            log.settle(); // two files, which are merged since the day is over
        }
    }

    @AfterAll
    void close() {
        log.close();
    }

    /** A third from version 2, every 7th of a detector, every 500th torn; each has a key of its own. */
    private static LoggedPrediction row(int number) {
        PredictedOutput output = number % 7 == 0
                ? new PredictedOutput.FoundObjects(
                        Task.DETECTION,
                        List.of(
                                new LoggedBox("hole", 0.5f, 0, 0, 1, 1),
                                new LoggedBox("hole", 0.25f, 0, 0, 0.5f, 1),
                                new LoggedBox("whole", 0.125f, 0, 0, 0.5f, 1)),
                        3)
                : new PredictedOutput.TopLabels(
                        List.of(
                                new LoggedLabel(number % 500 == 1 ? "torn" : "whole", 0.5f + number % 50 / 128f),
                                new LoggedLabel("other", 0.125f)),
                        0.5f);
        LoggedPrediction row = SampleRows.row("r" + number, DAY.plus(STEP.multipliedBy(number)), output);
        SortedMap<String, String> tags = new TreeMap<>(Map.of("key", "k" + number, "line", "it's 3"));
        if (number % 5 != 0) {
            tags.put("camera", number % 2 == 0 ? "b" : "a");
        }
        return new LoggedPrediction(
                new RequestDetails(
                        row.request().id(),
                        number % 3 == 0 ? Optional.empty() : Optional.of("client-" + number % 3),
                        tags,
                        true),
                row.time(),
                new VersionId("shirts", number % 3 == 0 ? 2 : 1),
                row.contract(),
                row.output(),
                row.image(),
                row.times(),
                row.routing());
    }

    /** Columns and values as {@link FilterValue} has them, with " & " between several. */
    private static TrafficFilter filter(String values, Instant from, Instant to) {
        Map<String, String> stated = new TreeMap<>();
        for (String value : values.split(" & ")) {
            int split = value.indexOf('=');
            stated.put(value.substring(0, split), value.substring(split + 1));
        }
        SortedMap<String, String> tags = new TreeMap<>();
        stated.forEach((column, value) -> {
            if (column.startsWith(FilterValue.TAG)) {
                tags.put(column.substring(FilterValue.TAG.length()), value);
            }
        });
        return new TrafficFilter(
                "shirts",
                from,
                to,
                Optional.empty(),
                Optional.ofNullable(stated.get(FilterValue.LABEL)),
                Optional.ofNullable(stated.get(FilterValue.CLIENT)),
                tags);
    }

    private TrafficTally overMonth(String values) {
        return log.queries().tally(filter(values, DAY.minus(Duration.ofDays(10)), DAY.plus(Duration.ofDays(10))));
    }

    /** Of the day LoneServer.LEASES, whose figures are by hour. */
    private TrafficTally fromRows(String values) {
        return log.queries().tally(filter(values, DAY, DAY.plus(Duration.ofDays(1))));
    }

    private static boolean isByDay(TrafficTally tally) {
        return tally.cells().keySet().stream().allMatch(slot -> slot.hour() % 24 == 0);
    }

    private static void assertSame(TrafficTally tally, TrafficTally expected) {
        assertThat(tally.rows()).isEqualTo(expected.rows());
        assertThat(tally.every(24).keySet()).isEqualTo(expected.every(24).keySet());
        tally.versions().forEach((version, cell) -> {
            TallyCell same = expected.versions().get(version);
            assertThat(cell.rows()).isEqualTo(same.rows());
            assertThat(cell.escalated()).isEqualTo(same.escalated());
            assertThat(cell.meanConfidence()).isCloseTo(same.meanConfidence(), within(1e-9));
            assertThat(cell.micros().quantile(0.5)).isEqualTo(same.micros().quantile(0.5));
            assertThat(cell.measure(InputMeasure.FILE_SIZE)).isEqualTo(same.measure(InputMeasure.FILE_SIZE));
            assertThat(cell.labels()).isEqualTo(same.labels());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "label=whole",
        "label=hole",
        "client=client-1",
        "tag:camera=a",
        "tag:line=it's 3",
        "tag:line=it's 3 & client=client-2",
        "tag:line=it's 3 & label=hole"
    })
    void shouldSumUpFrequentValuesOfWholeDaysFromMetadata(String values) {
        TrafficTally tally = overMonth(values);

        assertThat(tally.rows()).isGreaterThan(ROWS / 100);
        assertThat(isByDay(tally)).isTrue();
        assertSame(tally, fromRows(values));
    }

    @ParameterizedTest
    @CsvSource({"label=torn, 18", "tag:key=k77, 1", "tag:camera=b & client=client-1, 1360"})
    void shouldReadRowsOfRareValuesAndOfSeveralConditions(String values, long rows) {
        TrafficTally tally = overMonth(values);

        assertThat(tally.rows()).isEqualTo(rows);
        assertSame(tally, fromRows(values));
    }

    @ParameterizedTest
    @CsvSource({"tag:camera=c", "tag:shift=late", "client=nobody", "label=other", "tag:camera=c & tag:key=k1"})
    void shouldFindNothingOfValuesThatNoRowHas(String values) {
        assertThat(overMonth(values).rows()).isZero();
        assertThat(fromRows(values).rows()).isZero();
    }

    @Test
    void shouldCountOnlyTheRowsWithinTheTime() {
        Instant noon = DAY.plus(Duration.ofHours(12));
        TrafficTally tally = log.queries().tally(filter("tag:line=it's 3", noon, noon.plus(Duration.ofDays(20))));

        assertThat(tally.rows()).isEqualTo(ROWS - Duration.ofHours(12).dividedBy(STEP));
    }

    @Test
    void shouldCountOnlyTheVersionOfAFilter() {
        TrafficFilter all = filter("tag:line=it's 3", DAY.minus(Duration.ofDays(10)), DAY.plus(Duration.ofDays(10)));
        TrafficTally tally = log.queries()
                .tally(new TrafficFilter(
                        all.model(), all.from(), all.to(), Optional.of(2), all.label(), all.client(), all.tags()));

        assertThat(isByDay(tally)).isTrue();
        assertThat(tally.versions()).containsOnlyKeys(2);
        assertThat(tally.rows()).isEqualTo(ROWS / 3);
    }
}
