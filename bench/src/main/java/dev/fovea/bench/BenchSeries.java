package dev.fovea.bench;

import java.util.ArrayList;
import java.util.List;

/** One thing measured in several rounds. Not thread-safe. */
public final class BenchSeries {

    private final String name;
    private final List<Double> rounds = new ArrayList<>();

    public BenchSeries(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public void add(double value) {
        rounds.add(value);
    }

    public double median() {
        return median(rounds);
    }

    double min() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median of the ratios per round, as a disturbance affects both series of a round. */
    public double ratioTo(BenchSeries baseline) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            ratios.add(rounds.get(round) / baseline.rounds.get(round));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
