package dev.fovea.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * A Redis server as a prediction cache of several processes.
 *
 * @param address {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS; may contain a
 *     password and is never shown
 * @param ttl time to live of a cached prediction
 */
public record RedisSettings(URI address, Duration ttl) {

    private static final int USUAL_PORT = 6379;

    public RedisSettings {
        boolean known = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
        if (!known || address.getHost() == null) {
            throw invalid();
        }
    }

    /** An address as text; the port is optional. {@code IllegalArgumentException} does not repeat the address. */
    public static RedisSettings of(String address, Duration ttl) {
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
            return new RedisSettings(whole, ttl);
        } catch (URISyntaxException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "the address is not a Redis address; use redis://user:password@host:6379/0, or rediss:// for TLS");
    }

    /** The address without credentials. */
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(address.getScheme(), address.getHost(), address.getPort());
    }
}
