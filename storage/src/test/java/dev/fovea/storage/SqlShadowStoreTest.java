package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.VersionId;
import dev.fovea.serving.shadow.PredictionDifference;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowDifference;
import dev.fovea.serving.shadow.ShadowStore;
import dev.fovea.serving.shadow.ShadowTotals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class SqlShadowStoreTest {

    private static final Instant START = Instant.parse("2026-11-30T08:00:00.123456Z");
    private static final Shadow SHADOW = new Shadow(
            new VersionId("shirts", 2), 12.5, START, "ana", Optional.of(new Shadow.KeptImages("review", 200)));

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private ShadowStore store;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        store = home.shadows();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldKeepOneShadowPerModel() {
        assertThat(store.find("shirts")).isEmpty();
        assertThat(store.start(SHADOW)).isTrue();
        assertThat(store.start(shadow(3, START.plusSeconds(1)))).isFalse();
        assertThat(store.shadows()).containsExactly(SHADOW);
        assertThat(store.find("shirts")).contains(SHADOW);
    }

    @Test
    void shouldAddUpWhatSeveralServersCompared() {
        store.start(SHADOW);
        ShadowTotals one = totals(10, 2, Map.of("INFERENCE_FAILED", 1L), Map.of("hole → none", 2L));
        ShadowTotals other =
                totals(20, 3, Map.of("INFERENCE_FAILED", 4L), Map.of("hole → none", 1L, "none → tear", 2L));
        store.add(SHADOW, one, List.of(), 10);
        store.add(SHADOW, other, List.of(), 10);
        assertThat(store.totals(SHADOW)).isEqualTo(one.plus(other));
        assertThat(store.totals(SHADOW).changes()).isEqualTo(Map.of("hole → none", 3L, "none → tear", 2L));
    }

    @Test
    void shouldKeepTheDifferencesWithTheGreatestWeight() {
        store.start(SHADOW);
        List<ShadowDifference> all = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> difference("r" + i, i / 10.0, Optional.of("ab" + i)))
                .toList();
        store.add(SHADOW, ShadowTotals.NONE, all.subList(0, 5), 4);
        store.add(SHADOW, ShadowTotals.NONE, all.subList(5, 9), 4);
        assertThat(store.differences(SHADOW, 10, 0)).containsExactly(all.get(8), all.get(7), all.get(6), all.get(5));
        assertThat(store.differences(SHADOW, 2, 1)).containsExactly(all.get(7), all.get(6));
    }

    @Test
    void shouldKeepADifferenceOnceWhenItIsAddedAgain() {
        store.start(SHADOW);
        ShadowDifference one = difference("r1", 0.5, Optional.empty());
        store.add(SHADOW, ShadowTotals.NONE, List.of(one), 4);
        store.add(SHADOW, ShadowTotals.NONE, List.of(one), 4);
        assertThat(store.differences(SHADOW, 10, 0)).containsExactly(one);
    }

    @Test
    void shouldAddNothingWhenTheShadowHasEndedOrStartedAgain() {
        store.start(SHADOW);
        store.add(SHADOW, totals(5, 1, Map.of(), Map.of()), List.of(difference("r1", 0.5, Optional.empty())), 4);
        assertThat(store.stop(SHADOW)).isTrue();
        assertThat(store.stop(SHADOW)).isFalse();
        Shadow again = shadow(2, START.plusSeconds(60));
        store.start(again);
        store.add(SHADOW, totals(7, 1, Map.of(), Map.of()), List.of(difference("r2", 0.5, Optional.empty())), 4);
        assertThat(store.totals(again)).isEqualTo(ShadowTotals.NONE);
        assertThat(store.differences(again, 10, 0)).isEmpty();
        assertThat(store.stop(SHADOW)).as("the earlier one").isFalse();
        assertThat(store.shadows()).containsExactly(again);
    }

    private static Shadow shadow(int version, Instant started) {
        return new Shadow(new VersionId("shirts", version), 100, started, "ben", Optional.empty());
    }

    private static ShadowTotals totals(
            long compared, long different, Map<String, Long> failures, Map<String, Long> changes) {
        return new ShadowTotals(
                compared, different, 1, failures, changes, new ShadowTotals.ComparedTimes(3 * compared, 5 * compared));
    }

    private static ShadowDifference difference(String request, double weight, Optional<String> image) {
        return new ShadowDifference(
                START.plusSeconds(5), request, new PredictionDifference(weight, "hole 0.80", "none 0.60"), image);
    }
}
