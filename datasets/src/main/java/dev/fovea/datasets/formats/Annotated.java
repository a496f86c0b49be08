package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image and its boxes as annotated, before the image's size is known.
 *
 * @param image an encoded image
 * @param split the split by the folder layout
 * @param frame reference frame of the coordinates
 * @param boxes in the order of the file
 */
record Annotated(Path image, Split split, Frame frame, List<Stated> boxes) {

    Annotated {
        boxes = List.copyOf(boxes);
    }

    /** What the coordinates of boxes are relative to. */
    sealed interface Frame {

        /** Shares of the upright image's edges, 0 to 1. */
        record Shares() implements Frame {}

        /** Pixels of an image of the size that the file declares; empty when it declares none. */
        record Pixels(Optional<ImageSize> declared) implements Frame {}
    }

    /**
     * A box as annotated.
     *
     * @param category the class's name, or its number if names are unknown
     * @param x1 left edge, in units of the frame; not checked
     * @param where file and line, for messages
     * @param mark whether evaluation ignores the box
     */
    record Stated(String category, double x1, double y1, double x2, double y2, String where, ObjectMark mark) {
        Stated(String category, double x1, double y1, double x2, double y2, String where) {
            this(category, x1, y1, x2, y2, where, ObjectMark.NONE);
        }
    }

    /** A box's flag for evaluation. */
    enum ObjectMark {
        NONE,
        /** It contains many objects (COCO {@code iscrowd}); evaluation ignores it. */
        CROWD,
        /** It is hard to recognise (VOC {@code difficult}); evaluation ignores it. */
        DIFFICULT
    }
}
