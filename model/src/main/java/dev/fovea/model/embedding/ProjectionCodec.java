package dev.fovea.model.embedding;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.EmbeddingTensor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * {@code projection.bin}: a format number, a checksum of the rest (CRC-32C), then name of the tensor, axis of its
 * features, number of axes, D, kind, d, weights and offset; big-endian.
 */
public final class ProjectionCodec {

    private static final int FORMAT = 1;
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int MAX_FEATURES = 1 << 20;

    private ProjectionCodec() {}

    /** The file's bytes. */
    public static byte[] write(EmbeddingProjection projection) {
        byte[] name = projection.tensor().name().getBytes(StandardCharsets.UTF_8);
        byte[] channels = projection.tensor().channels().name().getBytes(StandardCharsets.US_ASCII);
        byte[] kind = projection.kind().name().getBytes(StandardCharsets.US_ASCII);
        int numbers = projection.weights().length + projection.offset().length;
        ByteBuffer body = ByteBuffer.allocate(
                6 * Integer.BYTES + name.length + channels.length + kind.length + numbers * Float.BYTES);
        body.putInt(name.length).put(name);
        body.putInt(channels.length).put(channels);
        body.putInt(projection.axes()).putInt(projection.features());
        body.putInt(kind.length).put(kind);
        body.putInt(projection.offset().length);
        for (float weight : projection.weights()) {
            body.putFloat(weight);
        }
        for (float value : projection.offset()) {
            body.putFloat(value);
        }
        return ByteBuffer.allocate(HEAD + body.capacity())
                .putInt(FORMAT)
                .putInt(checksum(body.array()))
                .put(body.array())
                .array();
    }

    /** Reads the file; {@code BUNDLE_CORRUPT} when it is damaged or of a newer program. */
    public static EmbeddingProjection read(byte[] file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            int format = in.getInt();
            if (format != FORMAT) {
                throw corrupt("is of format %d, and this program reads format %d".formatted(format, FORMAT), null);
            }
            int checksum = in.getInt();
            byte[] body = new byte[in.remaining()];
            in.duplicate().get(body);
            if (checksum(body) != checksum) {
                throw corrupt("is damaged", null);
            }
            return body(in);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw corrupt("is damaged", e);
        }
    }

    private static EmbeddingProjection body(ByteBuffer in) {
        EmbeddingTensor tensor = new EmbeddingTensor(text(in), EmbeddingTensor.Channels.valueOf(text(in)));
        int axes = in.getInt();
        int features = bounded(in.getInt(), MAX_FEATURES);
        EmbeddingProjection.ProjectionKind kind = EmbeddingProjection.ProjectionKind.valueOf(text(in));
        int dimensions = bounded(in.getInt(), EmbeddingProjection.MAX_DIMENSIONS);
        float[] weights = floats(in, features * dimensions);
        float[] offset = floats(in, dimensions);
        bounded(in.remaining(), 0);
        return new EmbeddingProjection(tensor, axes, features, kind, weights, offset);
    }

    private static String text(ByteBuffer in) {
        byte[] characters = new byte[bounded(in.getInt(), in.remaining())];
        in.get(characters);
        return new String(characters, StandardCharsets.UTF_8);
    }

    private static int bounded(int count, int max) {
        if (count < 0 || count > max) {
            throw new IllegalArgumentException("%d of at most %d".formatted(count, max));
        }
        return count;
    }

    private static float[] floats(ByteBuffer in, int count) {
        float[] values = new float[bounded(count, in.remaining() / Float.BYTES)];
        for (int i = 0; i < count; i++) {
            values[i] = in.getFloat();
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("a weight of " + values[i]);
            }
        }
        return values;
    }

    private static FoveaException corrupt(String how, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "%s %s. The version serves without embeddings; register the model again to have them."
                        .formatted(EmbeddingProjection.FILE, how),
                cause);
    }

    private static int checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }
}
