package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import dev.fovea.statistics.Softmax;
import java.util.List;
import java.util.Map;

/** Boxes and scores side by side; each class of a box is a candidate of its own, as in SSD. Pure. */
final class BoxesAndScoresDecoder {

    private BoxesAndScoresDecoder() {}

    static List<Candidate> candidates(DecoderConfig.BoxesAndScores decoder, Map<String, Tensor> outputs, Size input) {
        OutputTensor boxes = OutputTensor.of(outputs, decoder.boxes(), 2);
        OutputTensor scores = OutputTensor.of(outputs, decoder.scores(), 2);
        int count = scores.length(0);
        int columns = scores.length(1);
        int background = decoder.background().orElse(columns);
        boxes.require(boxes.length(0) == count && boxes.length(1) == 4, decoder.boxes(), "[%d, 4]".formatted(count));
        scores.require(background <= columns, decoder.scores(), "with a column %d".formatted(background));
        Candidates found = new Candidates(decoder.selection().score());
        for (int i = 0; i < count; i++) {
            double[] row = activated(decoder.activation(), scores.values(), i * columns, columns);
            for (int column = 0; column < columns; column++) {
                if (column != background && found.wants(row[column])) {
                    int label = column > background ? column - 1 : column;
                    add(found, decoder, i, label, row[column], boxes.values(), input);
                }
            }
        }
        return found.all();
    }

    private static double[] activated(DecoderConfig.ScoreActivation activation, float[] values, int at, int count) {
        return switch (activation) {
            case SOFTMAX -> Softmax.of(values, at, count, 1);
            case SIGMOID, NONE -> {
                double[] row = new double[count];
                for (int i = 0; i < count; i++) {
                    row[i] = activation == DecoderConfig.ScoreActivation.NONE
                            ? values[at + i]
                            : ScoreMath.sigmoid(values[at + i]);
                }
                yield row;
            }
        };
    }

    private static void add(
            Candidates found,
            DecoderConfig.BoxesAndScores decoder,
            int index,
            int label,
            double score,
            float[] boxes,
            Size input) {
        boolean shares = decoder.unit() == DecoderConfig.BoxUnit.SHARES;
        double x = shares ? input.width() : 1;
        double y = shares ? input.height() : 1;
        int at = index * 4;
        switch (decoder.form()) {
            case CORNERS ->
                found.corners(
                        index, label, score, boxes[at] * x, boxes[at + 1] * y, boxes[at + 2] * x, boxes[at + 3] * y);
            case CORNERS_YX ->
                found.corners(
                        index, label, score, boxes[at + 1] * x, boxes[at] * y, boxes[at + 3] * x, boxes[at + 2] * y);
            case CENTER ->
                found.add(index, label, score, boxes[at] * x, boxes[at + 1] * y, boxes[at + 2] * x, boxes[at + 3] * y);
        }
    }
}
