package dev.fovea.monitoring;

import static dev.fovea.monitoring.Observations.SHIRTS_1;
import static dev.fovea.monitoring.Observations.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.alerts.AlertRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? ([-+]?(?:Inf|[0-9.]+(?:E-?[0-9]+)?))");
    private static final Pattern LABEL =
            Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\n\"])*)\",?");

    /** One line of the format. */
    private record Sample(String name, Map<String, String> labels, double value) {}

    @Test
    void shouldWriteTheFormatToTheLetter() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("model", "shirts");
        labels.put("label", "a \"b\" \\ c\nd");
        String text = PrometheusText.of(List.of(
                new MetricFamily(
                        "fovea_predictions_total",
                        "Answers\nby label \\ class.",
                        List.of(new MetricFamily.Counter(labels, 3))),
                new MetricFamily("fovea_nothing", "Left out.", List.of()),
                new MetricFamily(
                        "fovea_stage_seconds",
                        "Time.",
                        List.of(MetricFamily.Histogram.of(new double[] {0.5, 1}, new long[] {2, 0, 1}, 4.25)
                                .with(Map.of("stage", "infer"))))));
        assertThat(text).isEqualTo("""
                        # HELP fovea_predictions_total Answers\\nby label \\\\ class.
                        # TYPE fovea_predictions_total counter
                        fovea_predictions_total{model="shirts",label="a \\"b\\" \\\\ c\\nd"} 3
                        # HELP fovea_stage_seconds Time.
                        # TYPE fovea_stage_seconds histogram
                        fovea_stage_seconds_bucket{stage="infer",le="0.5"} 2
                        fovea_stage_seconds_bucket{stage="infer",le="1"} 2
                        fovea_stage_seconds_bucket{stage="infer",le="+Inf"} 3
                        fovea_stage_seconds_sum{stage="infer"} 4.25
                        fovea_stage_seconds_count{stage="infer"} 3
                        """);
    }

    @Test
    void shouldPassAScrapersRules() {
        Recorder recorder = new Recorder(new MemoryStore(), AlertRule.DEFAULT, new MovableClock(), 4096);
        for (int i = 0; i < 1000; i++) {
            recorder.record(answered(SHIRTS_1, "label \"" + i % 3 + "\"", 0.9, 0.05 * i));
        }
        recorder.record(new Observation(SHIRTS_1, new RequestOutcome.Failed(ErrorCode.OVERLOADED)));
        Map<String, List<Sample>> families = parse(PrometheusText.of(recorder.families()));
        assertThat(families.keySet())
                .contains(
                        "fovea_requests_total", "fovea_errors_total", "fovea_stage_seconds", "fovea_confidence_alarm");
        assertThat(families.get("fovea_requests_total")).singleElement().satisfies(sample -> {
            assertThat(sample.labels()).isEqualTo(Map.of("model", "shirts", "version", "1"));
            assertThat(sample.value()).isEqualTo(1001);
        });
        assertThat(families.get("fovea_errors_total"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.labels()).containsEntry("code", "OVERLOADED"));
        for (Stage stage : Stage.values()) {
            checkHistogram(families.getOrDefault("fovea_stage_seconds", List.of()), stage.key());
        }
        assertThat(sum(families.getOrDefault("fovea_stage_seconds", List.of()))).isCloseTo(24.975, within(1e-6));
    }

    private static double sum(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.name().endsWith("_sum")
                        && "total".equals(sample.labels().get("stage")))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Bounds and counts ascend, the last bound is +Inf and equals the count. */
    private static void checkHistogram(List<Sample> samples, String stage) {
        List<Sample> own = samples.stream()
                .filter(sample -> stage.equals(sample.labels().get("stage")))
                .toList();
        List<Sample> buckets =
                own.stream().filter(sample -> sample.name().endsWith("_bucket")).toList();
        assertThat(buckets).extracting(Sample::value).isSorted();
        List<Double> bounds = buckets.stream()
                .map(bucket -> bucket.labels().getOrDefault("le", "absent"))
                .map(bound -> bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound))
                .toList();
        assertThat(bounds).isSorted().doesNotHaveDuplicates().endsWith(Double.POSITIVE_INFINITY);
        assertThat(own.getLast().name()).endsWith("_count");
        assertThat(own.getLast().value()).isEqualTo(buckets.getLast().value()).isEqualTo(1000);
    }

    /** Reads the format by its grammar: HELP, TYPE, then samples of that family; no family and no series twice. */
    private static Map<String, List<Sample>> parse(String text) {
        assertThat(text).endsWith("\n");
        Map<String, List<Sample>> families = new LinkedHashMap<>();
        List<Sample> all = new ArrayList<>();
        String family = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ")[2];
                assertThat(families).doesNotContainKey(family);
                families.put(family, new ArrayList<>());
            } else if (line.startsWith("# TYPE ")) {
                assertThat(line).matches("# TYPE " + family + " (counter|gauge|histogram)");
            } else {
                Sample sample = sample(line);
                assertThat(sample.name()).matches(family + "(_bucket|_sum|_count)?");
                families.getOrDefault(family, all).add(sample);
                all.add(sample);
            }
        }
        assertThat(all.stream().map(sample -> sample.name() + sample.labels())).doesNotHaveDuplicates();
        return families;
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            int end = 0;
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
                end = label.end();
            }
            assertThat(end).as(line).isEqualTo(sample.group(2).length());
        }
        return new Sample(
                sample.group(1), labels, Double.parseDouble(sample.group(3).replace("Inf", "Infinity")));
    }
}
