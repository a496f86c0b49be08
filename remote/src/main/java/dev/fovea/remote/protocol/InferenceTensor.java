package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.ErrorText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One output tensor of an Open Inference answer, from JSON or from the binary part after it, as a server may choose
 * either.
 *
 * @param output its JSON
 * @param binary its bytes, if it is not in the JSON
 */
public record InferenceTensor(AnswerPart output, Optional<ByteBuffer> binary) {

    /** The header that says how long the JSON is. */
    public static final String HEAD_LENGTH = "Inference-Header-Content-Length";

    /** Finds a tensor by its name. */
    static InferenceTensor read(HttpReply reply, String name) {
        byte[] body = reply.body();
        int head = reply.header(HEAD_LENGTH)
                .map(length -> headLength(length, body.length))
                .orElse(body.length);
        int offset = head;
        for (AnswerPart output :
                AnswerPart.parse(Arrays.copyOf(body, head)).field("outputs").items()) {
            Optional<Integer> size = binarySize(output, body.length - offset);
            if (output.text("name").equals(name)) {
                int start = offset;
                return new InferenceTensor(
                        output,
                        size.map(bytes ->
                                ByteBuffer.wrap(body, start, bytes).slice().order(ByteOrder.LITTLE_ENDIAN)));
            }
            offset += size.orElse(0);
        }
        throw AnswerPart.malformed("it holds no output \"%s\"", name);
    }

    /** The elements of a tensor of texts. */
    List<String> texts() {
        requireType("BYTES");
        if (binary.isEmpty()) {
            return leaves(output.field("data")).map(AnswerPart::text).toList();
        }
        ByteBuffer bytes = binary.get();
        List<String> texts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw AnswerPart.malformed("%s ends within an element", output.path());
            }
            byte[] text = new byte[length];
            bytes.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** The elements of a tensor of floating-point numbers, all finite. */
    double[] numbers(int count) {
        requireType("FP16", "FP32", "FP64");
        double[] numbers = binary.map(this::binaryNumbers)
                .orElseGet(() -> leaves(output.field("data"))
                        .mapToDouble(AnswerPart::number)
                        .toArray());
        if (numbers.length != count) {
            throw AnswerPart.malformed(
                    "%s holds %d numbers for %d labels; configure one label for each",
                    output.path(), numbers.length, count);
        }
        if (!DoubleStream.of(numbers).allMatch(Double::isFinite)) {
            throw AnswerPart.malformed("%s holds a number that is not finite", output.path());
        }
        return numbers;
    }

    private double[] binaryNumbers(ByteBuffer bytes) {
        int width = Integer.parseInt(output.text("datatype").substring(2)) / Byte.SIZE;
        double[] numbers = new double[bytes.remaining() / width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (width) {
                case 2 -> Float.float16ToFloat(bytes.getShort());
                case 4 -> bytes.getFloat();
                default -> bytes.getDouble();
            };
        }
        return numbers;
    }

    /** Data may be nested by the shape or flat. */
    private static Stream<AnswerPart> leaves(AnswerPart data) {
        return data.node().isArray() ? data.items().stream().flatMap(InferenceTensor::leaves) : Stream.of(data);
    }

    private void requireType(String... types) {
        String type = output.text("datatype");
        if (!List.of(types).contains(type)) {
            throw AnswerPart.malformed(
                    "%s is of datatype %s; it must be %s",
                    output.path(), ErrorText.shortened(type), String.join(" or ", types));
        }
    }

    private static Optional<Integer> binarySize(AnswerPart output, int left) {
        return output.optional("parameters")
                .flatMap(parameters -> parameters.optional("binary_data_size"))
                .map(size -> {
                    if (!(size.number() >= 0 && size.number() <= left) || size.number() % 1 != 0) {
                        throw size.wrong("a number of bytes of at most the %d that are there".formatted(left));
                    }
                    return (int) size.number();
                });
    }

    private static int headLength(String length, int most) {
        try {
            int head = Integer.parseInt(length);
            if (head >= 0 && head <= most) {
                return head;
            }
        } catch (NumberFormatException e) {
            // Told of below.
        }
        throw AnswerPart.malformed(
                "its header %s is \"%s\" and its body has %d bytes", HEAD_LENGTH, ErrorText.shortened(length), most);
    }
}
