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
    MeanEstimate mean(double[] guesses, double[] outcomes);

    /** The sample of some of the predictions, whose indices are then those of {@code kept}; empty without any. */
    Optional<LabelledSample> within(int[] kept);

    /** A simple random sample without replacement; all of the predictions is one too. */
    record SimpleRandom(int[] rows) implements LabelledSample {

        public SimpleRandom {
            Require.that(rows.length > 0, "No labelled predictions; there must be at least one.");
        }

        @Override
        public MeanEstimate mean(double[] guesses, double[] outcomes) {
            return PredictionPoweredMean.of(guesses, rows, outcomes);
        }

        @Override
        public Optional<LabelledSample> within(int[] kept) {
            int[] inside = inside(rows, kept);
            return inside.length == 0 ? Optional.empty() : Optional.of(new SimpleRandom(inside));
        }
    }

    /** Draws with replacement, of probabilities {@code [N]} of sum 1. */
    record Draws(double[] probabilities, int[] rows) implements LabelledSample {

        public Draws {
            Require.that(rows.length > 0, "No labelled predictions; there must be at least one.");
        }

        @Override
        public MeanEstimate mean(double[] guesses, double[] outcomes) {
            return PredictionPoweredMean.ofDraws(guesses, probabilities, rows, outcomes);
        }

        @Override
        public Optional<LabelledSample> within(int[] kept) {
            int[] inside = inside(rows, kept);
            if (inside.length == 0) {
                return Optional.empty();
            }
            double total =
                    Arrays.stream(kept).mapToDouble(i -> probabilities[i]).sum();
            double[] own = Arrays.stream(kept)
                    .mapToDouble(i -> probabilities[i] / total)
                    .toArray();
            return Optional.of(new Draws(own, inside));
        }
    }

    private static int[] inside(int[] rows, int[] kept) {
        Map<Integer, Integer> place = new HashMap<>();
        IntStream.range(0, kept.length).forEach(i -> place.put(kept[i], i));
        return Arrays.stream(rows).filter(place::containsKey).map(place::get).toArray();
    }
}
