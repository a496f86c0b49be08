package dev.fovea.datasets;

import dev.fovea.imaging.PictureSize;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture file and the things it truly shows.
 *
 * @param picture an encoded picture
 * @param size after its EXIF orientation
 * @param boxes in the order of the label file; empty when it shows nothing
 */
public record LabelledBoxes(Path picture, PictureSize size, List<LabelledBox> boxes) {

    public LabelledBoxes {
        boxes = List.copyOf(boxes);
    }
}
