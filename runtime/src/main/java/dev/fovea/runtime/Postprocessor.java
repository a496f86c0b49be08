package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Activation;
import dev.fovea.runtime.Prediction.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A network's raw output to ranked labels. Pure and thread-safe. */
final class Postprocessor {

    private static final double LEAST_PROBABILITY = 1e-30;

    private final List<String> labels;
    private final Activation activation;
    private final double temperature;

    Postprocessor(List<String> labels, Activation activation, double temperature) {
        this.labels = labels;
        this.activation = activation;
        this.temperature = temperature;
    }

    /**
     * Logits in label order: the output itself, or the logarithm of probabilities. {@code INFERENCE_FAILED} for NaN.
     */
    List<Float> logits(float[] output) {
        if (output.length != labels.size()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The model's output has %d values but there are %d labels. Give one label per line, in the order of the output."
                            .formatted(output.length, labels.size()));
        }
        List<Float> logits = new ArrayList<>(output.length);
        for (float value : output) {
            if (!Float.isFinite(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network's output for this picture is not a number (%s).".formatted(value));
            }
            logits.add(
                    switch (activation) {
                        case SOFTMAX -> value;
                        case NONE -> (float) Math.log(Math.max(value, LEAST_PROBABILITY));
                    });
        }
        return logits;
    }

    /** Softmax of logits / temperature (Guo et al. 2017, eq. 9), best first; equal ones in label order. */
    List<Ranked> rank(List<Float> logits) {
        double highest = logits.stream().mapToDouble(Float::doubleValue).max().orElse(0);
        double[] weights = new double[logits.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((logits.get(i) - highest) / temperature);
            sum += weights[i];
        }
        List<Ranked> ranked = new ArrayList<>(weights.length);
        for (int i = 0; i < weights.length; i++) {
            ranked.add(new Ranked(labels.get(i), weights[i] / sum));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::confidence).reversed());
        return ranked;
    }
}
