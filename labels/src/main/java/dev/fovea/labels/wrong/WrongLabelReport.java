package dev.fovea.labels.wrong;

import dev.fovea.statistics.Interval;
import java.util.List;

/**
 * The labels of a data set by how suspect they are.
 *
 * @param suspects all labels that were judged and not confirmed, the most suspect first
 * @param share of the labels that is estimated to be wrong, at 95 % confidence
 *     ({@link dev.fovea.statistics.labelerrors.LabelNoise})
 * @param classes the same by class, in alphabetical order
 * @param reviewToHalve how many suspects to review, from the first, to find half of the wrong labels
 * @param unjudged images of classes that have one image or group only
 * @param accuracy share of the images whose most probable class is the given one
 */
public record WrongLabelReport(
        List<SuspectLabel> suspects,
        Interval share,
        List<ClassNoise> classes,
        int reviewToHalve,
        List<String> unjudged,
        double accuracy) {

    public WrongLabelReport {
        suspects = List.copyOf(suspects);
        classes = List.copyOf(classes);
        unjudged = List.copyOf(unjudged);
    }
}
