package dev.fovea.runtime;

import java.util.ArrayList;
import java.util.List;

/** The answer of a classifier: a probability for every label, calibrated by the model's temperature. Immutable. */
public final class Classification {

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
        this.labels = labels;
        this.logits = logits;
        this.confidences = softmax(logits, temperature);
    }

    private static double[] softmax(float[] logits, double temperature) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((logits[i] - highest) / temperature);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** The network's output in label order; logarithms where the graph ends in probabilities. */
    public float[] logits() {
        return logits.clone();
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
        int length = Math.min(count, labels.size());
        return length <= 16 ? few(length) : sorted(length);
    }

    /** One pass over all labels for each place: cheaper than sorting a thousand of them for five. */
    private List<Ranked> few(int count) {
        List<Ranked> best = new ArrayList<>(count);
        int last = -1;
        for (int place = 0; place < count; place++) {
            last = next(last);
            best.add(new Ranked(labels.get(last), confidences[last]));
        }
        return best;
    }

    /** The best one that comes after {@code previous} in the order; the very best after -1. */
    private int next(int previous) {
        int best = -1;
        for (int i = 0; i < confidences.length; i++) {
            if ((previous < 0 || isBehind(i, previous)) && (best < 0 || isBehind(best, i))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBehind(int one, int other) {
        int order = Double.compare(confidences[one], confidences[other]);
        return order < 0 || (order == 0 && one > other);
    }

    private List<Ranked> sorted(int count) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < confidences.length; i++) {
            order.add(i);
        }
        order.sort((one, other) -> isBehind(one, other) ? 1 : one.equals(other) ? 0 : -1);
        return order.stream()
                .limit(count)
                .map(i -> new Ranked(labels.get(i), confidences[i]))
                .toList();
    }
}
