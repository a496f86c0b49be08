package dev.fovea.remote.protocol;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.protocol.InferResponse;
import dev.fovea.protocol.JsonInferReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/** One output tensor of another server's response. What does not fit is {@link AttemptProblem#MALFORMED}. */
record InferenceTensor(Tensor tensor) {

    /** Finds a tensor by its name. */
    static InferenceTensor read(ServiceResponse response, String name) {
        InferResponse read = malformed(() -> JsonInferReader.response(
                response.body(),
                HttpBinding.jsonLength(response.header(HttpBinding.JSON_LENGTH)).orElse(response.body().length)));
        return read.outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .map(InferenceTensor::new)
                .orElseThrow(() -> ResponsePart.malformed("it has no output \"%s\"", name));
    }

    /** The elements of a tensor of texts. */
    List<String> texts() {
        if (tensor.type() != DataType.BYTES) {
            throw ResponsePart.malformed("the output %s must be of datatype BYTES", tensor);
        }
        return malformed(() -> ByteStrings.unpack(tensor)).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** The elements of a tensor of floating-point numbers, all finite. */
    double[] numbers(int count) {
        if (!tensor.type().isReal()) {
            throw ResponsePart.malformed("the output %s must be of a floating-point datatype", tensor);
        }
        double[] numbers = tensor.doubles();
        if (numbers.length != count) {
            throw ResponsePart.malformed(
                    "the output %s has %d numbers for %d labels; configure one label for each",
                    tensor, numbers.length, count);
        }
        if (!DoubleStream.of(numbers).allMatch(Double::isFinite)) {
            throw ResponsePart.malformed("the output %s has a number that is not finite", tensor);
        }
        return numbers;
    }

    private static <T> T malformed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (FoveaException e) {
            throw ResponsePart.malformed("%s", e.getMessage().replaceFirst("\\.$", ""));
        }
    }
}
