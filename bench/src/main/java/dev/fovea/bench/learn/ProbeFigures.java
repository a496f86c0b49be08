package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import java.util.ArrayList;
import java.util.List;

/** One figure over some seeds: mean and standard deviation. Not thread-safe. */
final class ProbeFigures {

    private final String name;
    private final List<Double> values = new ArrayList<>();

    ProbeFigures(String name) {
        this.name = name;
    }

    void add(double value) {
        values.add(value);
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private double deviation() {
        double mean = mean();
        return Math.sqrt(
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / values.size());
    }

    void say() {
        BenchReport.say("  %-52s %7.3f ± %.3f".formatted(name, mean(), deviation()));
    }
}
