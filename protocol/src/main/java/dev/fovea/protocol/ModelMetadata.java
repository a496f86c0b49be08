package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.model.tensor.TensorMetadata;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A model's metadata, as {@code GET /v2/models/NAME} gives them.
 *
 * @param versions that are ready
 * @param platform the framework of the model, such as {@code onnxruntime_onnx}
 */
public record ModelMetadata(
        String name,
        Optional<List<String>> versions,
        Optional<String> platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    private static final Json JSON =
            Json.of("metadata", ErrorCode.REMOTE_FAILED).lenient();

    public ModelMetadata {
        versions = versions.map(List::copyOf);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads another server's. Fields of its own are passed over; {@code REMOTE_FAILED} names a field that is missing or
     * wrong, {@code TENSOR_INVALID} an unknown datatype.
     */
    public static ModelMetadata read(JsonNode json) {
        return JSON.bind(json, ModelMetadata.class);
    }
}
