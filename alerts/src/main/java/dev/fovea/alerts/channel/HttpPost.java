package dev.fovea.alerts.channel;

import dev.fovea.remote.guard.Exchange;
import dev.fovea.remote.guard.RetryAfter;
import dev.fovea.remote.protocol.AttemptFailed;
import dev.fovea.remote.protocol.OutgoingRequest;
import dev.fovea.remote.protocol.ServiceResponse;
import dev.fovea.remote.provider.ErrorText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts JSON to one configured address. Redirections are not followed. Statuses 408, 425, 429 and 5xx, a timeout and a
 * broken connection may be tried again; any other answer that is not 2xx may not.
 */
final class HttpPost implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Keys are sorted, so that the same alert is the same bytes in every process. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final int MOST_SHOWN = 100;

    private final URI address;
    private final List<String> secrets;
    private final Exchange exchange;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param secrets never shown in a failure; the address's path and query are among them */
    HttpPost(URI address, List<String> secrets, Duration timeout, InstantSource clock) {
        this.address = address;
        this.secrets = secrets;
        this.exchange = new Exchange(timeout);
        this.timeout = timeout;
        this.clock = clock;
    }

    static byte[] bytes(Object json) {
        return JSON.writeValueAsBytes(json);
    }

    /** The answer, as {@code HTTP 202}. */
    String post(byte[] body, String type, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", type);
        all.put("User-Agent", "fovea");
        ServiceResponse response;
        try {
            response = exchange.send(new OutgoingRequest(address, all, body), timeout);
        } catch (AttemptFailed e) {
            throw new DeliveryFailed("it " + ErrorText.safe(e.text(), secrets), true);
        }
        if (response.isSuccess()) {
            return "HTTP " + response.status();
        }
        throw new DeliveryFailed(
                said(response),
                isRetryable(response.status()),
                response.header("Retry-After")
                        .map(after -> RetryAfter.of(after, clock.instant()))
                        .orElse(Duration.ZERO));
    }

    private String said(ServiceResponse response) {
        String text = ErrorText.safe(new String(response.body(), StandardCharsets.UTF_8), secrets);
        return "HTTP %d%s"
                .formatted(
                        response.status(),
                        text.isEmpty()
                                ? ""
                                : ": " + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text));
    }

    private static boolean isRetryable(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
