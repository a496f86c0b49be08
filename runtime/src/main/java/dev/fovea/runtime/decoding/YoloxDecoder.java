package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.List;
import java.util.Map;

/** YOLOX: see {@link DecoderConfig.Yolox} for the formulas' source. Pure. */
final class YoloxDecoder {

    private YoloxDecoder() {}

    static List<Candidate> candidates(DecoderConfig.Yolox decoder, Map<String, Tensor> outputs, Size input) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 2);
        int row = output.length(1);
        int cells = decoder.strides().stream()
                .mapToInt(stride -> (input.height() / stride) * (input.width() / stride))
                .sum();
        output.require(
                output.length(0) == cells && row > 5,
                decoder.output(),
                "[%d, 5 + classes] for strides %s of an input %s".formatted(cells, decoder.strides(), input));
        float[] values = output.values();
        Candidates found = new Candidates(decoder.selection().score());
        int cell = 0;
        for (int stride : decoder.strides()) {
            int across = input.width() / stride;
            for (int i = 0; i < across * (input.height() / stride); i++, cell++) {
                int at = cell * row;
                int label = ScoreMath.largest(values, at + 5, 1, row - 5);
                double score = (double) values[at + 4] * values[at + 5 + label];
                if (found.wants(score)) {
                    int gridX = i % across;
                    int gridY = i / across;
                    found.add(
                            cell,
                            label,
                            score,
                            (values[at] + gridX) * stride,
                            (values[at + 1] + gridY) * stride,
                            Math.exp(values[at + 2]) * stride,
                            Math.exp(values[at + 3]) * stride);
                }
            }
        }
        return found.all();
    }
}
