package dev.fovea.model.anomaly;

import dev.fovea.imaging.Size;
import java.util.Arrays;

/**
 * From the distances of a grid's places to an image's score and heat map. The distances are enlarged to the input's
 * pixels and smoothed with a standard deviation of 4 pixels of 224, as PaDiM and PatchCore do; the score is the mean of
 * the highest hundredth.
 */
public final class AnomalyMap {

    private static final double DEVIATION = 4.0 / 224;
    private static final double HIGHEST = 0.01;

    /** A cell of the heat map is so many pixels of the input, which smoothed distances lose little by. */
    private static final int CELL = 4;

    private static final double MIN_VARIANCE = 0.25;

    private final AxisMatrix vertical;
    private final AxisMatrix horizontal;
    private final AxisMatrix heatVertical;
    private final AxisMatrix heatHorizontal;

    /** Of a grid of places in an input. */
    public AnomalyMap(Size grid, Size input) {
        this.vertical = smooth(grid.height(), input.height(), DEVIATION * input.height());
        this.horizontal = smooth(grid.width(), input.width(), DEVIATION * input.width());
        this.heatVertical = heat(grid.height(), input.height());
        this.heatHorizontal = heat(grid.width(), input.width());
    }

    private static AxisMatrix smooth(int places, int pixels, double deviation) {
        return AxisMatrix.gaussian(pixels, deviation).after(AxisMatrix.bilinear(places, pixels));
    }

    /** Who enlarges the heat map bilinearly smooths it by a triangle, of which this variance is left out here. */
    private static AxisMatrix heat(int places, int pixels) {
        double variance = Math.pow(DEVIATION * pixels, 2) - CELL * CELL / 6.0;
        return AxisMatrix.bilinear(pixels, Math.max(places, pixels / CELL))
                .after(smooth(places, pixels, Math.sqrt(Math.max(MIN_VARIANCE, variance))));
    }

    /** Columns of smoothed pixels: {@code [height, grid height]}. */
    AxisMatrix vertical() {
        return vertical;
    }

    /** {@code [width, grid width]}. */
    AxisMatrix horizontal() {
        return horizontal;
    }

    /** The same for the cells of the heat map. */
    AxisMatrix heatVertical() {
        return heatVertical;
    }

    AxisMatrix heatHorizontal() {
        return heatHorizontal;
    }

    /** The size of the heat map in cells. */
    public Size heat() {
        return new Size(heatVertical.rows(), heatHorizontal.rows());
    }

    /** How many of the pixels are the highest hundredth. */
    int highest() {
        return Math.max(1, (int) (HIGHEST * vertical.rows() * horizontal.rows()));
    }

    /**
     * The score of an image.
     *
     * @param distances of the places, row by row
     */
    public double score(double[] distances) {
        double[] pixels = AxisMatrix.filter(vertical, distances, horizontal);
        Arrays.sort(pixels);
        double total = 0;
        for (int i = pixels.length - highest(); i < pixels.length; i++) {
            total += pixels[i];
        }
        return total / highest();
    }
}
