package dev.fovea.labels.design;

import dev.fovea.datasets.tree.ContentHash;
import java.util.List;

/**
 * What to change in a design, given how people agreed about the first images.
 *
 * @param kind what to do
 * @param classes that it concerns
 * @param evidence what was counted, a sentence
 * @param advice what to do, a sentence
 * @param images some that show it
 */
public record PilotAdvice(
        AdviceKind kind, List<String> classes, String evidence, String advice, List<ContentHash> images) {

    /** What to do. */
    public enum AdviceKind {
        /** There are too few images to say much. */
        LABEL_MORE,
        /** People do not tell two classes apart. */
        MERGE,
        /** One class covers what several others say as well. */
        SPLIT,
        /** The border between two classes is not defined. */
        DEFINE,
        /** No class fits some of the images. */
        ADD_CLASS
    }

    public PilotAdvice {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
    }

    /** Evidence and advice as one text. */
    public String sentences() {
        return evidence + " " + advice;
    }
}
