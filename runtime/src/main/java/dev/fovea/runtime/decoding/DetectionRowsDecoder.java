package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.DetectionRows.Column;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that the graph has selected; see {@link DetectionRows}. Pure.
 *
 * @param rows {@code [N,C]}
 * @param prototypes {@code [M,h,w]}, where rows end in M mask coefficients
 */
record DetectionRowsDecoder(DetectionRows head, OutputTensor rows, Optional<OutputTensor> prototypes) {

    static DetectionRowsDecoder of(DetectionRows head, Map<String, Tensor> outputs) {
        OutputTensor rows = OutputTensor.of(outputs, head.output(), 2);
        Optional<OutputTensor> prototypes = head.prototypes().map(name -> OutputTensor.of(outputs, name, 3));
        int columns = head.columns().size()
                + prototypes.map(output -> output.length(0)).orElse(0);
        rows.require(rows.length(1) == columns, head.output(), "[detections, %d]".formatted(columns));
        return new DetectionRowsDecoder(head, rows, prototypes);
    }

    /** Best first, at most the head's limit, in pixels of the input. */
    List<Candidate> candidates(Size input) {
        double x = head.unit() == BoxUnit.SHARES ? input.width() : 1;
        double y = head.unit() == BoxUnit.SHARES ? input.height() : 1;
        Candidates found = new Candidates(head.score());
        for (int row = 0; row < rows.length(0); row++) {
            int label = Math.round(value(row, Column.CLASS)) - head.firstClass();
            if (label >= 0 && value(row, Column.SCORE) > 0) {
                found.corners(
                        row,
                        label,
                        value(row, Column.SCORE),
                        value(row, Column.X1) * x,
                        value(row, Column.Y1) * y,
                        value(row, Column.X2) * x,
                        value(row, Column.Y2) * y);
            }
        }
        return NonMaximumSuppression.best(found.all(), head.limit());
    }

    /** The mask coefficients of a row. */
    float[] coefficients(int row) {
        int end = (row + 1) * rows.length(1);
        return Arrays.copyOfRange(
                rows.values(), row * rows.length(1) + head.columns().size(), end);
    }

    private float value(int row, Column column) {
        return rows.values()[row * rows.length(1) + head.at(column)];
    }
}
