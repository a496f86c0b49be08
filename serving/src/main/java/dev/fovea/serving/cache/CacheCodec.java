package dev.fovea.serving.cache;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.Manifest;
import dev.fovea.runtime.Prediction;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A cached prediction as bytes for other processes: a format number, a checksum over key and body, the body. Labels are
 * not in it, for a reader with the same key has the same bundle. Bytes that are of another format, of another key or
 * damaged are a cache miss, and never an exception.
 */
final class CacheCodec {

    /** Of the bytes; another program that writes them otherwise has another number. */
    private static final byte FORMAT = 4;

    private static final int HEAD = 1 + Integer.BYTES;

    private CacheCodec() {}

    static byte[] write(CacheKey key, Prediction prediction, Manifest manifest) {
        return sealed(key, new CachedResponseWriter(manifest).write(prediction));
    }

    /** The body with its header. */
    static byte[] sealed(CacheKey key, byte[] body) {
        return ByteBuffer.allocate(HEAD + body.length)
                .put(FORMAT)
                .putInt(checksum(key, body))
                .put(body)
                .array();
    }

    /** The prediction, if the bytes are one for this key by a bundle with this manifest. */
    static Optional<Prediction> read(CacheKey key, byte[] bytes, Manifest manifest) {
        if (bytes.length < HEAD || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        if (ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt() != checksum(key, body)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CachedResponseReader(manifest, ByteBuffer.wrap(body)).read());
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException | FoveaException e) {
            // a valid checksum over an invalid body
            return Optional.empty();
        }
    }

    private static int checksum(CacheKey key, byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(key.a())
                .putLong(key.b())
                .putLong(key.c())
                .putLong(key.d())
                .flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
