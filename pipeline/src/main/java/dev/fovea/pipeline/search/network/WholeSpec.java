package dev.fovea.pipeline.search.network;

import java.util.List;

/**
 * What whole networks learn.
 *
 * @param labels in the order of their outputs
 * @param images to learn from, to choose by and to judge by
 * @param balanced whether rare classes count as much as others
 * @param seed of shuffling and augmentation
 */
public record WholeSpec(List<String> labels, HeldBackImages images, boolean balanced, long seed) {
    public WholeSpec {
        labels = List.copyOf(labels);
    }
}
