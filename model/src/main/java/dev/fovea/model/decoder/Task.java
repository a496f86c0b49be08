package dev.fovea.model.decoder;

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
    TENSORS
}
