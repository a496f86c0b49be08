package dev.fovea.cli.observability;

/**
 * Unit tests of the rules, for {@code promtool test rules}: one in ten requests fails and is slow for two hours, and
 * before that none. The alerts that page fire, and those of a quiet model do not.
 */
@SuppressWarnings("InlineFormatString") // a template is read as a whole
final class PrometheusRuleTests {

    private static final String FILE = """
            # Written by "fovea observability". Run it: promtool test rules %1$s
            rule_files: [%2$s]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - series: 'fovea_requests_total{model="bad", version="1"}'
                    values: '0+60x480'
                  - series: 'fovea_request_errors_total{model="bad", version="1", code="INFERENCE_FAILED"}'
                    values: '0x240 0+12x240'
                  - series: 'fovea_request_duration_seconds_count{model="bad", version="1"}'
                    values: '0+60x480'
                  - series: 'fovea_request_duration_seconds_bucket{model="bad", version="1", le="%3$s"}'
                    values: '0+60x240 14400+0x240'
                  - series: 'fovea_requests_total{model="well", version="1"}'
                    values: '0+60x480'
                  - series: 'fovea_request_errors_total{model="well", version="1", code="IMAGE_CORRUPT"}'
                    values: '0+30x480'
                  - series: 'fovea_request_duration_seconds_count{model="well", version="1"}'
                    values: '0+60x480'
                  - series: 'fovea_request_duration_seconds_bucket{model="well", version="1", le="%3$s"}'
                    values: '0+60x480'
                  - series: 'fovea_objective_burn_rate{model="bad", objective="p95", window="1h"}'
                    values: '0x240 20x240'
                  - series: 'fovea_objective_burn_rate{model="bad", objective="p95", window="5m"}'
                    values: '0x240 20x240'
                  - series: 'fovea_objective_bad_requests{model="bad", objective="p95", window="1h"}'
                    values: '0x240 500x240'
                  - series: 'fovea_objective_burn_rate{model="bad", objective="cost", window="1d"}'
                    values: '4x480'
                  - series: 'fovea_objective_burn_rate{model="bad", objective="cost", window="2h"}'
                    values: '4x480'
                  - series: 'fovea_objective_burn_rate{model="well", objective="p95", window="1h"}'
                    values: '20x480'
                  - series: 'fovea_objective_burn_rate{model="well", objective="p95", window="5m"}'
                    values: '20x480'
                  - series: 'fovea_objective_bad_requests{model="well", objective="p95", window="1h"}'
                    values: '9x480'
                  - series: 'fovea_rollout_ended{model="bad", outcome="undecided"}'
                    values: '1x480'
                  - series: 'fovea_rollout_ended{model="well", outcome="promoted"}'
                    values: '1x480'
                  - series: 'fovea_traffic_images_lost_total{model="bad"}'
                    values: '0x470 0+1x10'
                  - series: 'fovea_drift_alarm{model="bad", version="1"}'
                    values: '0x240 1x240'
                  - series: 'fovea_drift_alarm{model="well", version="1"}'
                    values: '0x480'
                  - series: 'fovea_observations_dropped_total'
                    values: '0x470 0+1x10'
                promql_expr_test:
                  - expr: fovea:request_errors:ratio_rate1h{model="bad"}
                    eval_time: 3h
                    exp_samples: [{labels: 'fovea:request_errors:ratio_rate1h{model="bad"}', value: 0}]
                  - expr: round(fovea:request_errors:ratio_rate1h{model="bad"}, 0.001)
                    eval_time: 8h
                    exp_samples: [{labels: '{model="bad"}', value: 0.2}]
                  - expr: round(fovea:request_slow:ratio_rate1h{model="bad"}, 0.001)
                    eval_time: 8h
                    exp_samples: [{labels: '{model="bad"}', value: 1}]
                  - expr: count(ALERTS{alertname=~"Fovea(Availability|Latency)Burn", severity="critical", model="bad"})
                    eval_time: 8h
                    exp_samples: [{labels: '{}', value: 4}]
                  - expr: count(ALERTS{alertname=~"Fovea(Availability|Latency)Burn", model="bad"})
                    eval_time: 3h
                    exp_samples: []
                  - expr: ALERTS{model="well"}
                    eval_time: 8h
                    exp_samples: []
                  - expr: count(ALERTS{alertname="FoveaBudgetBurn", model="bad", objective="p95", severity="critical", window="1h"})
                    eval_time: 8h
                    exp_samples: [{labels: '{}', value: 1}]
                  - expr: count(ALERTS{alertname="FoveaBudgetBurn", model="bad"})
                    eval_time: 3h
                    exp_samples: []
                  - expr: count(ALERTS{alertname=~"Fovea(CostBurn|ImagesLost|RolloutNotPromoted|Drift)", alertstate="firing", model="bad"})
                    eval_time: 8h
                    exp_samples: [{labels: '{}', value: 4}]
                  - expr: count(ALERTS{alertname="FoveaRowsLost"})
                    eval_time: 8h
                    exp_samples: [{labels: '{}', value: 1}]
            """;

    private PrometheusRuleTests() {}

    /** The file. */
    static String of(Objectives objectives) {
        return FILE.formatted(ObservabilityFiles.RULE_TESTS, ObservabilityFiles.RULES, objectives.bucket());
    }
}
