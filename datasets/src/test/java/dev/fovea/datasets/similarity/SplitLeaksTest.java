package dev.fovea.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.similarity.EmbeddingDuplicates.Pair;
import dev.fovea.datasets.similarity.SplitLeaks.LeakReason;
import dev.fovea.datasets.similarity.SplitLeaks.SplitLeak;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SplitLeaksTest {

    private static CurationRow row(String hash, Split split, String group) {
        return new CurationRow(hash, split, group.isEmpty() ? Optional.empty() : Optional.of(group), Map.of());
    }

    private static CurationRow shot(String hash, Split split, String camera, String time) {
        return new CurationRow(hash, split, Optional.empty(), Map.of("camera", camera, "captured", time));
    }

    private static List<SplitLeak> find(List<CurationRow> rows, List<Pair> pairs) {
        return SplitLeaks.find(rows, pairs, CaptureBursts.DEFAULT_GAP);
    }

    @Test
    void shouldNameTheImageInTheLessProtectedSplit() {
        List<CurationRow> rows = List.of(
                row("a", Split.TRAIN, "one"),
                row("b", Split.TEST, "one"),
                row("c", Split.VALIDATION, "one"),
                row("d", Split.TRAIN, "two"),
                row("e", Split.UNASSIGNED, "one"));

        assertThat(find(rows, List.of()))
                .containsExactly(
                        new SplitLeak(LeakReason.SAME_GROUP, 0, 1), new SplitLeak(LeakReason.SAME_GROUP, 2, 1));
    }

    @Test
    void shouldFindLeaksByNearDuplicatesOfNearDuplicates() {
        List<CurationRow> rows =
                List.of(row("a", Split.TRAIN, ""), row("b", Split.TRAIN, ""), row("c", Split.TEST, ""));

        assertThat(find(rows, List.of(new Pair(0, 1, 0.99), new Pair(1, 2, 0.98))))
                .containsExactly(
                        new SplitLeak(LeakReason.NEAR_DUPLICATE, 0, 2), new SplitLeak(LeakReason.NEAR_DUPLICATE, 1, 2));
    }

    @Test
    void shouldFindLeaksByBurst() {
        List<CurationRow> rows = List.of(
                shot("a", Split.TRAIN, "D90", "2026-03-01T10:00:00"),
                shot("b", Split.TEST, "D90", "2026-03-01T10:00:01.5"),
                shot("c", Split.TRAIN, "D40", "2026-03-01T10:00:01"));

        assertThat(find(rows, List.of())).containsExactly(new SplitLeak(LeakReason.SAME_BURST, 0, 1));
    }

    @Test
    void shouldStateTheStrongestReasonOnce() {
        List<CurationRow> rows = List.of(row("a", Split.TRAIN, "one"), row("a", Split.TEST, "one"));

        assertThat(find(rows, List.of(new Pair(0, 1, 1))))
                .containsExactly(new SplitLeak(LeakReason.SAME_CONTENT, 0, 1));
    }

    @Test
    void shouldFindNoLeakWithinOneSplit() {
        List<CurationRow> rows =
                List.of(row("a", Split.TRAIN, "one"), row("a", Split.TRAIN, "one"), row("b", Split.UNASSIGNED, "one"));

        assertThat(find(rows, List.of(new Pair(0, 2, 1)))).isEmpty();
        assertThat(find(List.of(), List.of())).isEmpty();
    }

    @Test
    void shouldGroupShotsOfOneCameraWithinSeconds() {
        List<CurationRow> rows = List.of(
                shot("a", Split.TRAIN, "D90", "2026-03-01T10:00:04"),
                shot("b", Split.TRAIN, "D90", "2026-03-01T10:00:00"),
                shot("c", Split.TRAIN, "D90", "2026-03-01T10:00:02"),
                shot("d", Split.TRAIN, "D90", "2026-03-01T10:00:06.1"),
                shot("e", Split.TRAIN, "Phone", "2026-03-01T10:00:00+01:00"),
                shot("f", Split.TRAIN, "Phone", "2026-03-01T09:00:01Z"),
                shot("g", Split.TRAIN, "Phone", "2026-03-01T10:00:00"),
                shot("h", Split.TRAIN, "D90", "yesterday"),
                row("i", Split.TRAIN, ""));

        assertThat(CaptureBursts.groups(rows, CaptureBursts.DEFAULT_GAP))
                .containsExactly(List.of(0, 1, 2), List.of(4, 5));
    }
}
