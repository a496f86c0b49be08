package dev.fovea.runtime.decoding;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.Map;

/**
 * The class of each cell of a map.
 *
 * @param classes {@code height * width}, row by row; -1 for none
 * @param count the maximum class count
 */
record ClassMap(int height, int width, int[] classes, int count) {

    /** Reads a map; {@code DECODER_INVALID} for another shape than the decoder says. */
    static ClassMap of(DecoderConfig.SemanticMap decoder, Map<String, Tensor> outputs, int labels) {
        return switch (decoder.values()) {
            case SCORES -> scores(OutputTensor.of(outputs, decoder.output(), 3), decoder);
            case SCORES_LAST -> scoresLast(OutputTensor.of(outputs, decoder.output(), 3), decoder);
            case CLASSES -> indices(OutputTensor.plane(outputs, decoder.output()), labels);
            case PROBABILITY -> mask(OutputTensor.plane(outputs, decoder.output()), decoder.threshold(), labels);
            case LOGIT ->
                mask(
                        OutputTensor.plane(outputs, decoder.output()),
                        Math.log(decoder.threshold() / (1 - decoder.threshold())),
                        labels);
        };
    }

    private static ClassMap scores(OutputTensor output, DecoderConfig.SemanticMap decoder) {
        int classes = output.length(0);
        output.require(classes > 1, decoder.output(), "[classes, height, width] of at least 2 classes");
        int[] map = new int[output.length(1) * output.length(2)];
        for (int i = 0; i < map.length; i++) {
            map[i] = ScoreMath.largest(output.values(), i, map.length, classes);
        }
        return new ClassMap(output.length(1), output.length(2), map, classes);
    }

    private static ClassMap scoresLast(OutputTensor output, DecoderConfig.SemanticMap decoder) {
        int classes = output.length(2);
        output.require(classes > 1, decoder.output(), "[height, width, classes] of at least 2 classes");
        int[] map = new int[output.length(0) * output.length(1)];
        for (int i = 0; i < map.length; i++) {
            map[i] = ScoreMath.largest(output.values(), i * classes, 1, classes);
        }
        return new ClassMap(output.length(0), output.length(1), map, classes);
    }

    private static ClassMap indices(OutputTensor output, int labels) {
        int[] map = new int[output.values().length];
        for (int i = 0; i < map.length; i++) {
            float index = output.values()[i];
            map[i] = index >= 0 && index < labels ? (int) index : -1;
        }
        return new ClassMap(output.length(0), output.length(1), map, labels);
    }

    /** With two labels the first is what the mask leaves. */
    private static ClassMap mask(OutputTensor output, double minScore, int labels) {
        int[] map = new int[output.values().length];
        for (int i = 0; i < map.length; i++) {
            boolean inside = output.values()[i] >= minScore;
            map[i] = inside ? labels - 1 : labels - 2;
        }
        return new ClassMap(output.length(0), output.length(1), map, labels);
    }
}
