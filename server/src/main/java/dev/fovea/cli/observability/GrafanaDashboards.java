package dev.fovea.cli.observability;

import dev.fovea.cli.observability.GrafanaPanel.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Dashboards of Grafana as JSON, of schema version 42. They ask for the Prometheus data source when they are opened.
 */
final class GrafanaDashboards {

    private static final int SCHEMA_VERSION = 42;
    private static final int COLUMNS = 24;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GrafanaDashboards() {}

    /** Traffic, errors, latency and the budgets of the objectives. */
    static String service(Objectives objectives) {
        String model = "{model=~\"$model\"}";
        return dashboard(
                "fovea-service",
                "Fovea: service",
                List.of(
                        GrafanaPanel.number(
                                "Availability, 3 days",
                                "Share of requests without an error of the server, the model or for lack of capacity.",
                                "percentunit",
                                "1 - max(fovea:request_errors:ratio_rate3d" + model + ")"),
                        GrafanaPanel.number(
                                "Within %s s, 3 days"
                                        .formatted(objectives.latencySeconds().toPlainString()),
                                "Share of requests that were fast enough.",
                                "percentunit",
                                "1 - max(fovea:request_slow:ratio_rate3d" + model + ")"),
                        GrafanaPanel.number(
                                "Open alerts", "Raised or acknowledged.", "short", "sum(fovea_alerts) or vector(0)"),
                        GrafanaPanel.number(
                                "Lost rows, 1 day",
                                "Predictions without details, and responses without a row in the log.",
                                "short",
                                "sum(increase(fovea_observations_dropped_total[1d])) + (sum(increase(fovea_traffic_dropped_total[1d])) or vector(0))"),
                        GrafanaPanel.graph(
                                "Requests",
                                "By model and version.",
                                "reqps",
                                new Query(
                                        "sum by (model, version) (rate(fovea_requests_total" + model
                                                + "[$__rate_interval]))",
                                        "{{model}}:{{version}}")),
                        GrafanaPanel.graph(
                                "Errors by code",
                                "All codes, those of callers too.",
                                "reqps",
                                new Query(
                                        "sum by (code) (rate(fovea_request_errors_total" + model
                                                + "[$__rate_interval]))",
                                        "{{code}}")),
                        GrafanaPanel.graph(
                                "Time of requests",
                                "From the first byte of a request to its response.",
                                "s",
                                quantile("0.5", "fovea_request_duration_seconds", model, "model", "p50 {{model}}"),
                                quantile("0.99", "fovea_request_duration_seconds", model, "model", "p99 {{model}}")),
                        GrafanaPanel.graph(
                                "p99 of the stages",
                                "Where the time goes.",
                                "s",
                                quantile("0.99", "fovea_stage_duration_seconds", model, "stage", "{{stage}}")),
                        GrafanaPanel.graph(
                                "Burn rate of the availability budget",
                                "1 spends the budget of 30 days in 30 days.",
                                "short",
                                burn("request_errors", objectives.availabilityBudget(), "1h"),
                                burn("request_errors", objectives.availabilityBudget(), "6h")),
                        GrafanaPanel.graph(
                                "Burn rate of the latency budget",
                                "1 spends the budget of 30 days in 30 days.",
                                "short",
                                burn("request_slow", objectives.latencyBudget(), "1h"),
                                burn("request_slow", objectives.latencyBudget(), "6h")),
                        GrafanaPanel.graph(
                                "Error budgets of models' objectives, used in this month",
                                "Objectives as stated with \"fovea objectives set\". 100 % is all.",
                                "percentunit",
                                new Query(
                                        "1 - min by (model, objective) (fovea_objective_budget_left_ratio" + model
                                                + ")",
                                        "{{model}} {{objective}}")),
                        GrafanaPanel.graph(
                                "Burn rates of models' objectives, 1 hour",
                                "1 spends a month's budget in a month.",
                                "short",
                                new Query(
                                        "max by (model, objective) (fovea_objective_burn_rate{model=~\"$model\", window=\"1h\"})",
                                        "{{model}} {{objective}}"))));
    }

    /** What the models say, and what the program uses. */
    static String models() {
        String model = "{model=~\"$model\"}";
        return dashboard(
                "fovea-models",
                "Fovea: models",
                List.of(
                        GrafanaPanel.graph(
                                "Predicted labels",
                                "Responses by label.",
                                "reqps",
                                new Query(
                                        "topk(12, sum by (label) (rate(fovea_predictions_total" + model
                                                + "[$__rate_interval])))",
                                        "{{label}}")),
                        GrafanaPanel.graph(
                                "Mean confidence and its baseline",
                                "Of all responses, and at promotion.",
                                "percentunit",
                                new Query(
                                        "max by (model, version) (fovea_confidence_mean_ratio" + model + ")",
                                        "{{model}}:{{version}}"),
                                new Query(
                                        "max by (model, version) (fovea_confidence_baseline_ratio" + model + ")",
                                        "baseline {{model}}:{{version}}")),
                        GrafanaPanel.graph(
                                "Cache",
                                "Share of responses that came from the cache.",
                                "percentunit",
                                new Query(
                                        "sum by (model) (rate(fovea_cache_hits_total" + model
                                                + "[$__rate_interval])) / (sum by (model) (rate(fovea_cache_hits_total"
                                                + model
                                                + "[$__rate_interval])) + sum by (model) (rate(fovea_cache_misses_total"
                                                + model
                                                + "[$__rate_interval])))",
                                        "{{model}}")),
                        GrafanaPanel.graph(
                                "Cascades and fallbacks",
                                "Requests that were escalated, and responses in place of a model.",
                                "reqps",
                                new Query(
                                        "sum by (model) (rate(fovea_cascade_escalations_total" + model
                                                + "[$__rate_interval]))",
                                        "escalated {{model}}"),
                                new Query(
                                        "sum by (model) (rate(fovea_fallbacks_total" + model + "[$__rate_interval]))",
                                        "fallback {{model}}")),
                        GrafanaPanel.graph(
                                "Evidence of drift",
                                "1 raises an alarm, all tests together.",
                                "short",
                                new Query(
                                        "max by (model, version) (sum by (instance, model, version) (fovea_drift_evidence"
                                                + model + "))",
                                        "{{model}}:{{version}}")),
                        GrafanaPanel.graph(
                                "Rollouts",
                                "1 while one is under way, and for a day after it ended with an outcome.",
                                "short",
                                new Query("max by (model) (fovea_rollout_active" + model + ")", "{{model}} under way"),
                                new Query(
                                        "max by (model, outcome) (fovea_rollout_ended" + model + ")",
                                        "{{model}} {{outcome}}")),
                        GrafanaPanel.graph(
                                "Lost rows and images",
                                "Responses without a row in the prediction log, and images that a policy may have kept.",
                                "short",
                                new Query(
                                        "sum by (model) (increase(fovea_traffic_dropped_total" + model
                                                + "[$__rate_interval]))",
                                        "rows {{model}}"),
                                new Query(
                                        "sum by (model) (increase(fovea_traffic_images_dropped_total" + model
                                                + "[$__rate_interval]))",
                                        "images {{model}}")),
                        GrafanaPanel.graph(
                                "Deliveries of alerts",
                                "By route and outcome.",
                                "short",
                                new Query(
                                        "sum by (route, outcome) (increase(fovea_alert_deliveries_total[$__rate_interval]))",
                                        "{{route}} {{outcome}}"),
                                new Query("max by (route) (fovea_alert_deliveries_waiting)", "{{route}} waiting")),
                        GrafanaPanel.graph(
                                "Processor",
                                "Cores in use.",
                                "short",
                                new Query(
                                        "rate(process_cpu_seconds_total{job=\"fovea\"}[$__rate_interval])",
                                        "{{instance}}")),
                        GrafanaPanel.graph(
                                "Memory",
                                "Resident size of the process.",
                                "bytes",
                                new Query("process_resident_memory_bytes{job=\"fovea\"}", "{{instance}}"))));
    }

    private static Query quantile(String rank, String histogram, String model, String by, String legend) {
        return new Query(
                "histogram_quantile(%s, sum by (%s, le) (rate(%s_bucket%s[$__rate_interval])))"
                        .formatted(rank, by, histogram, model),
                legend);
    }

    private static Query burn(String ratio, String budget, String window) {
        return new Query(
                "fovea:%s:ratio_rate%s{model=~\"$model\"} / %s".formatted(ratio, window, budget),
                "{{model}} " + window);
    }

    private static String dashboard(String uid, String title, List<GrafanaPanel> panels) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uid", uid);
        json.put("title", title);
        json.put("tags", List.of("fovea"));
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("editable", true);
        json.put("refresh", "30s");
        json.put("timezone", "browser");
        json.put("time", Map.of("from", "now-6h", "to", "now"));
        json.put("templating", Map.of("list", List.of(source(), models("fovea_requests_total"))));
        json.put("panels", placed(panels));
        return JSON.writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> source() {
        return Map.of("name", "datasource", "label", "Data source", "type", "datasource", "query", "prometheus");
    }

    private static Map<String, Object> models(String metric) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "model");
        json.put("label", "Model");
        json.put("type", "query");
        json.put("datasource", Map.of("type", "prometheus", "uid", "${datasource}"));
        json.put("query", Map.of("query", "label_values(%s, model)".formatted(metric), "refId", "models"));
        json.put("refresh", 2);
        json.put("includeAll", true);
        json.put("allValue", ".*");
        json.put("multi", true);
        json.put("current", Map.of("text", "All", "value", "$__all"));
        return json;
    }

    /** From left to right, row by row. */
    private static List<Object> placed(List<GrafanaPanel> panels) {
        List<Object> placed = new ArrayList<>();
        int x = 0;
        int y = 0;
        int height = 0;
        for (GrafanaPanel panel : panels) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += height;
                height = 0;
            }
            placed.add(panel.json(placed.size() + 1, x, y));
            x += panel.width();
            height = Math.max(height, panel.height());
        }
        return placed;
    }
}
