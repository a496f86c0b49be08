package dev.fovea.datasets.formats;

import dev.fovea.datasets.Side;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image and its boxes as a file states them, before the image's own size is known.
 *
 * @param image an encoded image
 * @param side the split that the layout puts it in
 * @param frame what coordinates are relative to
 * @param boxes in the order of the file
 */
record Annotated(Path image, Side side, Frame frame, List<Stated> boxes) {

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
     * A box as stated.
     *
     * @param category the class's name, or its number where names are not known
     * @param x1 left edge, in units of the frame; not checked
     * @param where file and line, for messages
     * @param mark whether a detector is to be judged by it
     */
    record Stated(String category, double x1, double y1, double x2, double y2, String where, ObjectMark mark) {
        Stated(String category, double x1, double y1, double x2, double y2, String where) {
            this(category, x1, y1, x2, y2, where, ObjectMark.NONE);
        }
    }

    /** What a format says of a box besides its class. */
    enum ObjectMark {
        NONE,
        /** It holds many objects (COCO {@code iscrowd}); a detector is not judged by it. */
        CROWD,
        /** It is hard to recognise (VOC {@code difficult}); a detector is not judged by it. */
        DIFFICULT
    }
}
