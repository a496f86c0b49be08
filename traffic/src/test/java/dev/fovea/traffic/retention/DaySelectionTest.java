package dev.fovea.traffic.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedLabel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DaySelectionTest {

    private static final KeepPart PART = KeepPart.first("shirts", LocalDate.parse("2026-11-30"));

    private static KeepCandidate candidate(String id, Map<KeepReason, Double> keys) {
        return new KeepCandidate(
                id,
                PART,
                new ImageOrigin(
                        new VersionId("shirts", 1), "r" + id, Instant.EPOCH, List.of(new LoggedLabel("hole", 0.5f))),
                keys,
                100);
    }

    @Test
    void shouldChooseTheSmallestKeysOfEachReasonAndAnImageOfTwoReasonsOnce() {
        List<KeepCandidate> candidates = List.of(
                candidate("a", Map.of(KeepReason.RANDOM, 0.1, KeepReason.UNCERTAIN, 0.9)),
                candidate("b", Map.of(KeepReason.RANDOM, 0.2, KeepReason.UNCERTAIN, 0.1)),
                candidate("c", Map.of(KeepReason.RANDOM, 0.3, KeepReason.UNCERTAIN, 0.5)),
                candidate("d", Map.of(KeepReason.UNCERTAIN, 0.2)));

        DaySelection selection =
                DaySelection.of(candidates, Map.of(KeepReason.RANDOM, 2, KeepReason.UNCERTAIN, 2), 1_000_000);

        assertThat(selection.chosen())
                .isEqualTo(Map.of(
                        "a",
                        Set.of(KeepReason.RANDOM),
                        "b",
                        Set.of(KeepReason.RANDOM, KeepReason.UNCERTAIN),
                        "d",
                        Set.of(KeepReason.UNCERTAIN)));
        assertThat(selection.count(KeepReason.RANDOM)).isEqualTo(2);
    }

    @Test
    void shouldChooseForNoReasonForWhichAnImageWasNoCandidate() {
        List<KeepCandidate> candidates = List.of(candidate("a", Map.of(KeepReason.NOVEL, -3.0)));

        DaySelection selection = DaySelection.of(candidates, Map.of(KeepReason.RANDOM, 5), 1_000_000);

        assertThat(selection.chosen()).isEmpty();
    }

    @Test
    void shouldReduceAllQuotasByTheSameShareWhenTheImagesHaveTooManyBytes() {
        List<KeepCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            candidates.add(candidate("r%02d".formatted(i), Map.of(KeepReason.RANDOM, i / 64.0)));
            candidates.add(candidate("u%02d".formatted(i), Map.of(KeepReason.UNCERTAIN, i / 64.0)));
        }

        DaySelection selection =
                DaySelection.of(candidates, Map.of(KeepReason.RANDOM, 64, KeepReason.UNCERTAIN, 64), 3_250);

        assertThat(selection.share()).isEqualTo(0.25);
        assertThat(selection.count(KeepReason.RANDOM)).isEqualTo(16);
        assertThat(selection.count(KeepReason.UNCERTAIN)).isEqualTo(16);
        assertThat(selection.chosen()).containsKeys("r00", "r15", "u15").doesNotContainKeys("r16", "u16");
    }

    @Test
    void shouldChooseTheSameWhenCandidatesWereGivenUpBefore() {
        List<KeepCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            candidates.add(candidate(
                    "c" + i,
                    Map.of(KeepReason.RANDOM, (i * 61 % 300) / 300.0, KeepReason.NOVEL, -(i * 113 % 300) / 7.0)));
        }
        Map<KeepReason, Integer> quotas = Map.of(KeepReason.RANDOM, 20, KeepReason.NOVEL, 7);
        DaySelection early = DaySelection.of(candidates.subList(0, 200), quotas, Long.MAX_VALUE);
        List<KeepCandidate> left = new ArrayList<>(candidates.subList(200, 300));
        candidates.subList(0, 200).stream()
                .filter(candidate -> early.chosen().containsKey(candidate.id()))
                .forEach(left::add);

        DaySelection late = DaySelection.of(left, quotas, Long.MAX_VALUE);

        assertThat(late.chosen())
                .isEqualTo(DaySelection.of(candidates, quotas, Long.MAX_VALUE).chosen());
    }
}
