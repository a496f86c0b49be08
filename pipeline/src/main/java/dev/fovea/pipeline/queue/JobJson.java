package dev.fovea.pipeline.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fovea.pipeline.request.JobRequest;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Requests and results as they are stored, with the names of the API. */
public final class JobJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private JobJson() {}

    public static String write(JobRequest request) {
        return JSON.writerFor(JobRequest.class).writeValueAsString(request);
    }

    /** The request; a {@code JacksonException} for invalid JSON. */
    public static JobRequest request(String json) {
        return JSON.readValue(json, JobRequest.class);
    }

    public static String write(JobResult result) {
        return JSON.writeValueAsString(result);
    }

    /** The result; a {@code JacksonException} for invalid JSON. */
    public static JobResult result(String json) {
        return JSON.readValue(json, JobResult.class);
    }

    /** A report with the names of the API. */
    public static String report(Object report) {
        return JSON.writeValueAsString(report);
    }

    /** A value that {@link #report} wrote; absent texts are empty. */
    public static <T> T read(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }

    /** A stored report as a tree. */
    public static JsonNode tree(String report) {
        return JSON.readTree(report);
    }
}
