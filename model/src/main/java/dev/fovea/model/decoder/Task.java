package dev.fovea.model.decoder;

import java.util.Locale;

/** The task of a model. */
public enum Task {
    /** One label per image, with a confidence. */
    CLASSIFICATION,
    /** Any number of labels per image, each with a confidence. */
    MULTI_LABEL,
    /** One label per image for each of several tasks that share a network, each with a confidence. */
    MULTI_TASK,
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

    /** Whether an import names what the network tells apart. */
    public boolean isNamed() {
        return switch (this) {
            case EMBEDDING, TENSORS -> false;
            case CLASSIFICATION,
                    MULTI_LABEL,
                    MULTI_TASK,
                    DETECTION,
                    INSTANCE_SEGMENTATION,
                    SEGMENTATION,
                    TEXT_DETECTION -> true;
        };
    }

    /** As the API and the command line write it: {@code multi-label}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
