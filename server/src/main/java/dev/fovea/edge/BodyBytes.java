package dev.fovea.edge;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a body into one array, with few copies. */
public final class BodyBytes {

    /** Allocated at once for an announced length; an announcement alone must not cost much memory. */
    private static final int TRUSTED = 1 << 18;

    /** Growth of the array while the bytes come. */
    private static final int FACTOR = 4;

    private BodyBytes() {}

    /**
     * The whole body; {@code limit + 1} bytes of one that is larger.
     *
     * @param announced its length as the sender says; negative where it does not say
     */
    public static byte[] read(InputStream body, long announced, int limit) throws IOException {
        int most = announced < 0 ? limit + 1 : (int) Math.min(announced, limit + 1L);
        byte[] bytes = new byte[Math.min(most, TRUSTED)];
        int read = body.readNBytes(bytes, 0, bytes.length);
        while (read == bytes.length && read < most) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, (long) FACTOR * bytes.length));
            read += body.readNBytes(bytes, read, bytes.length - read);
        }
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }
}
