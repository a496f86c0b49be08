package dev.fovea.datasets.report;

import dev.fovea.datasets.IngestReport;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report as a JSON document with snake_case keys. */
public final class IngestReportJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private IngestReportJson() {}

    /** The whole report, every file named. */
    public static String write(IngestReport report) {
        return MAPPER.writeValueAsString(report);
    }
}
