package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import java.util.Optional;

/** Something to be shown on an image, in the pixels of the upright image. */
public sealed interface Mark {

    /** What it is; marks of one name have one colour, on every image. */
    String name();

    /** What is written beside it; empty for nothing. */
    String caption();

    /**
     * A thing with a box around it.
     *
     * @param mask its pixels, where they are known; of the image's size
     */
    record Boxed(String name, String caption, Box box, Optional<Mask> mask) implements Mark {}

    /** A thing with an outline, such as a line of text. */
    record Outlined(String name, String caption, Polygon outline) implements Mark {}

    /** All pixels of one kind; the mask is of the image's size and not empty. */
    record Covered(String name, String caption, Mask mask) implements Mark {}
}
