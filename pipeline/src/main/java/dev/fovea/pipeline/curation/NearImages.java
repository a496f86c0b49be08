package dev.fovea.pipeline.curation;

import dev.fovea.datasets.NearDuplicates;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.similarity.EmbeddingDuplicates;
import dev.fovea.datasets.similarity.NearestNeighbors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Images that are nearly the same, by their perceptual hash or descriptor. */
final class NearImages {

    /** More images than this have no near duplicate: then similarity tells nothing about duplicates. */
    private static final double CROWDED = 0.25;

    private NearImages() {}

    static List<EmbeddingDuplicates.Pair> pairs(EmbeddedItems embedded) {
        List<EmbeddingDuplicates.Pair> pairs = new ArrayList<>();
        Map<DatasetItem, Integer> rows = new HashMap<>();
        IntStream.range(0, embedded.items().size())
                .forEach(row -> rows.put(embedded.items().get(row), row));
        for (List<DatasetItem> group :
                NearDuplicates.groups(embedded.items(), item -> item.image().perceptualHash())) {
            int first = rows.getOrDefault(group.getFirst(), 0);
            group.stream().skip(1).forEach(item -> {
                int other = rows.getOrDefault(item, 0);
                pairs.add(new EmbeddingDuplicates.Pair(Math.min(first, other), Math.max(first, other), 1));
            });
        }
        if (embedded.descriptors()) {
            Set<List<Integer>> known = new HashSet<>();
            pairs.forEach(pair -> known.add(List.of(pair.left(), pair.right())));
            byDescriptor(embedded).stream()
                    .filter(pair -> known.add(List.of(pair.left(), pair.right())))
                    .forEach(pairs::add);
        }
        return pairs;
    }

    /** None where most images look alike, since similarity tells nothing there. */
    private static List<EmbeddingDuplicates.Pair> byDescriptor(EmbeddedItems embedded) {
        List<EmbeddingDuplicates.Pair> pairs = EmbeddingDuplicates.upright(
                EmbeddingDuplicates.pairs(
                        NearestNeighbors.of(embedded.vectors()), EmbeddingDuplicates.DESCRIPTOR_THRESHOLD),
                embedded.vectors());
        long images = pairs.stream()
                .flatMapToInt(pair -> IntStream.of(pair.left(), pair.right()))
                .distinct()
                .count();
        return images > CROWDED * embedded.items().size() ? List.of() : pairs;
    }
}
