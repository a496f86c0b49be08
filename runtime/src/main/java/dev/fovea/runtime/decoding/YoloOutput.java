package dev.fovea.runtime.decoding;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output of YOLOv5, v8 and 11, whichever way round it lies: value {@code f} of candidate {@code i} is at {@code f *
 * fieldStep + i * candidateStep}. Each predicts one class, its best. Pure.
 *
 * @param values elements of the output
 * @param count number of candidates
 * @param fieldStep distance between two values of a candidate
 * @param candidateStep distance between the same value of two candidates
 * @param objectness 1 when the class scores come after an objectness, else 0
 * @param classes number of class scores
 * @param prototypes {@code [M,h,w]}
 */
record YoloOutput(
        float[] values,
        int count,
        int fieldStep,
        int candidateStep,
        int objectness,
        int classes,
        Optional<OutputTensor> prototypes) {

    private static final int BOX = 4;

    static YoloOutput of(DecoderConfig.YoloV5 decoder, Map<String, Tensor> outputs) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 2);
        Optional<OutputTensor> prototypes = decoder.prototypes().map(name -> OutputTensor.of(outputs, name, 3));
        int classes = output.length(1) - BOX - 1 - coefficients(prototypes);
        output.require(classes > 0, decoder.output(), "[candidates, 5 + classes + mask coefficients]");
        return new YoloOutput(output.values(), output.length(0), 1, output.length(1), 1, classes, prototypes);
    }

    static YoloOutput of(DecoderConfig.YoloV8 decoder, Map<String, Tensor> outputs) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 2);
        Optional<OutputTensor> prototypes = decoder.prototypes().map(name -> OutputTensor.of(outputs, name, 3));
        int classes = output.length(0) - BOX - coefficients(prototypes);
        output.require(classes > 0, decoder.output(), "[4 + classes + mask coefficients, candidates]");
        return new YoloOutput(output.values(), output.length(1), output.length(1), 1, 0, classes, prototypes);
    }

    private static int coefficients(Optional<OutputTensor> prototypes) {
        return prototypes.map(output -> output.length(0)).orElse(0);
    }

    /** Candidates of that minimum score, in pixels of the input. */
    List<Candidate> candidates(double minScore) {
        Candidates found = new Candidates(minScore);
        for (int i = 0; i < count; i++) {
            int label =
                    ScoreMath.largest(values, (BOX + objectness) * fieldStep + i * candidateStep, fieldStep, classes);
            double score = objectness == 1 ? (double) value(BOX, i) * value(BOX + 1 + label, i) : value(BOX + label, i);
            if (found.wants(score)) {
                found.add(i, label, score, value(0, i), value(1, i), value(2, i), value(3, i));
            }
        }
        return found.all();
    }

    /** The mask coefficients of a candidate. */
    float[] coefficients(int candidate) {
        float[] coefficients = new float[coefficients(prototypes)];
        for (int m = 0; m < coefficients.length; m++) {
            coefficients[m] = value(BOX + objectness + classes + m, candidate);
        }
        return coefficients;
    }

    private float value(int field, int candidate) {
        return values[field * fieldStep + candidate * candidateStep];
    }
}
