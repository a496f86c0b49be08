package dev.fovea.serving.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The cache key of a prediction: the SHA-256 of a bundle's id and an image's bytes. The bundle's id is the hash of its
 * manifest and so stands for the graph, the contract, the postprocessing, the temperature and the labels; other request
 * parameters (number of labels, priority, deadline) do not change the prediction.
 */
public record CacheKey(long a, long b, long c, long d) {

    /** The key for an image and a bundle. */
    public static CacheKey of(String bundle, byte[] image) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] id = bundle.getBytes(StandardCharsets.UTF_8);
            // the length comes first, so that no other id and image make the same bytes
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, id.length));
            sha256.update(id);
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest(image));
            return new CacheKey(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Sixty-four hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x%016x%016x%016x".formatted(a, b, c, d);
    }
}
