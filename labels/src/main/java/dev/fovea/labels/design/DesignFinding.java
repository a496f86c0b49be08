package dev.fovea.labels.design;

import java.util.List;

/**
 * Something that will make people disagree or label wrongly.
 *
 * @param kind what
 * @param classes that it concerns, in the order of the data set
 * @param message what is wrong, why it matters and the remedy
 */
public record DesignFinding(DesignFault kind, List<String> classes, String message) {

    /** What is wrong. */
    public enum DesignFault {
        /** A classification without a class for images that show none of the others. */
        NO_NONE_CLASS,
        /** A class without a definition. */
        NO_DEFINITION,
        /** A name or definition with a word that people read differently. */
        SUBJECTIVE,
        /** Two classes whose names share their words. */
        OVERLAPPING_NAMES,
        /** An image that is an example of two classes. */
        SHARED_EXAMPLE
    }

    public DesignFinding {
        classes = List.copyOf(classes);
    }
}
