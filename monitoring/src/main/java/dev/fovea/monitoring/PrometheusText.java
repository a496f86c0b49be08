package dev.fovea.monitoring;

import java.util.List;
import java.util.Map;

/**
 * Writes metrics in Prometheus' text exposition format, version 0.0.4 (prometheus.io/docs/instrumenting/
 * exposition_formats).
 */
public final class PrometheusText {

    /** What the answer's Content-Type must be. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double LARGEST_EXACT_LONG = 1L << 53;

    private final StringBuilder out = new StringBuilder(8192);

    private PrometheusText() {}

    /** All families, each once, in the order given; one without series is left out. */
    public static String of(List<MetricFamily> families) {
        PrometheusText text = new PrometheusText();
        families.stream().filter(family -> !family.series().isEmpty()).forEach(text::family);
        return text.out.toString();
    }

    private void family(MetricFamily family) {
        String name = family.name();
        out.append("# HELP ").append(name).append(' ').append(escapeHelp(family.help()));
        out.append("\n# TYPE ").append(name).append(' ');
        out.append(family.series().getFirst().type()).append('\n');
        family.series().forEach(series -> series(name, series));
    }

    private void series(String name, MetricFamily.Series series) {
        switch (series) {
            case MetricFamily.Counter counter -> sample(name, counter.labels(), "", counter.value());
            case MetricFamily.Gauge gauge -> sample(name, gauge.labels(), "", gauge.value());
            case MetricFamily.Histogram histogram -> histogram(name, histogram);
        }
    }

    private void histogram(String name, MetricFamily.Histogram histogram) {
        histogram
                .buckets()
                .forEach(bucket ->
                        sample(name + "_bucket", histogram.labels(), number(bucket.bound()), (double) bucket.count()));
        sample(name + "_sum", histogram.labels(), "", histogram.sum());
        sample(name + "_count", histogram.labels(), "", (double)
                histogram.buckets().getLast().count());
    }

    private void sample(String name, Map<String, String> labels, String bound, double value) {
        out.append(name);
        if (!labels.isEmpty() || !bound.isEmpty()) {
            out.append('{');
            labels.forEach((label, text) -> label(label, text));
            if (!bound.isEmpty()) {
                label("le", bound);
            }
            out.setCharAt(out.length() - 1, '}'); // over the last comma
        }
        out.append(' ').append(number(value)).append('\n');
    }

    private void label(String label, String value) {
        out.append(label).append("=\"").append(escapeLabel(value)).append("\",");
    }

    private static String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        if (value == Double.NEGATIVE_INFINITY) {
            return "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_LONG
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escapeHelp(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String escapeLabel(String text) {
        return escapeHelp(text).replace("\"", "\\\"");
    }
}
