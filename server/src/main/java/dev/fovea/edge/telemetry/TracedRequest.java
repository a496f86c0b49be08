package dev.fovea.edge.telemetry;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a trace says about a request, by OpenTelemetry's semantic conventions.
 *
 * @param name of the span: the method and the route, without names of models, so that spans can be grouped
 * @param attributes by name
 * @param headers the value of a header or of gRPC's metadata, by lower-case name; null where it is absent
 */
public record TracedRequest(String name, Map<String, String> attributes, UnaryOperator<@Nullable String> headers) {

    private static final Pattern OF_MODEL = Pattern.compile("/v([12])/models/[^/]+(/versions/[^/]+)?(/[a-z-]+)?");

    /** A request over HTTP. */
    public static TracedRequest http(String method, String path, String id, UnaryOperator<@Nullable String> headers) {
        Matcher model = OF_MODEL.matcher(path);
        String route = model.matches()
                ? "/v%s/models/{name}%s%s"
                        .formatted(
                                model.group(1),
                                model.group(2) == null ? "" : "/versions/{version}",
                                model.group(3) == null ? "" : model.group(3))
                : "";
        return new TracedRequest(
                route.isEmpty() ? method : method + " " + route,
                Map.of(
                        "http.request.method", method,
                        "url.path", path,
                        "http.route", route,
                        "fovea.request.id", id),
                headers);
    }

    /** A call over gRPC, by its method's full name: {@code package.Service/Method}. */
    public static TracedRequest grpc(String method, UnaryOperator<@Nullable String> headers) {
        return new TracedRequest(
                method,
                Map.of("rpc.system", "grpc", "rpc.service", method.split("/")[0], "rpc.method", method),
                headers);
    }
}
