package dev.fovea.pipeline.weights;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Weights that a formula draws from the names of the tensors, the same as in record.py; as safetensors. */
final class FormulaWeights {

    private static final long SEED = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private FormulaWeights() {}

    static float[] values(String name, List<Long> shape) {
        float[] values = new float[(int) count(shape)];
        double bound = Math.sqrt(3.0 / Math.max(1, count(shape) / (shape.isEmpty() ? 1 : shape.getFirst())));
        boolean vector = shape.size() == 1;
        boolean scale = name.endsWith("running_var") || name.endsWith("gamma") || (name.endsWith("weight") && vector);
        boolean small = vector || name.equals("cls_token") || name.equals("pos_embed");
        long seed = SEED;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ (b & 0xff)) * PRIME;
        }
        for (int i = 0; i < values.length; i++) {
            double u = (mixed(seed + (i + 1) * STEP) >>> 40) / (double) (1 << 24);
            values[i] = (float) (scale ? 0.5 + u : small ? 0.2 * (u - 0.5) : (2 * u - 1) * bound);
        }
        return values;
    }

    /** splitmix64: Steele, Lea and Flood 2014. */
    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long count(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** A file with those values; or, where they are not needed, one that has room for them. */
    static Path write(Path file, SequencedMap<String, List<Long>> shapes, boolean filled) {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long at = 0;
        for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
            long end = at + Float.BYTES * count(tensor.getValue());
            header.append(",\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(
                            tensor.getKey(),
                            tensor.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")),
                            at,
                            end));
            at = end;
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(Long.BYTES + json.length + at);
            out.write(little(Long.BYTES).putLong(json.length).array());
            out.write(json);
            if (filled) {
                for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
                    float[] values = values(tensor.getKey(), tensor.getValue());
                    ByteBuffer bytes = little(Float.BYTES * values.length);
                    bytes.asFloatBuffer().put(values);
                    out.write(bytes.array());
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
