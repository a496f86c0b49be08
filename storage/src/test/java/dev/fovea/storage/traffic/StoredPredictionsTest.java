package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.registry.VersionId;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.truth.PredictionLookup.KeyAtTime;
import dev.fovea.traffic.truth.PredictionLookup.SampledPredictions;
import dev.fovea.traffic.truth.PredictionLookup.WantedPredictions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a Parquet file and of a segment that is not among them yet. */
class StoredPredictionsTest {

    private static final VersionId SHIRTS = new VersionId("shirts", 2);
    private static final Instant NOON = SampleRows.NOON;
    private static final Duration DAYS = Duration.ofDays(30);
    private static final int ROWS = 6_000;

    @TempDir
    private Path home;

    private ParquetTrafficLog log;
    private StoredPredictions predictions;

    @BeforeEach
    void open() throws Exception {
        TrafficStores stores = LoneServer.stores(home);
        log = stores.start(TrafficSettings.DEFAULT, LoneServer.LEASES, () -> NOON);
        predictions = stores.predictions();
    }

    @AfterEach
    void close() {
        predictions.close();
        log.close();
    }

    private static LoggedPrediction row(
            String id, Instant time, VersionId version, Map<String, String> tags, LoggedRouting routing) {
        LoggedPrediction row = SampleRows.row(id, time);
        return new LoggedPrediction(
                new RequestDetails(id, Optional.of("line 3"), new TreeMap<>(tags), true),
                time,
                version,
                row.contract(),
                row.output(),
                row.image(),
                row.times(),
                routing);
    }

    private static LoggedRouting routing(LoggedRouting.Role role, Optional<String> servedBy) {
        return new LoggedRouting("shirts", role, LoggedRouting.CacheResult.MISS, servedBy, Optional.empty());
    }

    @Test
    void shouldSampleTheOthersAlikeAndGiveAllThatAreNamed() throws Exception {
        LoggedRouting own = routing(LoggedRouting.Role.REQUESTED, Optional.empty());
        List<LoggedPrediction> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(row("r" + i, NOON.plusSeconds(i), SHIRTS, Map.of(), own));
        }
        rows.add(row("other version", NOON, new VersionId("shirts", 1), Map.of(), own));
        rows.add(row("in shadow", NOON, SHIRTS, Map.of(), routing(LoggedRouting.Role.CASCADE, Optional.empty())));
        rows.add(row("before", NOON.minusSeconds(1), SHIRTS, Map.of(), own));
        log.append(rows.subList(ROWS / 2, rows.size()));
        log.settle();
        log.append(rows.subList(0, ROWS / 2));
        Set<String> named = Set.of("r1", "r2", "never predicted", "before");
        List<LoggedPrediction> given = new ArrayList<>();

        SampledPredictions sampled =
                predictions.sample(new WantedPredictions(SHIRTS, NOON, NOON.plus(DAYS), named, 900), given::add);

        assertThat(sampled.others()).isEqualTo(ROWS - 2);
        assertThat(sampled.given()).isBetween(900L, 1_300L).isEqualTo(given.size() - 2);
        assertThat(given).isSortedAccordingTo((one, other) -> one.time().compareTo(other.time()));
        assertThat(given)
                .extracting(row -> row.request().id())
                .contains("r1", "r2")
                .doesNotHaveDuplicates();
        double mean = given.stream()
                .mapToLong(row -> Duration.between(NOON, row.time()).toSeconds())
                .average()
                .orElseThrow();
        assertThat(mean).as("from the file and the segment alike").isCloseTo(ROWS / 2.0, within(250.0));
        assertThat(sampled.ofKind(sampled.given())).isEqualTo(ROWS - 2);
    }

    @Test
    void shouldGiveAllWhereThereAreFew() throws Exception {
        log.append(SampleRows.rows("r", NOON, 50));
        List<LoggedPrediction> given = new ArrayList<>();

        SampledPredictions sampled =
                predictions.sample(new WantedPredictions(SHIRTS, NOON, NOON.plus(DAYS), Set.of(), 50), given::add);

        assertThat(sampled).isEqualTo(new SampledPredictions(50, 50));
        assertThat(given).isEqualTo(SampleRows.rows("r", NOON, 50));
    }

    @Test
    void shouldFindWhoRespondedLastToAKeyAtATime() throws Exception {
        LoggedRouting own = routing(LoggedRouting.Role.REQUESTED, Optional.empty());
        LoggedRouting escalated = routing(LoggedRouting.Role.REQUESTED, Optional.of("large:1"));
        VersionId first = new VersionId("shirts", 1);
        log.append(List.of(
                row("a", NOON.minusSeconds(20), first, Map.of("key", "ada"), own),
                row("b", NOON.minusSeconds(10), SHIRTS, Map.of("key", "ada"), own),
                row("c", NOON.minusSeconds(5), first, Map.of("key", "ada"), escalated)));
        log.settle();
        log.append(List.of(row("d", NOON, first, Map.of(), own)));

        assertThat(predictions.lastOfKeys(
                        "shirts",
                        List.of(
                                new KeyAtTime("ada", NOON),
                                new KeyAtTime("ada", NOON.minusSeconds(10)),
                                new KeyAtTime("ada", NOON.minusSeconds(11)),
                                new KeyAtTime("ada", NOON.minusSeconds(21)),
                                new KeyAtTime("ada", NOON.plusSeconds(51)),
                                new KeyAtTime("line 3", NOON.plusSeconds(1)),
                                new KeyAtTime("bob", NOON)),
                        Duration.ofMinutes(1)))
                .containsExactly(
                        Optional.of(SHIRTS),
                        Optional.of(SHIRTS),
                        Optional.of(first),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(first),
                        Optional.empty());
        assertThat(predictions.lastOfKeys("shirts", List.of(), DAYS)).isEmpty();
    }
}
