package dev.fovea.training.resume;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file with the state of a training: a line that names the form, the key, the position as JSON, each array with its
 * name and length, and a CRC-32. It is written whole beside its place and renamed, so that a kill leaves the last one.
 *
 * @param path of the file
 * @param key of the images, the initial network and the settings; a state with another key is of another training
 */
public record StateFile(Path path, String key) {

    private static final String FORM = "fovea-training-state-1";
    private static final int MAX_ARRAYS = 1 << 20;
    private static final Json JSON = Json.of("training state", ErrorCode.TRAINING_FAILED);

    /** The state; empty where there is none, or one that is of another training or damaged. */
    public Optional<TrainingState> read() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        CRC32 sum = new CRC32();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 20), sum))) {
            if (!in.readUTF().equals(FORM) || !in.readUTF().equals(key)) {
                return Optional.empty();
            }
            TrainingState.Position position = JSON.read(in.readUTF(), TrainingState.Position.class);
            int count = in.readInt();
            long left = Files.size(path);
            Map<String, float[]> arrays = new LinkedHashMap<>();
            for (int i = 0; i < count && count <= MAX_ARRAYS; i++) {
                String name = in.readUTF();
                int length = in.readInt();
                left -= 4L * length;
                if (length < 0 || left < 0) {
                    return Optional.empty();
                }
                float[] values = new float[length];
                ByteBuffer.wrap(in.readNBytes(4 * length)).asFloatBuffer().get(values);
                arrays.put(name, values);
            }
            long expected = sum.getValue();
            return in.readLong() == expected ? Optional.of(new TrainingState(position, arrays)) : Optional.empty();
        } catch (IOException | FoveaException | java.nio.BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** Writes the state in place of an earlier one. */
    void write(TrainingState state) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path part = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            CRC32 sum = new CRC32();
            try (DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new CheckedOutputStream(Files.newOutputStream(part), sum), 1 << 20))) {
                out.writeUTF(FORM);
                out.writeUTF(key);
                out.writeUTF(JSON.write(state.position()));
                out.writeInt(state.arrays().size());
                for (Map.Entry<String, float[]> array : state.arrays().entrySet()) {
                    out.writeUTF(array.getKey());
                    out.writeInt(array.getValue().length);
                    ByteBuffer bytes = ByteBuffer.allocate(4 * array.getValue().length);
                    bytes.asFloatBuffer().put(array.getValue());
                    out.write(bytes.array());
                }
                out.flush();
                out.writeLong(sum.getValue());
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Removes it, as the training has come to its end. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println("The state of the training could not be removed: " + e);
        }
    }
}
