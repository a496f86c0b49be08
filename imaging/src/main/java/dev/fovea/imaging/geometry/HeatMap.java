package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Size;

/**
 * Where in an image something is: a number for each cell of a grid that covers the whole image.
 *
 * @param size of the grid, in cells
 * @param values {@code size.height * size.width} logits, row by row from the upper left; not to be changed
 */
public record HeatMap(Size size, float[] values) {

    public HeatMap {
        if (values.length != size.height() * size.width()) {
            throw new IllegalArgumentException("%d values for %s cells".formatted(values.length, size));
        }
    }

    /** The value of a cell from 0 to 1: 0.5 where its logit is 0. */
    public double at(int row, int column) {
        return 1 / (1 + Math.exp(-values[row * size.width() + column]));
    }
}
