package dev.fovea.labels.wrong;

import java.util.List;
import java.util.Optional;

/**
 * The classes of an image with any number of them.
 *
 * @param image id
 * @param classes that it is labelled with
 * @param group images of one object, which are judged by others
 * @param confirmed whether a person looked at the label again and kept it
 */
public record GivenClasses(String image, List<String> classes, Optional<String> group, boolean confirmed) {

    public GivenClasses {
        classes = List.copyOf(classes);
    }
}
