package dev.fovea.traffic.reference;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code reference.bin}: a format number and a checksum of the rest (CRC-32C), then, deflated, the counts, the reason
 * for there being no embedding, and the rows.
 */
public final class ReferenceCodec {

    private static final int FORMAT = 1;
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int MAX_BYTES = 256 << 20;

    private ReferenceCodec() {}

    /** The file's bytes. */
    public static byte[] write(Reference reference) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(body))) {
            out.writeInt(reference.heldOut());
            out.writeInt(reference.failed());
            out.writeUTF(reference.withoutEmbedding().orElse(""));
            out.writeInt(reference.rows().size());
            ReferenceRowWriter writer = new ReferenceRowWriter(out);
            for (ReferenceRow row : reference.rows()) {
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return ByteBuffer.allocate(HEAD + body.size())
                .putInt(FORMAT)
                .putInt(checksum(body.toByteArray()))
                .put(body.toByteArray())
                .array();
    }

    /** Reads the file; {@code BUNDLE_CORRUPT} when it is damaged or of a newer program. */
    public static Reference read(byte[] file) {
        if (file.length < HEAD) {
            throw corrupt("is damaged", null);
        }
        ByteBuffer head = ByteBuffer.wrap(file);
        int format = head.getInt();
        int checksum = head.getInt();
        if (format != FORMAT) {
            throw corrupt("is of format %d, and this program reads format %d".formatted(format, FORMAT), null);
        }
        byte[] body = new byte[head.remaining()];
        head.get(body);
        if (checksum(body) != checksum) {
            throw corrupt("is damaged", null);
        }
        try (InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(body))) {
            return body(inflated.readNBytes(MAX_BYTES));
        } catch (IOException | IllegalArgumentException | FoveaException e) {
            throw corrupt("is damaged", e);
        }
    }

    private static Reference body(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int heldOut = in.readInt();
        int failed = in.readInt();
        String reason = in.readUTF();
        int count = in.readInt();
        ReferenceRowReader reader = new ReferenceRowReader(in);
        List<ReferenceRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(reader.read());
        }
        if (in.available() > 0) {
            throw new IllegalArgumentException("%d bytes more than %d rows".formatted(in.available(), count));
        }
        return new Reference(heldOut, failed, reason.isEmpty() ? Optional.empty() : Optional.of(reason), rows);
    }

    private static int checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }

    private static FoveaException corrupt(String how, @Nullable Throwable cause) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "%s %s. The version serves all the same; restore the file from a copy, or register the model again to compare traffic with its held-out images."
                        .formatted(Reference.FILE, how),
                cause);
    }
}
