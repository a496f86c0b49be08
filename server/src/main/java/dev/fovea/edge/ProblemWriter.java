package dev.fovea.edge;

import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Problems as bytes: problem JSON (RFC 9457), and for the paths of the Open Inference Protocol its own {@code {"error":
 * …}}.
 */
final class ProblemWriter {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private ProblemWriter() {}

    static MediaType contentType(String path) {
        return isInference(path) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON;
    }

    static byte[] bytes(String path, Problem problem) {
        return JSON.writeValueAsBytes(isInference(path) ? Map.of("error", problem.detail()) : problem);
    }

    private static boolean isInference(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }
}
