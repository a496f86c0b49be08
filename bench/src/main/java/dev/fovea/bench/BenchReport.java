package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What every benchmark prints: the machine, a table with the ratio to the baseline, and the bars. */
public final class BenchReport {

    private BenchReport() {}

    /** The machine, and how busy it is with other things. */
    public static void machine() {
        say("machine: %s, %d cores, Java %s, load %s"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vendor.version", System.getProperty("java.version")),
                        load()));
    }

    /** One row per series; the first is the baseline. */
    public static void table(String title, String unit, BenchSeries baseline, BenchSeries... others) {
        say("%n%s".formatted(title));
        say("  %-44s %10s %10s %10s %9s".formatted("", "median", "min", "max", "ratio"));
        row(baseline, unit, 1);
        for (BenchSeries other : others) {
            row(other, unit, other.ratioTo(baseline));
        }
    }

    private static void row(BenchSeries series, String unit, double ratio) {
        say("  %-44s %10.2f %10.2f %10.2f %9.3f  %s"
                .formatted(series.name(), series.median(), series.min(), series.max(), ratio, unit));
    }

    /** A figure that must not be larger. */
    public static void maximum(String what, double value, double bar, String unit) {
        result(what, value, "at most", bar, unit, value <= bar);
    }

    /** A figure with a minimum. */
    public static void minimum(String what, double value, double bar, String unit) {
        result(what, value, "at least", bar, unit, value >= bar);
    }

    private static void result(String what, double value, String relation, double bar, String unit, boolean met) {
        say("%s: %.2f%s, %s %s%s: %s".formatted(what, value, unit, relation, bar, unit, met ? "met" : "MISSED"));
    }

    public static void say(String line) {
        System.out.println(line);
    }

    private static String load() {
        try {
            String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return String.join(" ", fields[0], fields[1], fields[2]);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
