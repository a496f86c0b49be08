package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights that an exporter left in files beside the model ({@code model.onnx.data}, PyTorch's default since 2.9), read
 * into it. A file must lie in the model's own folder, by its real path too; every size is checked before a byte is
 * read.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/ExternalData.md">ONNX External Data</a>
 */
final class ExternalWeights {

    private static final int READ_AT_ONCE = 1 << 24;

    private final Path folder;
    private final Map<String, Path> files = new HashMap<>();

    private ExternalWeights(Path folder) {
        this.folder = folder;
    }

    /** The model with all its values inside; the same where they are already. {@code MODEL_CORRUPT} with the reason. */
    static OnnxModel bake(OnnxModel model, Path file) {
        List<TensorProto> outside = new ArrayList<>();
        collect(model.proto(), outside);
        if (outside.isEmpty()) {
            return model;
        }
        Path folder = file.toAbsolutePath().getParent();
        ExternalWeights weights = new ExternalWeights(folder == null ? file.toAbsolutePath() : folder);
        long total = model.proto().getSerializedSize();
        for (TensorProto tensor : outside) {
            total += weights.region(tensor).length();
            if (total > OnnxModel.MAX_BYTES) {
                throw new FoveaException(
                        ErrorCode.MODEL_CORRUPT,
                        "%s is more than 2 GB with the weights of the files beside it, which is the most that one ONNX file (protobuf) can hold. Export it in half precision or a smaller one."
                                .formatted(file));
            }
        }
        ModelProto.Builder builder = model.proto().toBuilder();
        weights.fill(builder);
        return OnnxModel.of(builder.build());
    }

    private record Region(Path file, long offset, int length) {}

    /** Tensors stand in initializers, in attributes, and in the graphs inside of those. */
    private static void collect(Message message, List<TensorProto> outside) {
        if (message instanceof TensorProto tensor) {
            if (isOutside(tensor)) {
                outside.add(tensor);
            }
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
                values.forEach(inner -> collect((Message) inner, outside));
            }
        });
    }

    private void fill(Message.Builder message) {
        if (message instanceof TensorProto.Builder tensor) {
            if (isOutside(tensor.build())) {
                ByteString values = read(region(tensor.build()), tensor.getName());
                tensor.clearExternalData().clearDataLocation().setRawData(values);
            }
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        fill(message.getRepeatedFieldBuilder(field, i));
                    }
                } else {
                    fill(message.getFieldBuilder(field));
                }
            }
        });
    }

    private static boolean isOutside(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    private Region region(TensorProto tensor) {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        String location = entries.get("location");
        if (location == null || location.isEmpty()) {
            throw corrupt(tensor.getName(), "are in another file, which is not named");
        }
        long expected = bytes(tensor);
        long offset = number(tensor.getName(), entries, "offset", 0);
        long length = number(tensor.getName(), entries, "length", expected);
        if (length != expected) {
            throw corrupt(
                    tensor.getName(),
                    "are %d bytes in \"%s\", where its shape requires %d".formatted(length, location, expected));
        }
        Path file = files.computeIfAbsent(location, name -> file(tensor.getName(), name));
        long size = size(tensor.getName(), file);
        if (offset > size - length) {
            throw corrupt(
                    tensor.getName(),
                    "end past the end of \"%s\" (%d bytes from %d on, of %d)"
                            .formatted(location, length, offset, size));
        }
        return new Region(file, offset, Math.toIntExact(length));
    }

    private Path file(String tensor, String location) {
        try {
            Path relative = Path.of(location);
            Path file = folder.resolve(relative).normalize();
            if (relative.isAbsolute() || !file.startsWith(folder.normalize())) {
                throw outside(tensor, location);
            }
            if (!Files.isRegularFile(file)) {
                throw corrupt(
                        tensor,
                        "are in \"%s\", which is not beside the model. Put that file into the same folder"
                                .formatted(location));
            }
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw outside(tensor, location);
            }
            return real;
        } catch (InvalidPathException e) {
            throw outside(tensor, location);
        } catch (IOException e) {
            throw corrupt(tensor, "are in \"%s\", which cannot be read".formatted(location));
        }
    }

    private static long size(String tensor, Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw corrupt(tensor, "are in \"%s\", which cannot be read".formatted(file.getFileName()));
        }
    }

    private static ByteString read(Region region, String tensor) {
        ByteString.Output values = ByteString.newOutput(region.length());
        try (FileChannel channel =
                FileChannel.open(region.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(region.length(), 1, READ_AT_ONCE));
            int done = 0;
            while (done < region.length()) {
                buffer.clear().limit(Math.min(buffer.capacity(), region.length() - done));
                int read = channel.read(buffer, region.offset() + done);
                if (read < 0) {
                    throw corrupt(
                            tensor,
                            "end past the end of \"%s\"".formatted(region.file().getFileName()));
                }
                values.write(buffer.array(), 0, read);
                done += read;
            }
            return values.toByteString();
        } catch (IOException e) {
            throw corrupt(
                    tensor,
                    "are in \"%s\", which cannot be read"
                            .formatted(region.file().getFileName()));
        }
    }

    /** The byte count that the tensor's type and shape require. */
    private static long bytes(TensorProto tensor) {
        int bits = switch (tensor.getDataType()) {
            case 21, 22, 23 -> 4; // UINT4, INT4, FLOAT4E2M1
            case 2, 3, 9, 17, 18, 19, 20 -> 8; // UINT8, INT8, BOOL, the four FLOAT8
            case 4, 5, 10, 16 -> 16; // UINT16, INT16, FLOAT16, BFLOAT16
            case 1, 6, 12 -> 32; // FLOAT, INT32, UINT32
            case 7, 11, 13, 14 -> 64; // INT64, DOUBLE, UINT64, COMPLEX64
            case 15 -> 128; // COMPLEX128
            default -> throw corrupt(tensor.getName(), "are of the type %d".formatted(tensor.getDataType()));
        };
        long elements = 1;
        for (long length : tensor.getDimsList()) {
            // far more than any file, and far from an overflow in bits
            if (length < 0 || (length > 0 && elements > (1L << 40) / length)) {
                throw corrupt(tensor.getName(), "have the shape %s".formatted(tensor.getDimsList()));
            }
            elements *= length;
        }
        long bytes = Math.ceilDiv(elements * bits, 8);
        if (bytes > OnnxModel.MAX_BYTES) {
            throw corrupt(tensor.getName(), "are %d bytes; one ONNX file (protobuf) holds 2 GB".formatted(bytes));
        }
        return bytes;
    }

    private static long number(String tensor, Map<String, String> entries, String key, long otherwise) {
        String text = entries.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw corrupt(tensor, "have the %s \"%s\"".formatted(key, text));
        }
        return Long.parseLong(text);
    }

    private static FoveaException outside(String tensor, String location) {
        return corrupt(
                tensor,
                "are in \"%s\", which is not in the model's own folder. Copy that file there".formatted(location));
    }

    private static FoveaException corrupt(String tensor, String what) {
        return new FoveaException(
                ErrorCode.MODEL_CORRUPT,
                "The values of %s %s, or export the model with its weights inside.".formatted(tensor, what));
    }
}
