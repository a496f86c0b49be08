package dev.fovea.labels.design;

import java.util.List;

/**
 * Something about a design that makes people disagree or label wrongly.
 *
 * @param kind what
 * @param costly whether labels will be lost or wrong; otherwise it is advice
 * @param classes that it concerns, in the order of the data set
 * @param problem what is wrong
 * @param why what it costs
 * @param remedy what to do
 * @param images hashes of images that show it
 */
public record DesignFinding(
        DesignFault kind,
        boolean costly,
        List<String> classes,
        String problem,
        String why,
        String remedy,
        List<String> images) {

    /** What is wrong. */
    public enum DesignFault {
        /** People are not told what to answer. */
        NO_QUESTION,
        /** It is not stated whether two classes, or none, can apply. */
        UNSTATED,
        /** Two classes can apply, but the task takes one. */
        SEVERAL_IN_SINGLE_LABEL,
        /** Only one class can apply, but the task takes several. */
        ONE_IN_MULTI_LABEL,
        /** Fewer than two classes to choose from. */
        TOO_FEW_CLASSES,
        /** A classification without a class for images that show none of the others. */
        NO_NONE_CLASS,
        /** A class for "none" that is not needed. */
        IDLE_NONE_CLASS,
        /** A class without a definition. */
        NO_DEFINITION,
        /** A name or definition with a word that people read differently. */
        SUBJECTIVE,
        /** Two classes whose names share their words. */
        OVERLAPPING_NAMES,
        /** Two classes whose definitions share most of their words. */
        OVERLAPPING_DEFINITIONS,
        /** An image that is an example of two classes. */
        SHARED_EXAMPLE,
        /** Examples of two classes that are nearly the same image. */
        SIMILAR_EXAMPLES,
        /** An example whose label in force is another class. */
        RELABELLED_EXAMPLE,
        /** An example that the data set does not have. */
        MISSING_EXAMPLE,
        /** A class with too few example images. */
        FEW_EXAMPLES,
        /** Classes with too few labelled images to compare them by their embeddings. */
        FEW_LABELLED,
        /** Two classes that the embeddings do not tell apart. */
        NOT_SEPARABLE
    }

    public DesignFinding {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
    }

    /** One that will cost labels. */
    static DesignFinding costly(DesignFault kind, List<String> classes, String problem, String why, String remedy) {
        return new DesignFinding(kind, true, classes, problem, why, remedy, List.of());
    }

    /** Advice. */
    static DesignFinding advice(DesignFault kind, List<String> classes, String problem, String why, String remedy) {
        return new DesignFinding(kind, false, classes, problem, why, remedy, List.of());
    }

    /** The same with images that show it. */
    DesignFinding showing(List<String> hashes) {
        return new DesignFinding(kind, costly, classes, problem, why, remedy, hashes);
    }
}
