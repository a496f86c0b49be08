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
    private final float[] outputs;
    private final Activation activation;
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
     * The same for what a network gave.
     *
     * @param outputs {@code [K]} in label order, from now on the classification's own: logits for
     *     {@link Activation#SOFTMAX} and {@link Activation#SIGMOID}, else probabilities
     * @param activation what the network's output left to be done; with {@link Activation#NONE} and temperature 1 the
     *     confidences are what the network gave, limited to 0 and 1, whether they add up to 1 or not
     */
    public Classification(List<String> labels, float[] outputs, Activation activation, double temperature) {
        this.labels = labels;
        this.outputs = outputs;
        this.activation = activation;
        this.confidences = isProbability(activation) && temperature == 1
                ? probabilities(outputs)
                : Softmax.of(scores(), 0, outputs.length, temperature);
    }

    /**
     * Of a network's output, as {@link dev.fovea.model.decoder.Postprocessing.OneLabel} describes it.
     *
     * @param values one per label; one for two labels; or the label's index
     * @throws FoveaException {@code LABELS_MISMATCH} for another number of values, or an index of no label
     */
    static Classification of(List<String> labels, float[] values, Activation activation, double temperature) {
        float[] outputs = switch (activation) {
            case SOFTMAX -> values;
            case SIGMOID -> new float[] {0, only(values, labels)};
            case NONE ->
                values.length == 1 && labels.size() == 2
                        ? new float[] {(float) (1 - (double) values[0]), values[0]}
                        : values;
            case ARGMAX -> chosen(only(values, labels), labels);
        };
        if (outputs.length != labels.size()) {
            throw mismatch(values.length, labels.size());
        }
        return new Classification(labels, outputs, activation, temperature);
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

    private static boolean isProbability(Activation activation) {
        return switch (activation) {
            case SOFTMAX, SIGMOID -> false;
            case NONE, ARGMAX -> true;
        };
    }

    private static double[] probabilities(float[] values) {
        double[] probabilities = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            probabilities[i] = Math.clamp(values[i], 0, 1);
        }
        return probabilities;
    }

    private static float[] logarithms(float[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            logarithms[i] = (float) Math.log(Math.clamp(probabilities[i], MIN_PROBABILITY, 1));
        }
        return logarithms;
    }

    private static float[] chosen(float index, List<String> labels) {
        if (index != Math.rint(index) || index < 0 || index >= labels.size()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The network's output is the index %s of a label, but there are %d labels, counted from 0."
                            .formatted(index, labels.size()));
        }
        float[] probabilities = new float[labels.size()];
        probabilities[(int) index] = 1;
        return probabilities;
    }

    /** What Softmax takes; not to be changed. */
    private float[] scores() {
        return isProbability(activation) ? logarithms(outputs) : outputs;
    }

    /** What the network gave, in label order: logits, or probabilities where the graph ends in them. */
    public float[] outputs() {
        return outputs.clone();
    }

    /** Logits in label order; logarithms where the graph ends in probabilities. */
    public float[] logits() {
        return isProbability(activation) ? logarithms(outputs) : outputs();
    }

    /** The number of labels. */
    public int size() {
        return outputs.length;
    }

    /** The entropy of the probabilities in nats: 0 when one label is certain, ln K when all are equal. */
    public double entropy() {
        double entropy = 0;
        for (double confidence : confidences) {
            entropy -= confidence > 0 ? confidence * Math.log(confidence) : 0;
        }
        return entropy;
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
