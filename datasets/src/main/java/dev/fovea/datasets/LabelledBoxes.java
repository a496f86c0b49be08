package dev.fovea.datasets;

import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.List;

/**
 * An image file and its ground-truth boxes.
 *
 * @param image an encoded image
 * @param size size after EXIF orientation
 * @param boxes in the order of the label file; empty for an image without objects
 * @param ignored ignored regions, in the order of the label file
 */
public record LabelledBoxes(Path image, ImageSize size, List<LabelledBox> boxes, List<IgnoredRegion> ignored) {

    public LabelledBoxes {
        boxes = List.copyOf(boxes);
        ignored = List.copyOf(ignored);
    }

    /** Without ignored regions. */
    public LabelledBoxes(Path image, ImageSize size, List<LabelledBox> boxes) {
        this(image, size, boxes, List.of());
    }
}
