package dev.fovea.labels.consensus;

import dev.fovea.statistics.agreement.ConfusionFit;
import dev.fovea.statistics.agreement.DawidSkene;
import dev.fovea.statistics.agreement.DifficultyFit;
import dev.fovea.statistics.agreement.DifficultyModel;

/** The probability of each label given votes, by a fitted model of the people. Immutable. */
@FunctionalInterface
interface VotePosterior {

    /**
     * The distribution over the labels of the fit.
     *
     * @param people {@code [V]} index of who voted
     * @param labels {@code [V]} index of the label
     */
    double[] of(int[] people, int[] labels);

    /** By {@link DawidSkene}. */
    static VotePosterior dawidSkene(VoteTable table) {
        ConfusionFit fit = DawidSkene.fit(table.ratings());
        return (people, labels) -> {
            double[] logs = fit.prior().stream().mapToDouble(VotePosterior::log).toArray();
            for (int v = 0; v < people.length; v++) {
                for (int k = 0; k < logs.length; k++) {
                    logs[k] += log(fit.confusions().get(people[v]).probability(k, labels[v]));
                }
            }
            return normalized(logs);
        };
    }

    /** By {@link DifficultyModel}. */
    static VotePosterior difficulty(VoteTable table) {
        DifficultyFit fit = DifficultyModel.fit(table.ratings());
        return fit::posterior;
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, Double.MIN_NORMAL));
    }

    private static double[] normalized(double[] logs) {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            max = Math.max(max, log);
        }
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.exp(logs[k] - max);
            sum += logs[k];
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] /= sum;
        }
        return logs;
    }
}
