package dev.fovea.load;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.protocol.ModelMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One declared input of a model, with random values. Real numbers are uniform in 0..1, as pixels often are. Integers
 * are uniform in 0..127, which every type can represent.
 *
 * @param declared with 1 for dynamic sizes
 */
record InferenceInput(TensorMetadata declared) {

    private static final long MAX_BYTES = 256L << 20;
    private static final int WHOLE = 128;
    private static final int UPPER_HALF = 16;

    InferenceInput {
        declared = new TensorMetadata(
                declared.name(),
                declared.type(),
                Arrays.stream(declared.shape()).map(size -> Math.max(1, size)).toArray());
    }

    /** Reads the inputs; {@code TENSOR_INVALID} when there are none or one cannot be filled. */
    static List<InferenceInput> of(ModelMetadata metadata, String model) {
        if (metadata.inputs().isEmpty()) {
            throw invalid("The server declares no inputs for %s. Check the model's name.", model);
        }
        List<InferenceInput> inputs =
                metadata.inputs().stream().map(InferenceInput::new).toList();
        inputs.forEach(InferenceInput::requireFillable);
        return inputs;
    }

    private void requireFillable() {
        double bytes = Arrays.stream(declared.shape()).asDoubleStream().reduce(1, (a, b) -> a * b)
                * Math.max(1, declared.type().size());
        if (bytes > MAX_BYTES) {
            throw invalid(
                    "The input %s of shape %s has %.0f bytes; the limit for generated tensors is %d.",
                    declared.name(), Arrays.toString(declared.shape()), bytes, MAX_BYTES);
        }
    }

    /** Whether an image's file can be its value. */
    boolean takesImage() {
        return declared.type() == DataType.BYTES;
    }

    /** A tensor with an image's file as every element. */
    Tensor image(byte[] file) {
        int elements = elements();
        if ((long) elements * (Integer.BYTES + file.length) > MAX_BYTES) {
            throw invalid(
                    "The input %s has %d images of %d bytes; the limit is %d bytes.",
                    declared.name(), elements, file.length, MAX_BYTES);
        }
        return tensor(ByteStrings.pack(Collections.nCopies(elements, file)));
    }

    /** A tensor of random elements. */
    Tensor madeUp(SplittableRandom random) {
        int elements = elements();
        ByteBuffer buffer =
                ByteBuffer.allocate(elements * declared.type().size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < elements; element++) {
            put(buffer, random);
        }
        return tensor(buffer.flip());
    }

    private void put(ByteBuffer to, SplittableRandom random) {
        switch (declared.type()) {
            case BOOL -> to.put((byte) random.nextInt(2));
            case UINT8, INT8 -> to.put((byte) random.nextInt(WHOLE));
            case UINT16, INT16 -> to.putShort((short) random.nextInt(WHOLE));
            case UINT32, INT32 -> to.putInt(random.nextInt(WHOLE));
            case UINT64, INT64 -> to.putLong(random.nextInt(WHOLE));
            case FP16 -> to.putShort(Float.floatToFloat16((float) random.nextDouble()));
            case BF16 -> to.putShort((short) (Float.floatToRawIntBits((float) random.nextDouble()) >>> UPPER_HALF));
            case FP32 -> to.putFloat((float) random.nextDouble());
            case FP64 -> to.putDouble(random.nextDouble());
            case BYTES -> throw new IllegalStateException("images are its elements");
        }
    }

    private Tensor tensor(ByteBuffer bytes) {
        return new Tensor(declared.name(), declared.type(), declared.shape(), bytes);
    }

    private int elements() {
        return Math.toIntExact(Arrays.stream(declared.shape()).reduce(1L, (a, b) -> a * b));
    }

    @FormatMethod
    private static FoveaException invalid(String format, Object... values) {
        return new FoveaException(ErrorCode.TENSOR_INVALID, format.formatted(values));
    }
}
