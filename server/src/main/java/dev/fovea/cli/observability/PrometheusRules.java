package dev.fovea.cli.observability;

import dev.fovea.monitoring.objectives.BurnPair;
import dev.fovea.monitoring.objectives.BurnWindow;
import dev.fovea.monitoring.objectives.ObjectiveBurn;

/** Recording rules and alerts, as Prometheus reads them. */
@SuppressWarnings("InlineFormatString") // a template is read as a whole
final class PrometheusRules {

    private static final String HEAD = """
            # Written by "fovea observability". Check it: promtool check rules %s
            # Objectives over 30 days: %s %% of requests without an error of the server, %s %% within %s s.
            groups:
            """;

    private static final String RECORDING_ERRORS = """
                  - record: fovea:request_errors:ratio_rate%1$s
                    expr: |
                      (sum by (model) (rate(fovea_request_errors_total{code=~"%2$s"}[%1$s])) or 0 * sum by (model) (rate(fovea_requests_total[%1$s])))
                        / sum by (model) (rate(fovea_requests_total[%1$s]))
            """;

    private static final String RECORDING_SLOW = """
                  - record: fovea:request_slow:ratio_rate%1$s
                    expr: |
                      1 - sum by (model) (rate(fovea_request_duration_seconds_bucket{le="%2$s"}[%1$s]))
                        / sum by (model) (rate(fovea_request_duration_seconds_count[%1$s]))
            """;

    private static final String BURN = """
                  - alert: %1$s
                    expr: |
                      fovea:%2$s:ratio_rate%3$s > (%4$s * %5$s) and fovea:%2$s:ratio_rate%6$s > (%4$s * %5$s)
                    labels: {severity: %7$s, window: %3$s}
                    annotations:
                      summary: "{{ $labels.model }} %8$s"
                      description: "In the last %3$s {{ $value | humanizePercentage }} of the requests; the objective allows a share of %5$s. At this rate the budget of 30 days is spent in %9$s."
            """;

    private static final String BUDGET = """
                  - alert: FoveaBudgetBurn
                    expr: |
                      max by (model, objective) (fovea_objective_burn_rate{window="%1$s", objective!="cost"}) > %3$s
                        and max by (model, objective) (fovea_objective_burn_rate{window="%2$s"}) > %3$s
                        and max by (model, objective) (fovea_objective_bad_requests{window="%1$s"}) >= %6$d
                    labels: {severity: %4$s, window: %1$s}
                    annotations:
                      summary: "The error budget of {{ $labels.model }} for {{ $labels.objective }} burns too fast"
                      description: "In the last %1$s it was used {{ $value | humanize }} times as fast as allowed. More than %3$s spends that of 30 days in %5$s. See it: fovea objectives show {{ $labels.model }}"
            """;

    private static final String COST = """
                  - alert: FoveaCostBurn
                    expr: |
                      max by (model) (fovea_objective_burn_rate{window="%1$s", objective="cost"}) > %3$s
                        and max by (model) (fovea_objective_burn_rate{window="%2$s", objective="cost"}) > %3$s
                    labels: {severity: warning, window: %1$s}
                    annotations:
                      summary: "{{ $labels.model }} costs more than its objective allows"
                      description: "In the last %1$s 1,000 answers cost {{ $value | humanize }} times what the objective allows. See it: fovea objectives show {{ $labels.model }}"
            """;

    private static final String REST = """
              - name: fovea-state
                rules:
                  - alert: FoveaDown
                    expr: up{job="fovea"} == 0
                    for: 2m
                    labels: {severity: critical}
                    annotations:
                      summary: "{{ $labels.instance }} cannot be scraped"
                      description: "The management port does not answer. Check the process and its port."
                  - alert: FoveaAlertOpen
                    expr: max by (kind, model, severity) (fovea_alerts{state="raised", kind=~"model-not-served|home-not-writable|drift|unlike-held-out|accuracy"}) > 0
                    for: 1m
                    labels: {source: fovea}
                    annotations:
                      summary: "{{ $labels.kind }} {{ $labels.model }}"
                      description: "An alert of Fovea is open and nobody has taken it up. See it: fovea alerts list"
                  - alert: FoveaDrift
                    expr: max by (model, version) (fovea_drift_alarm) == 1
                    for: 5m
                    labels: {severity: warning}
                    annotations:
                      summary: "The traffic of {{ $labels.model }}:{{ $labels.version }} has changed"
                      description: "Since when and how: fovea drift show {{ $labels.model }}"
                  - alert: FoveaRowsLost
                    expr: sum(increase(fovea_observations_dropped_total[10m])) > 0
                    labels: {severity: warning}
                    annotations:
                      summary: "Details of predictions are lost"
                      description: "{{ $value | humanize }} predictions of the last 10 minutes were counted without details."
                  - alert: FoveaLogRowsLost
                    expr: sum by (model) (increase(fovea_traffic_dropped_total[10m])) > 0 or sum by (model) (increase(fovea_traffic_lost_total[10m])) > 0
                    labels: {severity: warning}
                    annotations:
                      summary: "Rows of the prediction log of {{ $labels.model }} are lost"
                      description: "{{ $value | humanize }} responses of the last 10 minutes have no row. Check the disk and the load."
                  - alert: FoveaImagesLost
                    expr: sum by (model) (increase(fovea_traffic_images_lost_total[10m])) > 0 or sum by (model) (increase(fovea_traffic_images_dropped_total[10m])) > 0
                    labels: {severity: warning}
                    annotations:
                      summary: "Images of {{ $labels.model }} that a policy may keep are lost"
                      description: "{{ $value | humanize }} images of the last 10 minutes were not stored. Check the disk and the load."
                  - alert: FoveaRolloutNotPromoted
                    expr: max by (model, outcome) (fovea_rollout_ended{outcome=~"rolled-back|undecided"}) == 1
                    labels: {severity: warning}
                    annotations:
                      summary: "A rollout of {{ $labels.model }} was not promoted: {{ $labels.outcome }}"
                      description: "Production has all traffic again. Why, and what it would have taken: fovea rollout show {{ $labels.model }}"
                  - alert: FoveaQueueSlow
                    expr: histogram_quantile(0.99, sum by (model, le) (rate(fovea_stage_duration_seconds_bucket{stage="queue"}[10m]))) > %s
                    for: 10m
                    labels: {severity: warning}
                    annotations:
                      summary: "Requests of {{ $labels.model }} wait for a free instance"
                      description: "p99 of the wait is {{ $value | humanizeDuration }}. Add instances or servers: fovea tune"
                  - alert: FoveaOverloaded
                    expr: sum by (model) (rate(fovea_request_errors_total{code="OVERLOADED"}[5m])) > 0
                    for: 5m
                    labels: {severity: warning}
                    annotations:
                      summary: "Requests of {{ $labels.model }} are turned away"
                      description: "{{ $value | humanize }} requests per second get 429. Add servers, or lower the load."
                  - alert: FoveaDeliveriesFail
                    expr: max by (route) (fovea_alert_deliveries_waiting) > 0 and on (route) sum by (route) (increase(fovea_alert_deliveries_total{outcome="retried"}[30m])) > 0
                    for: 15m
                    labels: {severity: warning}
                    annotations:
                      summary: "Alerts do not arrive on the route {{ $labels.route }}"
                      description: "Try it: fovea alerts test {{ $labels.route }}"
            """;

    private PrometheusRules() {}

    /** The file. */
    static String of(Objectives objectives) {
        StringBuilder yaml = new StringBuilder(HEAD.formatted(
                ObservabilityFiles.RULES,
                objectives.availability().toPlainString(),
                objectives.latencyTarget().toPlainString(),
                objectives.latencySeconds().toPlainString()));
        yaml.append("  - name: fovea-ratios\n    rules:\n");
        for (BurnWindow one : BurnWindow.values()) {
            String window = one.word();
            yaml.append(RECORDING_ERRORS.formatted(window, Objectives.serverCodes()));
            yaml.append(RECORDING_SLOW.formatted(window, objectives.bucket()));
        }
        yaml.append("  - name: fovea-objectives\n    rules:\n");
        for (BurnPair pair : BurnPair.values()) {
            yaml.append(
                    burn(pair, "FoveaAvailabilityBurn", "request_errors", objectives.availabilityBudget(), "fails"));
            yaml.append(burn(pair, "FoveaLatencyBurn", "request_slow", objectives.latencyBudget(), "is slow"));
        }
        yaml.append("  - name: fovea-budgets\n    rules:\n");
        for (BurnPair pair : BurnPair.values()) {
            yaml.append(BUDGET.formatted(
                    pair.longer().word(),
                    pair.shorter().word(),
                    pair.rateText(),
                    severity(pair),
                    pair.spentIn(),
                    ObjectiveBurn.LEAST_BAD));
            if (!pair.pages()) {
                yaml.append(COST.formatted(pair.longer().word(), pair.shorter().word(), pair.rateText()));
            }
        }
        return yaml.append(REST.formatted(objectives.latencySeconds().toPlainString()))
                .toString();
    }

    private static String severity(BurnPair pair) {
        return pair.pages() ? "critical" : "warning";
    }

    private static String burn(BurnPair pair, String alert, String ratio, String budget, String says) {
        return BURN.formatted(
                alert,
                ratio,
                pair.longer().word(),
                pair.rateText(),
                budget,
                pair.shorter().word(),
                severity(pair),
                says,
                pair.spentIn());
    }
}
