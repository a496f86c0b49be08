package dev.fovea.model.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of checkpoints around pickles that a test writes itself. */
final class TorchFiles {

    private TorchFiles() {}

    /** The numbers 0, 1, 2 … as 32-bit floats. */
    static byte[] numbers(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(i);
        }
        return bytes.array();
    }

    /** An archive as PyTorch writes it, with one storage named 0. */
    static byte[] archive(byte[] pickle, byte[] storage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            stored(zip, "weights/data.pkl", pickle);
            stored(zip, "weights/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            stored(zip, "weights/data/0", storage);
            stored(zip, "weights/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void stored(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** An archive whose state dictionary has one tensor, {@code w}, laid out as stated on four numbers. */
    static byte[] oneTensor(long count, long offset, List<Long> shape, List<Long> strides) {
        byte[] pickle = new PickleBytes()
                .raw('}')
                .text("w")
                .tensor("0", count, offset, shape, strides)
                .raw('s')
                .end();
        return archive(pickle, numbers(4));
    }

    static byte[] safetensors(String header, byte[] numbers) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(numbers)
                .array();
    }

    static Path write(Path directory, String name, byte[] content) {
        try {
            return Files.write(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
