package dev.fovea.datasets.similarity;

import dev.fovea.datasets.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images of one split that also stand, in some way, in another one: what a model learned from one of them it need not
 * know for the other. Pure.
 */
public final class SplitLeaks {

    /** Why two images belong into one split; the strongest first. */
    public enum LeakReason {
        SAME_CONTENT,
        SAME_GROUP,
        NEAR_DUPLICATE,
        SAME_BURST
    }

    /**
     * An image in the less protected split of two.
     *
     * @param reason the strongest reason
     * @param leaked its row
     * @param twin a row of the most protected split among those that belong together
     */
    public record SplitLeak(LeakReason reason, int leaked, int twin) {}

    private SplitLeaks() {}

    /**
     * The leaks, at most one for each image, ordered by reason and row.
     *
     * @param nearDuplicates pairs of rows, by embedding or by perceptual hash
     * @param burstGap see {@link CaptureBursts#groups}
     */
    public static List<SplitLeak> find(
            List<CurationRow> rows, List<EmbeddingDuplicates.Pair> nearDuplicates, Duration burstGap) {
        Map<LeakReason, List<List<Integer>>> together = new EnumMap<>(LeakReason.class);
        together.put(LeakReason.SAME_CONTENT, same(rows, row -> Optional.of(row.contentHash())));
        together.put(LeakReason.SAME_GROUP, same(rows, CurationRow::group));
        together.put(LeakReason.NEAR_DUPLICATE, RowGroups.of(rows.size(), nearDuplicates));
        together.put(LeakReason.SAME_BURST, CaptureBursts.groups(rows, burstGap));
        boolean[] known = new boolean[rows.size()];
        List<SplitLeak> leaks = new ArrayList<>();
        together.forEach((reason, groups) -> groups.stream()
                .flatMap(group -> leaks(rows, reason, group).stream())
                .sorted(Comparator.comparingInt(SplitLeak::leaked))
                .filter(leak -> !known[leak.leaked()])
                .forEach(leak -> {
                    known[leak.leaked()] = true;
                    leaks.add(leak);
                }));
        return leaks;
    }

    private static List<List<Integer>> same(List<CurationRow> rows, Function<CurationRow, Optional<String>> key) {
        return List.copyOf(IntStream.range(0, rows.size())
                .boxed()
                .filter(row -> key.apply(rows.get(row)).isPresent())
                .collect(Collectors.groupingBy(row -> key.apply(rows.get(row)).orElseThrow()))
                .values());
    }

    private static List<SplitLeak> leaks(List<CurationRow> rows, LeakReason reason, List<Integer> group) {
        List<Integer> placed = group.stream()
                .filter(row -> rows.get(row).split() != Split.UNASSIGNED)
                .toList();
        Optional<Integer> twin = placed.stream()
                .max(Comparator.<Integer, Split>comparing(row -> rows.get(row).split())
                        .thenComparing(Comparator.<Integer>reverseOrder()));
        return twin.stream()
                .flatMap(most -> placed.stream()
                        .filter(row -> rows.get(row).split() != rows.get(most).split())
                        .map(row -> new SplitLeak(reason, row, most)))
                .toList();
    }
}
