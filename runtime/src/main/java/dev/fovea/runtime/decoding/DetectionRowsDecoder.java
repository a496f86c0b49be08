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
record DetectionRowsDecoder(DetectionRows decoder, OutputTensor rows, Optional<OutputTensor> prototypes) {

    static DetectionRowsDecoder of(DetectionRows decoder, Map<String, Tensor> outputs) {
        OutputTensor rows = OutputTensor.of(outputs, decoder.output(), 2);
        Optional<OutputTensor> prototypes = decoder.prototypes().map(name -> OutputTensor.of(outputs, name, 3));
        int columns = decoder.columns().size()
                + prototypes.map(output -> output.length(0)).orElse(0);
        rows.require(rows.length(1) == columns, decoder.output(), "[detections, %d]".formatted(columns));
        return new DetectionRowsDecoder(decoder, rows, prototypes);
    }

    /** Best first, at most the decoder's limit, in pixels of the input. */
    List<Candidate> candidates(Size input) {
        double x = decoder.unit() == BoxUnit.SHARES ? input.width() : 1;
        double y = decoder.unit() == BoxUnit.SHARES ? input.height() : 1;
        Candidates found = new Candidates(decoder.score());
        for (int row = 0; row < rows.length(0); row++) {
            int label = Math.round(value(row, Column.CLASS)) - decoder.firstClass();
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
        return NonMaximumSuppression.best(found.all(), decoder.limit());
    }

    /** The mask coefficients of a row. */
    float[] coefficients(int row) {
        int end = (row + 1) * rows.length(1);
        return Arrays.copyOfRange(
                rows.values(), row * rows.length(1) + decoder.columns().size(), end);
    }

    private float value(int row, Column column) {
        return rows.values()[row * rows.length(1) + decoder.at(column)];
    }
}
