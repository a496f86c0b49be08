package dev.fovea.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * A Redis server that holds answers for several processes.
 *
 * @param address {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS; may hold a
 *     password and is never shown
 * @param keep how long an answer is kept
 */
public record RedisSettings(URI address, Duration keep) {

    private static final int USUAL_PORT = 6379;

    public RedisSettings {
        boolean known = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
        if (!known || address.getHost() == null) {
            throw invalid();
        }
    }

    /**
     * An address as text; the port may be left out. {@code IllegalArgumentException} does not repeat what was given.
     */
    public static RedisSettings of(String address, Duration keep) {
        try {
            URI given = new URI(address);
            URI whole = given.getPort() >= 0 || given.getHost() == null
                    ? given
                    : new URI(
                            given.getScheme(),
                            given.getUserInfo(),
                            given.getHost(),
                            USUAL_PORT,
                            given.getPath(),
                            given.getQuery(),
                            given.getFragment());
            return new RedisSettings(whole, keep);
        } catch (URISyntaxException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "the address is none of a Redis server; it looks like redis://user:password@host:6379/0, or rediss:// for TLS");
    }

    /** Where it is, without who may go there. */
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(address.getScheme(), address.getHost(), address.getPort());
    }
}
