package dev.fovea.monitoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One metric with all its label combinations.
 *
 * @param name with its unit, {@code fovea_stage_seconds}
 * @param help one line for people
 * @param series what was measured
 */
public record MetricFamily(String name, String help, List<Series> series) {

    public MetricFamily {
        series = List.copyOf(series);
    }

    /** One label combination; all of a family are of one kind. */
    public sealed interface Series {
        /** Label values by label name, in the order in which they are written. */
        Map<String, String> labels();

        /** Prometheus' name for the kind. */
        default String type() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /** A count that only grows. */
    public record Counter(Map<String, String> labels, double value) implements Series {
        public Counter {
            labels = inOrder(labels);
        }
    }

    /** A value that goes up and down. */
    public record Gauge(Map<String, String> labels, double value) implements Series {
        public Gauge {
            labels = inOrder(labels);
        }
    }

    /**
     * Counts by size.
     *
     * @param buckets ascending and cumulative; the last bound is infinity and its count that of all
     * @param sum of all values
     */
    public record Histogram(Map<String, String> labels, List<Bucket> buckets, double sum) implements Series {
        public Histogram {
            labels = inOrder(labels);
            buckets = List.copyOf(buckets);
        }

        /** How many values lie at or below a bound. */
        public record Bucket(double bound, long count) {}

        /** From counts per bucket, one more than bounds, without labels yet. */
        static Histogram of(double[] bounds, long[] counts, double sum) {
            List<Bucket> buckets = new ArrayList<>();
            long below = 0;
            for (int i = 0; i < counts.length; i++) {
                below += counts[i];
                buckets.add(new Bucket(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, below));
            }
            return new Histogram(Map.of(), buckets, sum);
        }

        Histogram with(Map<String, String> theLabels) {
            return new Histogram(theLabels, buckets, sum);
        }
    }

    private static Map<String, String> inOrder(Map<String, String> labels) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
