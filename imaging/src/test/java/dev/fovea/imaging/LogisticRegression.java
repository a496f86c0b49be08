package dev.fovea.imaging;

import java.util.List;

/** Multinomial logistic regression by gradient descent: the simplest model worth beating. */
public final class LogisticRegression {

    private static final int STEPS = 2000;
    private static final double RATE = 1;

    private final double[][] weights;

    public LogisticRegression(int features, int classes) {
        this.weights = new double[classes][features + 1];
    }

    public void fit(List<double[]> features, List<Integer> classes) {
        for (int step = 0; step < STEPS; step++) {
            double[][] gradient = new double[weights.length][weights[0].length];
            for (int i = 0; i < features.size(); i++) {
                double[] odds = probabilities(features.get(i));
                odds[classes.get(i)] -= 1;
                addOuter(gradient, odds, features.get(i), 1.0 / features.size());
            }
            for (int k = 0; k < weights.length; k++) {
                for (int f = 0; f < weights[k].length; f++) {
                    weights[k][f] -= RATE * gradient[k][f];
                }
            }
        }
    }

    public int predict(double[] features) {
        double[] probabilities = probabilities(features);
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    private static void addOuter(double[][] target, double[] errors, double[] features, double scale) {
        for (int k = 0; k < errors.length; k++) {
            for (int f = 0; f < features.length; f++) {
                target[k][f] += scale * errors[k] * features[f];
            }
            target[k][features.length] += scale * errors[k];
        }
    }

    private double[] probabilities(double[] features) {
        double[] scores = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            double score = weights[k][features.length];
            for (int f = 0; f < features.length; f++) {
                score += weights[k][f] * features[f];
            }
            scores[k] = Math.exp(score);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }
}
