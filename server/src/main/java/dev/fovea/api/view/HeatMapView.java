package dev.fovea.api.view;

import dev.fovea.imaging.geometry.HeatMap;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in an image something is, on a grid that covers the whole image.
 *
 * @param height rows of the grid
 * @param width columns of the grid
 * @param values from 0 to 1 for each cell, row by row from the upper left; above 0.5 a cell is as anomalous as an image
 *     above the threshold
 */
@Schema(name = "HeatMap")
public record HeatMapView(int height, int width, List<Double> values) {

    private static final double STEPS = 1000;

    static HeatMapView of(HeatMap map) {
        List<Double> values = new ArrayList<>(map.values().length);
        for (int row = 0; row < map.size().height(); row++) {
            for (int column = 0; column < map.size().width(); column++) {
                values.add(Math.rint(map.at(row, column) * STEPS) / STEPS);
            }
        }
        return new HeatMapView(map.size().height(), map.size().width(), values);
    }
}
