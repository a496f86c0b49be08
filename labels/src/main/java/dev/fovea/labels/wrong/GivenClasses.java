package dev.fovea.labels.wrong;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The classes of an image with any number of them.
 *
 * @param image id
 * @param classes that it is labelled with
 * @param group images of one object, which are judged by others
 * @param confirmed the classes about which a person found the decision right; it is not suspected again
 */
public record GivenClasses(String image, List<String> classes, Optional<String> group, Set<String> confirmed) {

    public GivenClasses {
        classes = List.copyOf(classes);
        confirmed = Set.copyOf(confirmed);
    }
}
