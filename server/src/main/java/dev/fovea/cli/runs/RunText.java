package dev.fovea.cli.runs;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.pipeline.run.RunRecord;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run in short, for people. */
public final class RunText {

    /** Points of each curve that are printed. */
    private static final int POINTS = 8;

    private static final MathContext DIGITS = new MathContext(4);

    private RunText() {}

    /** State, settings, metrics, versions and the curves at some steps. */
    public static String of(RunRecord run) {
        return Stream.of(
                        "Run %s of %s%s, %s%s"
                                .formatted(
                                        run.id(),
                                        run.subject().model(),
                                        run.subject()
                                                .version()
                                                .map(":%d"::formatted)
                                                .orElse(""),
                                        run.status().state().word(),
                                        duration(run)),
                        run.status().message(),
                        line("params", run.params()),
                        line("metrics", rounded(run.metrics())),
                        line("tags", run.tags()),
                        curves(run.curves()))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** As {@code " after 3.1 s"}; empty while it runs. */
    private static String duration(RunRecord run) {
        return run.status()
                .ended()
                .map(end -> String.format(
                        Locale.ROOT,
                        " after %.1f s",
                        Duration.between(run.status().started(), end).toMillis() / 1e3))
                .orElse("");
    }

    private static String line(String name, Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : "%-8s %s"
                        .formatted(
                                name,
                                new TreeMap<>(values)
                                        .entrySet().stream()
                                                .map(one -> one.getKey() + "=" + one.getValue())
                                                .collect(Collectors.joining(", ")));
    }

    private static Map<String, String> rounded(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, metric -> number(metric.getValue())));
    }

    private static String curves(List<MetricCurve> curves) {
        if (curves.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("CURVE", "POINTS", "VALUES AT EQUAL STEPS, FIRST TO LAST");
        curves.forEach(curve -> table.row(curve.metric(), curve.points().size(), shown(curve.points())));
        return table.toString();
    }

    private static String shown(List<MetricPoint> points) {
        int count = Math.min(POINTS, points.size());
        return IntStream.range(0, count)
                .map(i -> count == 1 ? 0 : (int) ((long) i * (points.size() - 1) / (count - 1)))
                .mapToObj(points::get)
                .map(point -> number(point.value()))
                .collect(Collectors.joining("  "));
    }

    /** Four digits. */
    static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
