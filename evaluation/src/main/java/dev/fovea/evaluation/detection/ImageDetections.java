package dev.fovea.evaluation.detection;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.runtime.decoding.Detection;
import java.util.List;

/**
 * What an image shows and what was found in it, both in its own pixels.
 *
 * @param truths in any order
 * @param ignored regions where detections of their class are neither right nor wrong
 * @param found in any order; for average precision with as low a threshold as can be, such as 0.001
 */
public record ImageDetections(List<LabelledBox> truths, List<IgnoredRegion> ignored, List<Detection> found) {

    public ImageDetections {
        truths = List.copyOf(truths);
        ignored = List.copyOf(ignored);
        found = List.copyOf(found);
    }

    /** Without ignored regions. */
    public ImageDetections(List<LabelledBox> truths, List<Detection> found) {
        this(truths, List.of(), found);
    }
}
