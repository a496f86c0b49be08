package dev.fovea.cli.observability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One panel of a dashboard.
 *
 * @param type {@code timeseries} or {@code stat}
 * @param unit of Grafana: {@code s}, {@code reqps}, {@code percentunit}, {@code short}, {@code bytes}
 * @param width of 24 columns
 */
record GrafanaPanel(String type, String title, String description, String unit, int width, List<Query> queries) {

    private static final int HEIGHT = 8;
    private static final Map<String, String> SOURCE = Map.of("type", "prometheus", "uid", "${datasource}");

    /** PromQL, and the name of its series. */
    record Query(String expr, String legend) {}

    static GrafanaPanel graph(String title, String description, String unit, Query... queries) {
        return new GrafanaPanel("timeseries", title, description, unit, 12, List.of(queries));
    }

    static GrafanaPanel number(String title, String description, String unit, String expr) {
        return new GrafanaPanel("stat", title, description, unit, 6, List.of(new Query(expr, "")));
    }

    int height() {
        return type.equals("stat") ? HEIGHT / 2 : HEIGHT;
    }

    /** As the dashboard's JSON has it. */
    Map<String, Object> json(int id, int x, int y) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", type);
        json.put("title", title);
        json.put("description", description);
        json.put("datasource", SOURCE);
        json.put("gridPos", Map.of("x", x, "y", y, "w", width, "h", height()));
        json.put("fieldConfig", Map.of("defaults", Map.of("unit", unit, "min", 0), "overrides", List.of()));
        json.put(
                "options",
                type.equals("stat")
                        ? Map.of(
                                "reduceOptions", Map.of("calcs", List.of("lastNotNull"), "fields", "", "values", false))
                        : Map.of("legend", Map.of("displayMode", "list", "placement", "bottom", "showLegend", true)));
        List<Object> targets = new ArrayList<>();
        for (Query query : queries) {
            targets.add(Map.of(
                    "refId",
                    String.valueOf((char) ('A' + targets.size())),
                    "datasource",
                    SOURCE,
                    "expr",
                    query.expr(),
                    "legendFormat",
                    query.legend().isEmpty() ? "__auto" : query.legend()));
        }
        json.put("targets", targets);
        return json;
    }
}
