package dev.fovea.datasets.catalog;

import java.util.Optional;

/**
 * What people are to answer about each image of a data set.
 *
 * @param text the question, such as "Which fault does the fabric show?"; may be empty
 * @param severalApply whether two classes can apply to one image; empty until somebody said so
 * @param noneApplies whether no class can apply to an image; empty until somebody said so
 */
public record LabelQuestion(String text, Optional<Boolean> severalApply, Optional<Boolean> noneApplies) {

    /** Nothing is stated. */
    public static final LabelQuestion EMPTY = new LabelQuestion("", Optional.empty(), Optional.empty());

    public LabelQuestion {
        text = text.strip();
    }
}
