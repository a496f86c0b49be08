package dev.fovea.evaluation;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.runtime.Detection;
import java.util.List;

/**
 * What a picture shows and what was found in it, both in its own pixels.
 *
 * @param truths in any order
 * @param found in any order; for average precision with as low a threshold as can be, such as 0.001
 */
public record PictureDetections(List<LabelledBox> truths, List<Detection> found) {

    public PictureDetections {
        truths = List.copyOf(truths);
        found = List.copyOf(found);
    }
}
