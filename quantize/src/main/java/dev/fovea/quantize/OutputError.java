package dev.fovea.quantize;

import dev.fovea.model.OnnxModel;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Session;
import dev.fovea.runtime.SessionSettings;
import dev.fovea.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a changed network's outputs are from the original's: the squared differences as a share of the squared
 * values, over all outputs and pictures. 0 is the same; 0.01 is a signal 20 dB above the noise.
 */
final class OutputError {

    private final Engine engine;
    private final List<Tensor> inputs;
    private final List<List<float[]>> expected = new ArrayList<>();

    /** Remembers what the original gives for some inputs. */
    OutputError(Engine engine, OnnxModel original, List<Tensor> inputs) {
        this.engine = engine;
        this.inputs = List.copyOf(inputs);
        try (Session session = engine.load(original.bytes(), SessionSettings.forThisMachine())) {
            this.inputs.forEach(input -> expected.add(floats(session.run(List.of(input)))));
        }
    }

    private static List<float[]> floats(List<Tensor> outputs) {
        return outputs.stream().map(Tensor::floats).toList();
    }

    /** Infinite where an output is no number. */
    double of(OnnxModel changed) {
        int outputs = expected.getFirst().size();
        double[] noise = new double[outputs];
        double[] signal = new double[outputs];
        try (Session session = engine.load(changed.bytes(), SessionSettings.forThisMachine())) {
            for (int i = 0; i < inputs.size(); i++) {
                List<float[]> given = floats(session.run(List.of(inputs.get(i))));
                for (int output = 0; output < outputs; output++) {
                    float[] wanted = expected.get(i).get(output);
                    boolean comparable = given.get(output).length == wanted.length;
                    for (int j = 0; j < wanted.length; j++) {
                        // an output of another length has nothing in common with the one expected
                        double off = comparable ? wanted[j] - given.get(output)[j] : wanted[j];
                        noise[output] += off * off;
                        signal[output] += (double) wanted[j] * wanted[j];
                    }
                }
            }
        }
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            sum += noise[output] == 0 ? 0 : noise[output] / Math.max(signal[output], Double.MIN_NORMAL);
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum / outputs;
    }
}
