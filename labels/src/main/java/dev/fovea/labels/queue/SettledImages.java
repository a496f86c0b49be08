package dev.fovea.labels.queue;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;

/**
 * What deciding labels again changed.
 *
 * @param relabelled images whose label in force is another one
 * @param softOnly images with the same classes in force, of which the probabilities moved
 */
public record SettledImages(int relabelled, int softOnly) {

    /** Nothing changed. */
    public static final SettledImages NONE = new SettledImages(0, 0);

    /** An image whose label in force changed from one value to another. */
    public static SettledImages of(AnnotationValue before, AnnotationValue after) {
        return before instanceof ClassLabels old
                        && after instanceof ClassLabels now
                        && old.classes().equals(now.classes())
                ? new SettledImages(0, 1)
                : new SettledImages(1, 0);
    }

    /** The sum. */
    public SettledImages plus(SettledImages other) {
        return new SettledImages(relabelled + other.relabelled, softOnly + other.softOnly);
    }
}
