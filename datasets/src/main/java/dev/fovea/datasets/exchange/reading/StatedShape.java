package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.exchange.model.BoxReading;
import java.util.List;

/** A shape in the units of its file, not yet checked. */
public sealed interface StatedShape {

    /** A box as its file writes it. */
    record FourNumbers(double a, double b, double c, double d, BoxReading reading) implements StatedShape {}

    /** The corners of a rotated box in order: {@code x1, y1, …, x4, y4}. */
    record Corners(List<Double> coordinates) implements StatedShape {
        public Corners {
            coordinates = List.copyOf(coordinates);
        }
    }

    /** Any other shape; the coordinates of a mask are pixels of the image that its size names. */
    record Drawn(Shape shape) implements StatedShape {}
}
