package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Problems as bytes: problem JSON (RFC 9457), and for the paths of the Open Inference Protocol its own {@code {"error":
 * …}}. Filters, which the framework's mapping of errors does not reach, answer with it directly.
 */
final class ProblemWriter {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private ProblemWriter() {}

    /** With the status of the code. */
    static void write(HttpServletRequest request, HttpServletResponse response, ErrorCode code, String detail)
            throws IOException {
        write(request, response, code, Status.of(code).value(), detail);
    }

    /** With a status of HTTP's own. */
    static void write(
            HttpServletRequest request, HttpServletResponse response, ErrorCode code, int status, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType(contentType(request).toString());
        response.getOutputStream().write(bytes(request, Problem.of(code, status, detail, RequestIds.of(request))));
    }

    static MediaType contentType(HttpServletRequest request) {
        return isInference(request) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON;
    }

    static byte[] bytes(HttpServletRequest request, Problem problem) {
        return JSON.writeValueAsBytes(isInference(request) ? Map.of("error", problem.detail()) : problem);
    }

    private static boolean isInference(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/v2") || path.startsWith("/v2/");
    }
}
