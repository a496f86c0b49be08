package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * One input as a model's metadata declare it, and values for it.
 *
 * @param datatype {@code BYTES}, or a {@link TensorType}'s name
 * @param shape with 1 where the model takes any size
 */
record InferenceInput(String name, String datatype, List<Long> shape) {

    private static final String BYTES = "BYTES";
    private static final int LENGTH = 4;
    private static final long MOST_BYTES = 256L << 20;

    /** Reads the inputs; {@code TENSOR_INVALID} when there are none or one cannot be filled. */
    static List<InferenceInput> of(JsonNode metadata, String model) {
        List<InferenceInput> inputs = new ArrayList<>();
        for (JsonNode input : metadata.path("inputs")) {
            List<Long> shape = new ArrayList<>();
            input.path("shape").forEach(size -> shape.add(Math.max(1, size.asLong(1))));
            inputs.add(new InferenceInput(
                    input.path("name").asString(""), input.path("datatype").asString(""), shape));
        }
        if (inputs.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The server declares no inputs for %s, so nothing can be made up for it. Check the model's name."
                            .formatted(model));
        }
        inputs.forEach(InferenceInput::requireFillable);
        return inputs;
    }

    private void requireFillable() {
        boolean known = takesImage()
                || Arrays.stream(TensorType.values())
                        .anyMatch(type -> type.name().equals(datatype));
        if (!known) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input %s is of datatype \"%s\", which the protocol does not have.".formatted(name, datatype));
        }
        double bytes = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b)
                * (takesImage() ? 1 : TensorType.valueOf(datatype).width());
        if (bytes > MOST_BYTES) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input %s of shape %s takes %.0f bytes; at most %d are made up."
                            .formatted(name, shape, bytes, MOST_BYTES));
        }
    }

    /** Whether an image's file can be its value. */
    boolean takesImage() {
        return datatype.equals(BYTES);
    }

    /** An image's file as every element, as the binary extension lays them out: length, bytes, length, bytes. */
    byte[] image(byte[] file) {
        int elements = elements();
        if ((long) elements * (LENGTH + file.length) > MOST_BYTES) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input %s takes %d images of %d bytes at once; %d bytes are the most."
                            .formatted(name, elements, file.length, MOST_BYTES));
        }
        ByteBuffer buffer =
                ByteBuffer.allocate(elements * (LENGTH + file.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < elements; element++) {
            buffer.putInt(file.length).put(file);
        }
        return buffer.array();
    }

    /** Made-up elements, little-endian, in row-major order. */
    byte[] madeUp(SplittableRandom random) {
        TensorType type = TensorType.valueOf(datatype);
        int elements = elements();
        ByteBuffer buffer = ByteBuffer.allocate(elements * type.width()).order(ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < elements; element++) {
            type.put(buffer, random);
        }
        return buffer.array();
    }

    private int elements() {
        return Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
    }
}
