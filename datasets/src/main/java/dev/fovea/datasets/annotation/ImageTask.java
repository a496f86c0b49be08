package dev.fovea.datasets.annotation;

import java.util.EnumSet;
import java.util.Set;

/** What the annotations of a data set say. */
public enum ImageTask {
    /** One class for each image. */
    CLASSIFICATION,
    /** Any number of classes for each image. */
    MULTI_LABEL,
    /** A box around each object. */
    DETECTION,
    /** The outline or mask of each object. */
    INSTANCE_SEGMENTATION,
    /** The pixels of each class; a class has at most one mask. */
    SEMANTIC_SEGMENTATION;

    private static final Set<ImageTask> WHOLE = EnumSet.of(CLASSIFICATION, MULTI_LABEL);
    private static final Set<ImageTask> OUTLINED = EnumSet.of(INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION);

    /** Whether an annotation is of the whole image, without a place in it. */
    public boolean isOfWholeImages() {
        return WHOLE.contains(this);
    }

    /** Whether an annotation has the outlines of objects and not their boxes alone. */
    public boolean hasOutlines() {
        return OUTLINED.contains(this);
    }
}
