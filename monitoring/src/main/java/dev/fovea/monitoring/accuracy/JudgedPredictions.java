package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.PredictionLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The predictions of a classifier's version in some time, the newest {@value #MAX} of them. Not thread-safe. */
final class JudgedPredictions {

    /** How many are judged at most. */
    static final int MAX = 200_000;

    private final Map<String, Integer> classes = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();
    private final List<ImageObservation> observed = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private Instant first = Instant.MAX;

    private JudgedPredictions(List<String> names) {
        for (String name : names) {
            classes.putIfAbsent(name, classes.size());
        }
    }

    /** Those of a version, from a time to before another. */
    static JudgedPredictions read(
            PredictionLookup predictions, VersionId version, List<String> names, Instant from, Instant to) {
        JudgedPredictions judged = new JudgedPredictions(names);
        predictions.between(version.model(), from, to, row -> {
            if (row.version().equals(version) && row.routing().role() == LoggedRouting.Role.REQUESTED) {
                judged.add(row);
            }
        });
        return judged;
    }

    private void add(LoggedPrediction row) {
        Optional<Ranked> ranked = ranked(row.output());
        if (ranked.isEmpty() || requests.size() >= MAX) {
            return;
        }
        rows.put(row.request().id(), requests.size());
        requests.add(row.request().id());
        labels.add(ranked.get().labels());
        scores.add(ranked.get().scores());
        observed.add(row.image().observed());
        first = row.time().isBefore(first) ? row.time() : first;
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

    int size() {
        return requests.size();
    }

    /** The time of the first. */
    Instant first() {
        return first;
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
