package dev.fovea.rollout.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is assigned to a version and has one value: the request key, or a request that has none. A unit's id is a hash,
 * so that keys are not stored.
 */
public sealed interface ExperimentUnit {

    /** A hash of its key or request. */
    String id();

    /** All requests with a key; it is known since the first of them. */
    record KeyUnit(String id) implements ExperimentUnit {

        /** Of a request key. */
        public static KeyUnit of(String key) {
            return new KeyUnit(hash('k', key));
        }
    }

    /**
     * A request without a key.
     *
     * @param version that served it
     * @param time of its response
     */
    record RequestUnit(String id, int version, Instant time) implements ExperimentUnit {

        /** Of a request's id. */
        public static RequestUnit of(String request, int version, Instant time) {
            return new RequestUnit(hash('r', request), version, time);
        }
    }

    private static String hash(char kind, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return kind + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
