package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which of N predictions have labels, and how they were chosen. */
public sealed interface LabelledSample {

    /** Indices of labelled predictions in the order in which they became known; one may occur twice. */
    int[] rows();

    /** The mean outcome of all N predictions, from a guess for each and the outcome of each of {@link #rows}. */
    MeanEstimate mean(double[] guesses, DesignWeights weights, double[] outcomes);

    /** The mean outcome of some of the predictions; empty where none of them has a label. */
    Optional<MeanEstimate> meanOf(int[] kept, double[] guesses, DesignWeights weights, double[] outcomes);

    /** How many labels of equal weight those of some rows count as: those whose flag is not 0, by {@link #rows}. */
    double size(double[] flags);

    /** The variance of one term that the guesses lead to expect, if they are right. */
    double expectedVariance(double[] guesses, DesignWeights weights);

    /** A simple random sample without replacement; all of the predictions is one too. */
    record SimpleRandom(int[] rows) implements LabelledSample {

        public SimpleRandom {
            Require.that(rows.length > 0, "No labelled predictions; there must be at least one.");
        }

        @Override
        public MeanEstimate mean(double[] guesses, DesignWeights weights, double[] outcomes) {
            return PredictionPoweredMean.of(guesses, weights, rows, outcomes);
        }

        @Override
        public double size(double[] flags) {
            return (double) Arrays.stream(flags).filter(flag -> flag != 0).count();
        }

        @Override
        public double expectedVariance(double[] guesses, DesignWeights weights) {
            return Arrays.stream(rows)
                    .mapToDouble(row -> guesses[row] * (1 - guesses[row]))
                    .average()
                    .orElseThrow();
        }

        @Override
        public Optional<MeanEstimate> meanOf(int[] kept, double[] guesses, DesignWeights weights, double[] outcomes) {
            Map<Integer, Integer> place = new HashMap<>();
            IntStream.range(0, kept.length).forEach(i -> place.put(kept[i], i));
            int[] inside = IntStream.range(0, rows.length)
                    .filter(i -> place.containsKey(rows[i]))
                    .toArray();
            if (inside.length == 0) {
                return Optional.empty();
            }
            return Optional.of(PredictionPoweredMean.of(
                    Arrays.stream(kept).mapToDouble(i -> guesses[i]).toArray(),
                    weights.select(kept),
                    Arrays.stream(inside).map(i -> place.get(rows[i])).toArray(),
                    Arrays.stream(inside).mapToDouble(i -> outcomes[i]).toArray()));
        }
    }

    /**
     * Draws with replacement.
     *
     * @param probabilities {@code [T]} of each draw, that of its row at its time, positive
     * @param rows {@code [T]}
     */
    record Draws(double[] probabilities, int[] rows) implements LabelledSample {

        public Draws {
            Require.that(rows.length > 0, "No labelled predictions; there must be at least one.");
            Require.that(
                    rows.length == probabilities.length,
                    "%d probabilities of %d draws.",
                    probabilities.length,
                    rows.length);
        }

        @Override
        public MeanEstimate mean(double[] guesses, DesignWeights weights, double[] outcomes) {
            return PredictionPoweredMean.ofDraws(guesses, weights, probabilities, rows, outcomes);
        }

        @Override
        public double size(double[] flags) {
            return DesignWeights.effectiveSize(
                    IntStream.range(0, rows.length).filter(t -> flags[t] != 0).mapToDouble(t -> 1 / probabilities[t]));
        }

        @Override
        public double expectedVariance(double[] guesses, DesignWeights weights) {
            double total = weights.total();
            return IntStream.range(0, rows.length)
                    .mapToDouble(t -> guesses[rows[t]]
                            * (1 - guesses[rows[t]])
                            / (probabilities[t] * total)
                            / (probabilities[t] * total))
                    .average()
                    .orElseThrow();
        }

        @Override
        public Optional<MeanEstimate> meanOf(int[] kept, double[] guesses, DesignWeights weights, double[] outcomes) {
            double[] none = new double[guesses.length];
            boolean[] isKept = new boolean[guesses.length];
            for (int row : kept) {
                isKept[row] = true;
            }
            double[] both = new double[rows.length];
            double[] within = new double[rows.length];
            for (int t = 0; t < rows.length; t++) {
                within[t] = isKept[rows[t]] ? 1 : 0;
                both[t] = within[t] * outcomes[t];
            }
            MeanEstimate share = mean(none, weights, within);
            return share.value() == 0
                    ? Optional.empty()
                    : Optional.of(mean(none, weights, both)
                            .over(share, size(within), ratio -> weights.ratioVariance(share.value(), ratio)));
        }
    }
}
