package dev.fovea.labels.wrong;

import java.util.Optional;

/**
 * An image and the class that it was labelled with.
 *
 * @param image its id
 * @param label the name of the class
 * @param group images of one group show one object and are never used to judge one another; empty for an image of its
 *     own
 * @param confirmed whether a person has reviewed the label and kept it; it is not suspected again
 */
public record GivenLabel(String image, String label, Optional<String> group, boolean confirmed) {

    /** An image of its own whose label nobody reviewed. */
    public GivenLabel(String image, String label) {
        this(image, label, Optional.empty(), false);
    }
}
