package dev.fovea.labels.wrong;

import java.util.List;

/**
 * The decisions about the classes of images by how suspect they are.
 *
 * @param suspects the most suspect first
 * @param classes the same by class, in alphabetical order
 * @param reviewToHalve how many suspects to review, from the first, to find half of the wrong decisions of all classes
 * @param unjudged classes that too few images have, or too few have not
 */
public record WrongClassReport(
        List<SuspectClass> suspects, List<ClassDecisions> classes, int reviewToHalve, List<String> unjudged) {

    public WrongClassReport {
        suspects = List.copyOf(suspects);
        classes = List.copyOf(classes);
        unjudged = List.copyOf(unjudged);
    }
}
