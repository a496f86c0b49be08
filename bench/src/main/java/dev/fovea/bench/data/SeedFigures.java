package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One figure for each of five seeds: mean and Student's 95 % interval of the mean. Not thread-safe. */
final class SeedFigures {

    static final int SEEDS = 5;

    /** The 97.5 % quantile of Student's distribution with four degrees of freedom. */
    private static final double T = 2.776;

    private final String name;
    private final List<Double> values = new ArrayList<>();

    SeedFigures(String name) {
        this.name = name;
    }

    void add(double value) {
        values.add(value);
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Half the interval's width. */
    private double half() {
        double mean = mean();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return T * Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    void say() {
        BenchReport.say("  %-58s %8.3f ± %.3f   (%s)"
                .formatted(
                        name,
                        mean(),
                        half(),
                        values.stream().map("%.3f"::formatted).collect(Collectors.joining(" "))));
    }
}
