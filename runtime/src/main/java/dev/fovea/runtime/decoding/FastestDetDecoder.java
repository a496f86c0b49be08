package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.List;
import java.util.Map;

/**
 * FastestDet: per cell score = objectness^0.6 · class^0.4, centre = (cell + tanh) / grid, size = sigmoid, in shares of
 * the input; see {@link DecoderConfig.FastestDet} for the source. Pure.
 */
final class FastestDetDecoder {

    private FastestDetDecoder() {}

    static List<Candidate> candidates(DecoderConfig.FastestDet decoder, Map<String, Tensor> outputs, Size input) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 3);
        output.require(output.length(0) > 5, decoder.output(), "[5 + classes, height, width]");
        int width = output.length(2);
        int cells = output.length(1) * width;
        float[] values = output.values();
        double cellWidth = (double) input.width() / width;
        double cellHeight = (double) input.height() / output.length(1);
        Candidates found = new Candidates(decoder.selection().score());
        for (int i = 0; i < cells; i++) {
            int gridX = i % width;
            int gridY = i / width;
            int label = ScoreMath.largest(values, 5 * cells + i, cells, output.length(0) - 5);
            double score = Math.pow(values[i], 0.6) * Math.pow(values[(5 + label) * cells + i], 0.4);
            if (found.wants(score)) {
                found.add(
                        i,
                        label,
                        score,
                        (gridX + Math.tanh(values[cells + i])) * cellWidth,
                        (gridY + Math.tanh(values[2 * cells + i])) * cellHeight,
                        ScoreMath.sigmoid(values[3 * cells + i]) * input.width(),
                        ScoreMath.sigmoid(values[4 * cells + i]) * input.height());
            }
        }
        return found.all();
    }
}
