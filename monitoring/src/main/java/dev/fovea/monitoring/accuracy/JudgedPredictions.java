package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.estimation.DesignWeights;
import dev.fovea.statistics.sampling.UniformSample;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.PredictionLookup;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The predictions of a classifier's version in some time. Of a busy version they are a uniform sample, and all those
 * that have labels; {@link #design} says how many predictions each row stands for. Not thread-safe while it is read.
 */
final class JudgedPredictions {

    /** How many without labels are judged at most. */
    static final int MAX = 200_000;

    private final Map<String, Integer> classes = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();
    private final List<ImageObservation> observed = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private DesignWeights design = DesignWeights.ones(1);
    private long population;

    private JudgedPredictions(List<String> names) {
        for (String name : names) {
            classes.putIfAbsent(name, classes.size());
        }
    }

    /**
     * Those of a version, from a time to before another.
     *
     * @param labelled requests whose predictions are kept in any case
     */
    static JudgedPredictions read(
            PredictionLookup predictions, ModelVersion version, AccuracyWindow window, Set<String> labelled) {
        return read(predictions, version.id(), version.labels(), window, new Kept(labelled, MAX));
    }

    /**
     * What is kept of a busy version.
     *
     * @param labelled requests whose predictions are kept in any case
     * @param others how many other predictions are sampled at most
     */
    record Kept(Set<String> labelled, int others) {}

    static JudgedPredictions read(
            PredictionLookup predictions, VersionId version, List<String> names, AccuracyWindow window, Kept kept) {
        JudgedPredictions judged = new JudgedPredictions(names);
        List<Row> certain = new ArrayList<>();
        UniformSample<Row> others = new UniformSample<>(kept.others());
        PredictionLookup.WantedPredictions wanted = new PredictionLookup.WantedPredictions(
                version, window.from(), window.to(), kept.labelled(), kept.others());
        PredictionLookup.SampledPredictions read = predictions.sample(wanted, prediction -> {
            String request = prediction.request().id();
            boolean isCertain = kept.labelled().contains(request);
            judged.ranked(prediction.output()).ifPresent(ranked -> {
                Row row = new Row(request, ranked, prediction.image().observed());
                if (isCertain) {
                    certain.add(row);
                } else {
                    others.offer(request, ChronoUnit.MICROS.between(Instant.EPOCH, prediction.time()), row);
                }
            });
        });
        List<Row> sampled = others.rows();
        certain.forEach(judged::add);
        sampled.forEach(judged::add);
        long population = read.ofKind(others.offered());
        if (judged.size() > 0) {
            judged.design = DesignWeights.of(certain.size(), sampled.size(), population);
        }
        judged.population = certain.size() + population;
        return judged;
    }

    private record Row(String request, Ranked ranked, ImageObservation observed) {}

    private void add(Row row) {
        rows.put(row.request(), requests.size());
        requests.add(row.request());
        labels.add(row.ranked().labels());
        scores.add(row.ranked().scores());
        observed.add(row.observed());
    }

    /** The best classes of a prediction. */
    record Ranked(int[] labels, double[] scores) {}

    /** The classes of a prediction as numbers; empty where it is no classification or names no class. */
    Optional<Ranked> ranked(PredictedOutput output) {
        if (!(output instanceof PredictedOutput.TopLabels(List<LoggedLabel> top, float _))
                || top.isEmpty()
                || !top.stream().allMatch(one -> classes.containsKey(one.label()) && Float.isFinite(one.score()))) {
            return Optional.empty();
        }
        return Optional.of(new Ranked(
                top.stream().mapToInt(one -> classes.get(one.label())).toArray(),
                top.stream().mapToDouble(LoggedLabel::score).toArray()));
    }

    /** The number of a class; -1 for what is none of the version. */
    int number(String label) {
        return classes.getOrDefault(label, -1);
    }

    /** Rows. */
    int size() {
        return requests.size();
    }

    /** How many predictions there were. */
    int population() {
        return (int) Math.min(Integer.MAX_VALUE, population);
    }

    /** How many predictions each row stands for; there must be one. */
    DesignWeights design() {
        return design;
    }

    /** The row of a request; empty where its prediction is none of these. */
    Optional<Integer> row(String request) {
        return Optional.ofNullable(rows.get(request));
    }

    /** The requests' ids, by row. */
    List<String> requests() {
        return requests;
    }

    /** What was observed of each image. */
    List<ImageObservation> observed() {
        return observed;
    }

    /** Labels and scores, of each image the {@code ranks} best. */
    ClassPredictions predictions(int ranks) {
        return of(classes.size(), labels, scores, ranks);
    }

    static ClassPredictions of(int classes, List<int[]> labels, List<double[]> scores, int ranks) {
        return new ClassPredictions(
                classes,
                labels.stream().map(row -> first(row, ranks)).toArray(int[][]::new),
                scores.stream().map(row -> first(row, ranks)).toArray(double[][]::new));
    }

    private static int[] first(int[] row, int ranks) {
        return row.length <= ranks ? row : Arrays.copyOf(row, ranks);
    }

    private static double[] first(double[] row, int ranks) {
        return row.length <= ranks ? row : Arrays.copyOf(row, ranks);
    }
}
