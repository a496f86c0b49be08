package dev.fovea.alerts.channel;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Where a message is posted.
 *
 * @param address may hold a secret and is not shown
 * @param secrets more that is not shown
 * @param timeout of one try, connecting included
 */
public record HttpReceiver(URI address, List<String> secrets, Duration timeout, InstantSource clock) {

    /** With the timeout of ten seconds. */
    public static HttpReceiver at(URI address, List<String> secrets) {
        return new HttpReceiver(address, secrets, HttpPost.TIMEOUT, InstantSource.system());
    }

    HttpPost post() {
        return new HttpPost(address, secrets, timeout, clock);
    }

    /** Shows the host only. */
    @Override
    public String toString() {
        return "HttpReceiver[%s]".formatted(address.getHost());
    }
}
