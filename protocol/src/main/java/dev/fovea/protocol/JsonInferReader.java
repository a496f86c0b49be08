package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.DataType;
import dev.fovea.runtime.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request for inference over HTTP: JSON, and behind it the bytes of the tensors that announce a
 * {@code binary_data_size}, in their order. Fields that are unknown are passed over. Errors: {@code ARGUMENT_INVALID}
 * for the request, {@code TENSOR_INVALID} for a tensor.
 */
public final class JsonInferReader {

    /** Values are read out of the middle of a text, so what comes behind them is no error. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<Draft> inputs = new ArrayList<>();
    private final List<WantedOutput> outputs = new ArrayList<>();
    private String id = "";
    private Parameters parameters = Parameters.NONE;

    private JsonInferReader() {}

    /** A tensor as far as it has been read. */
    private static final class Draft {
        private @Nullable String name;
        private @Nullable DataType type;
        private long @Nullable [] shape;
        private @Nullable ByteBuffer data;
        private @Nullable JsonNode early;
        private Parameters parameters = Parameters.NONE;
    }

    /**
     * Reads a body.
     *
     * @param body JSON and what stands behind it; the tensors keep it
     * @param jsonLength how many bytes the JSON has
     */
    public static InferCall read(byte[] body, int jsonLength) {
        if (jsonLength > body.length) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The header Inference-Header-Content-Length announces %d bytes of JSON but the body has %d."
                            .formatted(jsonLength, body.length));
        }
        try (JsonParser json = MAPPER.createParser(body, 0, jsonLength)) {
            JsonInferReader reader = new JsonInferReader();
            json.nextToken();
            reader.request(json);
            return reader.finish(ByteBuffer.wrap(body, jsonLength, body.length - jsonLength));
        } catch (JacksonException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The body is not the JSON of an inference request: %s. Raw bytes need the header Inference-Header-Content-Length."
                            .formatted(e.getOriginalMessage()),
                    e);
        }
    }

    private void request(JsonParser json) {
        for (String field = first(json, "the request"); field != null; field = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "id" -> id = value == JsonToken.VALUE_NULL ? "" : json.getValueAsString("");
                case "parameters" -> parameters = parameters(json);
                case "inputs" -> each(json, "inputs", () -> inputs.add(input(json)));
                case "outputs" -> each(json, "outputs", () -> outputs.add(output(json)));
                default -> json.skipChildren();
            }
        }
    }

    private static Draft input(JsonParser json) {
        Draft draft = new Draft();
        for (String field = first(json, "an input"); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "name" -> draft.name = json.getValueAsString("");
                case "datatype" -> draft.type = DataType.named(json.getValueAsString(""));
                case "shape" -> draft.shape = shape(json);
                case "parameters" -> draft.parameters = parameters(json);
                case "data" -> data(json, draft);
                default -> json.skipChildren();
            }
        }
        return draft;
    }

    /** Elements need their type; where it comes later they are kept as they are until then. */
    private static void data(JsonParser json, Draft draft) {
        if (draft.type != null) {
            draft.data = JsonElements.read(json, String.valueOf(draft.name), draft.type);
        } else {
            draft.early = MAPPER.readTree(json);
        }
    }

    private static WantedOutput output(JsonParser json) {
        String name = "";
        Parameters parameters = Parameters.NONE;
        for (String field = first(json, "an output"); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getValueAsString("");
                case "parameters" -> parameters = parameters(json);
                default -> json.skipChildren();
            }
        }
        return new WantedOutput(name, parameters.flag("binary_data"), (int)
                Math.min(parameters.number("classification"), Integer.MAX_VALUE));
    }

    private InferCall finish(ByteBuffer behind) {
        List<Tensor> tensors = new ArrayList<>();
        for (Draft draft : inputs) {
            tensors.add(tensor(draft, behind));
        }
        if (behind.hasRemaining()) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "%d bytes stand behind the last tensor; the binary_data_size of the inputs must add up to what is sent."
                            .formatted(behind.remaining()));
        }
        return new InferCall(
                id,
                tensors,
                outputs,
                new InferCall.Options(
                        parameters.flag("binary_data_output").orElse(false),
                        parameters.priority(),
                        parameters.timeout()));
    }

    private static Tensor tensor(Draft draft, ByteBuffer behind) {
        if (draft.name == null || draft.type == null || draft.shape == null) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "An input needs name, datatype and shape; \"%s\" lacks some.".formatted(draft.name));
        }
        return new Tensor(draft.name, draft.type, draft.shape, bytes(draft, draft.name, draft.type, behind));
    }

    private static ByteBuffer bytes(Draft draft, String name, DataType type, ByteBuffer behind) {
        boolean binary = draft.parameters.values().containsKey("binary_data_size");
        JsonNode early = draft.early;
        boolean inJson = draft.data != null || early != null;
        if (binary == inJson) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input \"%s\" needs either data or the parameter binary_data_size.".formatted(name));
        }
        if (binary) {
            return behind(name, draft.parameters.number("binary_data_size"), behind);
        }
        if (early == null) {
            return Optional.ofNullable(draft.data).orElseThrow();
        }
        try (JsonParser json = MAPPER.treeAsTokens(early)) {
            json.nextToken();
            return JsonElements.read(json, name, type);
        }
    }

    private static ByteBuffer behind(String name, long size, ByteBuffer behind) {
        if (size > behind.remaining()) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input \"%s\" announces %d bytes but %d are left in the body."
                            .formatted(name, size, behind.remaining()));
        }
        ByteBuffer bytes = behind.slice(behind.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
        behind.position(behind.position() + (int) size);
        return bytes;
    }

    private static long[] shape(JsonParser json) {
        List<Long> lengths = new ArrayList<>();
        each(json, "shape", () -> {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw malformed("shape", "whole numbers");
            }
            lengths.add(json.getLongValue());
        });
        return lengths.stream().mapToLong(Long::longValue).toArray();
    }

    private static Parameters parameters(JsonParser json) {
        Map<String, Object> values = new HashMap<>();
        JsonNode node = MAPPER.readTree(json);
        for (String name : node.propertyNames()) {
            JsonNode value = node.get(name);
            if (value.isBoolean()) {
                values.put(name, value.booleanValue());
            } else if (value.isNumber()) {
                values.put(name, value.numberValue());
            } else if (value.isString()) {
                values.put(name, value.stringValue());
            }
        }
        return new Parameters(values);
    }

    /** The name of an object's first field; null when it has none. */
    private static @Nullable String first(JsonParser json, String what) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(what, "an object {…}");
        }
        return json.nextName();
    }

    private static void each(JsonParser json, String what, Runnable element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw malformed(what, "a list […]");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    private static FoveaException malformed(String what, String expected) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "In the inference request %s must be %s.".formatted(what, expected));
    }
}
