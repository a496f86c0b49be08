package dev.fovea.labels.wrong;

import dev.fovea.datasets.annotation.ObjectLabels;
import java.util.List;

/**
 * The objects of an image as labelled and as predicted.
 *
 * @param image id
 * @param given objects of any shape
 * @param predicted low scores included
 */
public record ImageBoxes(String image, ObjectLabels given, List<ScoredObject> predicted) {

    public ImageBoxes {
        predicted = List.copyOf(predicted);
    }
}
