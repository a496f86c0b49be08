package dev.fovea.labels.wrong;

import java.util.List;

/**
 * The boxes of a data set by how suspect they are.
 *
 * @param suspects the most suspect first
 * @param images that were compared
 * @param boxes that were compared
 * @param classes how many of them the detector confirms, in alphabetical order
 * @param unjudged classes that the detector does not know
 */
public record WrongBoxReport(
        List<SuspectBox> suspects, int images, long boxes, List<ConfirmedBoxes> classes, List<String> unjudged) {

    public WrongBoxReport {
        suspects = List.copyOf(suspects);
        classes = List.copyOf(classes);
        unjudged = List.copyOf(unjudged);
    }

    /** The share of the boxes that the detector confirms, 0 to 1. */
    public double confirmedShare() {
        double confirmed = classes.stream()
                .mapToDouble(each -> each.share().value() * each.boxes())
                .sum();
        return boxes == 0 ? 0 : confirmed / boxes;
    }
}
