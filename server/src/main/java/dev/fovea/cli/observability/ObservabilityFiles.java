package dev.fovea.cli.observability;

import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files for a monitoring stack, by their names. */
@SuppressWarnings("InlineFormatString") // a template is read as a whole
final class ObservabilityFiles {

    static final String RULES = "fovea.rules.yml";
    static final String RULE_TESTS = "fovea.rules.test.yml";

    private static final String SCRAPE = """
            # Written by "fovea observability". Merge it into your prometheus.yml.
            scrape_configs:
              - job_name: fovea
                metrics_path: /metrics
                scrape_interval: 15s
                static_configs:
                  - targets: ["%s"]
            rule_files: [%s]
            """;

    private static final String ALERTMANAGER = """
            # Written by "fovea observability". Merge it into your alertmanager.yml, and fill in the receivers.
            route:
              receiver: fovea-tickets
              group_by: [alertname, model]
              group_wait: 30s
              group_interval: 5m
              repeat_interval: 12h
              routes:
                - matchers: ['alertname=~"Fovea.*"', 'severity="critical"']
                  receiver: fovea-pages
                  repeat_interval: 1h
                - matchers: ['alertname=~"Fovea.*"']
                  receiver: fovea-tickets
            inhibit_rules:
              - source_matchers: ['alertname="FoveaDown"']
                target_matchers: ['alertname=~"Fovea(Availability|Latency)Burn"']
              - source_matchers: ['severity="critical"', 'alertname=~"Fovea(Availability|Latency)Burn"']
                target_matchers: ['severity="warning"', 'alertname=~"Fovea(Availability|Latency)Burn"']
                equal: [alertname, model]
            receivers:
              - name: fovea-pages
              - name: fovea-tickets
            """;

    private ObservabilityFiles() {}

    /** The content of each. */
    static Map<String, String> of(Objectives objectives, String target) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(RULES, PrometheusRules.of(objectives));
        files.put(RULE_TESTS, PrometheusRuleTests.of(objectives));
        files.put("prometheus.yml", SCRAPE.formatted(target, RULES));
        files.put("alertmanager.yml", ALERTMANAGER);
        files.put("grafana/fovea-service.json", GrafanaDashboards.service(objectives));
        files.put("grafana/fovea-models.json", GrafanaDashboards.models());
        return files;
    }

    /**
     * Writes them; earlier ones of this program are replaced.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}
     */
    static void write(Path directory, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, file.getValue());
            }
        } catch (FileAlreadyExistsException e) {
            throw StorageFailure.of("Making the directory", directory, e);
        } catch (IOException e) {
            throw StorageFailure.of("Writing the files", directory, e);
        }
    }
}
