package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Labels of images that were kept as a random sample. Images of days with other probabilities are weighed by these,
 * with weights that add up to the predictions (Hájek's estimator; Särndal, Swensson and Wretman, "Model Assisted Survey
 * Sampling", 1992, 5.7).
 *
 * @param sample rows of the judged predictions
 * @param truth the class of each
 */
record KeptSample(LabelledSample sample, int[] truth) {

    private static final double SAME = 1e-9;

    /** Of the labels of images that are in a random sample; empty without one. */
    static Optional<KeptSample> of(Collection<KeptImage> images, JudgedPredictions judged, Collection<Truth> labels) {
        Map<String, Double> probabilities = new HashMap<>();
        images.forEach(image -> image.probability()
                .ifPresent(probability -> probabilities.put(image.origin().request(), probability)));
        Map<Integer, Labelled> found = new LinkedHashMap<>(); // in the order in which labels came
        for (Truth one : labels) {
            Double probability = probabilities.get(one.request());
            if (probability != null && one.labels() instanceof TrueLabels.TrueLabel(String label)) {
                judged.row(one.request())
                        .ifPresent(row -> found.put(row, new Labelled(probability, judged.number(label))));
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int[] rows = found.keySet().stream().mapToInt(Integer::intValue).toArray();
        double[] each =
                found.values().stream().mapToDouble(Labelled::probability).toArray();
        int[] truth = found.values().stream().mapToInt(Labelled::truth).toArray();
        double least = Arrays.stream(each).min().orElseThrow();
        double most = Arrays.stream(each).max().orElseThrow();
        return Optional.of(new KeptSample(
                most - least < SAME
                        ? new LabelledSample.SimpleRandom(rows)
                        : new LabelledSample.Draws(draws(each, judged.design().total()), rows),
                truth));
    }

    private record Labelled(double probability, int truth) {}

    /** Probabilities of draws by which the weights 1 / (T N q) of the rows add up to 1. */
    private static double[] draws(double[] probabilities, double population) {
        double weights = Arrays.stream(probabilities).map(each -> 1 / each).sum();
        return Arrays.stream(probabilities)
                .map(each -> Math.min(1, each * weights / (probabilities.length * population)))
                .toArray();
    }
}
