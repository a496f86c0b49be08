package dev.fovea.config.telemetry;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/** Where traces go. */
public record TracingSettings(
        @Key(
                text =
                        "Base URL of an OpenTelemetry collector that takes OTLP over HTTP, such as `http://127.0.0.1:4318`. Without it requests are not traced. See [traces](../how-to/telemetry.md).")
        Optional<String> endpoint,

        @Key(
                value = "0.01",
                min = "0",
                max = "1",
                text =
                        "Share of requests that are traced. A request with the header `traceparent` is traced as that header says.")
        double sampleRatio)
        implements Checked {

    @Override
    public Stream<String> errors() {
        return endpoint
                .filter(url -> !isHttp(url))
                .map(url -> "tracing.endpoint: \"%s\" is no URL of a collector. An example: http://127.0.0.1:4318"
                        .formatted(url))
                .stream();
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
