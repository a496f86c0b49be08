package dev.fovea.runtime.decoding;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.tensor.TopIndices;
import dev.fovea.statistics.Softmax;
import java.util.Arrays;
import java.util.List;

/** A classifier's prediction: a probability for every label, calibrated by the model's temperature. Immutable. */
public final class Classification {

    /** A label and its probability. */
    public record Ranked(String label, double confidence) {}

    /** Stands for a probability of 0, whose logarithm would not be finite. */
    private static final double MIN_PROBABILITY = 1e-30;

    private final List<String> labels;
    private final float[] logits;
    private final double[] confidences;

    /**
     * Softmax of logits / temperature (Guo et al. 2017, eq. 9).
     *
     * @param labels of which there are K
     * @param logits {@code [K]} in label order, from now on the classification's own
     */
    public Classification(List<String> labels, float[] logits, double temperature) {
        this(labels, logits, Activation.SOFTMAX, temperature);
    }

    /**
     * The same for logits that are logarithms of what a network gave.
     *
     * @param activation what the network's output left to be done; with {@link Activation#NONE} and temperature 1 the
     *     confidences are what the network gave, whether they add up to 1 or not
     */
    public Classification(List<String> labels, float[] logits, Activation activation, double temperature) {
        this.labels = labels;
        this.logits = logits;
        this.confidences = switch (activation) {
            case SOFTMAX, SIGMOID -> Softmax.of(logits, 0, logits.length, temperature);
            case NONE, ARGMAX ->
                temperature == 1 ? exponentials(logits) : Softmax.of(logits, 0, logits.length, temperature);
        };
    }

    /**
     * Of a network's output, as {@link dev.fovea.model.decoder.Postprocessing.OneLabel} describes it.
     *
     * @param values one per label; one for two labels; or the label's index
     * @throws FoveaException {@code LABELS_MISMATCH} for another number of values, or an index of no label
     */
    static Classification of(List<String> labels, float[] values, Activation activation, double temperature) {
        float[] logits = switch (activation) {
            case SOFTMAX -> values;
            case SIGMOID -> new float[] {0, only(values, labels)};
            case NONE -> values.length == 1 && labels.size() == 2 ? both(values[0]) : logarithms(values);
            case ARGMAX -> chosen(only(values, labels), labels);
        };
        if (logits.length != labels.size()) {
            throw mismatch(values.length, labels.size());
        }
        return new Classification(labels, logits, activation, temperature);
    }

    static FoveaException mismatch(int values, int labels) {
        return new FoveaException(
                ErrorCode.LABELS_MISMATCH,
                "The model's output has %d values but there are %d labels. Give one label per line, in the order of the output."
                        .formatted(values, labels));
    }

    private static float only(float[] values, List<String> labels) {
        if (values.length != 1) {
            throw mismatch(values.length, labels.size());
        }
        return values[0];
    }

    /** Of the second label's probability; 1 - p in double precision, as p may be within a float's step of 1. */
    private static float[] both(double probability) {
        return new float[] {logarithm(1 - probability), logarithm(probability)};
    }

    private static float[] logarithms(float[] values) {
        float[] logarithms = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            logarithms[i] = logarithm(values[i]);
        }
        return logarithms;
    }

    private static float logarithm(double probability) {
        return (float) Math.log(Math.clamp(probability, MIN_PROBABILITY, 1));
    }

    private static float[] chosen(float index, List<String> labels) {
        if (index != Math.rint(index) || index < 0 || index >= labels.size()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The network's output is the index %s of a label, but there are %d labels, counted from 0."
                            .formatted(index, labels.size()));
        }
        float[] logits = new float[labels.size()];
        Arrays.fill(logits, logarithm(0));
        logits[(int) index] = 0;
        return logits;
    }

    private static double[] exponentials(float[] logits) {
        double[] values = new double[logits.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(logits[i]);
        }
        return values;
    }

    /** The network's output in label order; logarithms where the graph ends in probabilities. */
    public float[] logits() {
        return logits.clone();
    }

    /** The number of labels. */
    public int size() {
        return logits.length;
    }

    /** The best label. */
    public Ranked best() {
        return top(1).getFirst();
    }

    /** All labels, best first. */
    public List<Ranked> ranked() {
        return top(labels.size());
    }

    /** The best {@code count} labels, best first; equal ones in label order. */
    public List<Ranked> top(int count) {
        return Arrays.stream(TopIndices.of(confidences.length, count, i -> confidences[i]))
                .mapToObj(i -> new Ranked(labels.get(i), confidences[i]))
                .toList();
    }
}
