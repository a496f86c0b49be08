package dev.fovea.training.detection;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.model.detector.DetectorForm;

/**
 * The cells of a detector's grids, in the order of its output.
 *
 * @param column of a cell in its grid
 * @param row of a cell in its grid
 * @param stride of its grid, pixels
 */
record DetectorCells(float[] column, float[] row, float[] stride) {

    /** The cells for a size of input, which may be another than the form's. */
    static DetectorCells of(DetectorForm form, Size input) {
        DetectorForm sized = new DetectorForm(input, form.strides(), form.classes());
        int count = sized.cells();
        DetectorCells cells = new DetectorCells(new float[count], new float[count], new float[count]);
        int at = 0;
        for (int each : sized.strides()) {
            int across = input.width() / each;
            for (int i = 0; i < across * (input.height() / each); i++, at++) {
                cells.column[at] = i % across;
                int row = i / across;
                cells.row[at] = row;
                cells.stride[at] = each;
            }
        }
        return cells;
    }

    int count() {
        return stride.length;
    }

    /** Centre of a cell in pixels of the input. */
    float centerX(int cell) {
        return (column[cell] + 0.5f) * stride[cell];
    }

    /** Centre of a cell in pixels of the input. */
    float centerY(int cell) {
        return (row[cell] + 0.5f) * stride[cell];
    }

    /** The box that a row of the output states, from four values on; wide enough to be a box whatever they are. */
    Box box(float[] values, int from, int cell) {
        double size = stride[cell];
        return Box.around(
                (values[from] + column[cell]) * size,
                (values[from + 1] + row[cell]) * size,
                extent(values[from + 2]) * size,
                extent(values[from + 3]) * size);
    }

    /** Whether a row of the output states a box at all. */
    static boolean isFinite(float[] values, int from) {
        return Float.isFinite(values[from])
                && Float.isFinite(values[from + 1])
                && !Float.isNaN(values[from + 2])
                && !Float.isNaN(values[from + 3]);
    }

    private static double extent(float log) {
        return Math.exp(Math.min(log, DetectionLoss.MAX_LOG_EXTENT));
    }
}
