package dev.fovea.datasets.annotation;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import java.util.Arrays;
import java.util.List;

/**
 * The place of an object, in pixels of the upright image: the pixel in column {@code i} covers {@code i} to {@code i +
 * 1}. Coordinates are finite; whether they are inside the image is checked where the image is known.
 */
public sealed interface Shape {

    /**
     * An axis-aligned box.
     *
     * @param x left edge
     * @param y upper edge
     * @param width not negative
     * @param height not negative
     */
    record BoxShape(double x, double y, double width, double height) implements Shape {
        public BoxShape {
            requireFinite("box", x, y, width, height);
            requireExtent(width, height);
        }
    }

    /**
     * A box that is turned around its centre.
     *
     * @param centreX centre
     * @param centreY centre
     * @param width before it is turned
     * @param height before it is turned
     * @param degrees clockwise on the screen
     */
    record RotatedBoxShape(double centreX, double centreY, double width, double height, double degrees)
            implements Shape {
        public RotatedBoxShape {
            requireFinite("rotated box", centreX, centreY, width, height, degrees);
            requireExtent(width, height);
        }
    }

    /**
     * Closed outlines; a ring inside another one is a hole.
     *
     * @param rings the parts, at least one
     */
    record PolygonShape(List<Ring> rings) implements Shape {
        public PolygonShape {
            rings = List.copyOf(rings);
            if (rings.isEmpty()) {
                throw new IllegalArgumentException("a polygon without a ring");
            }
        }
    }

    /**
     * A closed outline; the last point is joined to the first.
     *
     * @param coordinates {@code x1, y1, x2, y2, …}: at least 3 points
     */
    record Ring(List<Double> coordinates) {
        public Ring {
            coordinates = List.copyOf(coordinates);
            if (coordinates.size() % 2 != 0 || coordinates.size() < 6) {
                throw new IllegalArgumentException(
                        "a polygon needs 3 or more points, each an x and a y, but has %d numbers"
                                .formatted(coordinates.size()));
            }
            requireFinite(
                    "polygon",
                    coordinates.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /**
     * Pixels of an image, as COCO's compressed run lengths.
     *
     * @param size of the upright image
     * @param counts as {@link Mask#compressed} writes them
     */
    record MaskShape(ImageSize size, String counts) implements Shape {
        /** The pixels of a mask. */
        public static MaskShape of(Mask mask) {
            return new MaskShape(mask.size(), mask.compressed());
        }

        /** As a mask; {@code IllegalArgumentException} when the run lengths do not fill the image. */
        public Mask mask() {
            return Mask.ofCompressed(size, counts);
        }
    }

    /** {@code IllegalArgumentException} for a coordinate that is not a finite number. */
    static void requireFinite(String what, double... coordinates) {
        if (!Arrays.stream(coordinates).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a %s has a coordinate that is not a finite number: %s"
                    .formatted(what, Arrays.toString(coordinates)));
        }
    }

    private static void requireExtent(double width, double height) {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("a box of %s×%s pixels".formatted(width, height));
        }
    }
}
