package dev.fovea.model.decoder;

import java.util.Locale;

/** The task of a model. */
public enum Task {
    /** One label per image, with a confidence. */
    CLASSIFICATION,
    /** Any number of labels per image, each with a confidence. */
    MULTI_LABEL,
    /** Boxes around things, each with a label and a confidence. */
    DETECTION,
    /** Boxes, and the outline of what is in each. */
    INSTANCE_SEGMENTATION,
    /** A label for every pixel. */
    SEGMENTATION,
    /** Outlines of lines of text. */
    TEXT_DETECTION,
    /** A vector. */
    EMBEDDING,
    /** The network's outputs as they are. */
    TENSORS;

    /** As the API and the command line write it: {@code multi-label}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
