package dev.fovea.pipeline.curation;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a data set with their embeddings, in the same order.
 *
 * @param source what embedded them, for people
 * @param items the images that could be read
 * @param vectors {@code [N][D]}
 * @param descriptors whether the vectors are those of the built-in descriptor, for which a threshold of near duplicates
 *     was measured
 * @param unreadable one sentence for each image that could not be read
 */
record EmbeddedItems(
        String source, List<DatasetItem> items, List<float[]> vectors, boolean descriptors, List<String> unreadable) {

    EmbeddedItems {
        items = List.copyOf(items);
        vectors = List.copyOf(vectors);
        unreadable = List.copyOf(unreadable);
    }

    /** The embeddings of some rows. */
    FeatureMatrix matrix(List<Integer> rows) {
        return FeatureMatrix.of(rows.stream().map(vectors::get).toArray(float[][]::new));
    }

    /** All rows. */
    List<Integer> rows() {
        return IntStream.range(0, items.size()).boxed().toList();
    }

    /** The rows of images that are labelled, or are not. */
    List<Integer> rows(boolean labelled) {
        return IntStream.range(0, items.size())
                .filter(row -> items.get(row).label().isPresent() == labelled)
                .boxed()
                .toList();
    }
}
