package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request for inference over HTTP: JSON, and behind it the bytes of the tensors that announce a
 * {@code binary_data_size}, in their order. Fields that are unknown or null are passed over. Errors:
 * {@code ARGUMENT_INVALID} for the request, {@code TENSOR_INVALID} for a tensor.
 */
public final class JsonInferReader {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Far more inputs, outputs and axes than any network has, and few enough to cost nothing. */
    private static final int MOST = 1024;

    private final byte[] body;
    private final int jsonLength;
    private final List<Draft> inputs = new ArrayList<>();
    private final List<WantedOutput> outputs = new ArrayList<>();
    private String id = "";
    private Parameters parameters = Parameters.NONE;

    private JsonInferReader(byte[] body, int jsonLength) {
        this.body = body;
        this.jsonLength = jsonLength;
    }

    /** A tensor as far as it has been read. */
    private static final class Draft {
        private @Nullable String name;
        private @Nullable DataType type;
        private long @Nullable [] shape;
        private @Nullable ByteBuffer data;
        private OptionalInt early = OptionalInt.empty();
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
            JsonInferReader reader = new JsonInferReader(body, jsonLength);
            json.nextToken();
            reader.request(json);
            if (json.nextToken() != null) {
                throw malformed("the JSON", "all there is, unless Inference-Header-Content-Length says where it ends");
            }
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
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case "id" -> id = text(json, "id");
                case "parameters" -> parameters = parameters(json);
                case "inputs" -> each(json, "inputs", () -> inputs.add(input(json)));
                case "outputs" -> each(json, "outputs", () -> outputs.add(output(json)));
                default -> json.skipChildren();
            }
        }
    }

    private Draft input(JsonParser json) {
        Draft draft = new Draft();
        for (String field = first(json, "an input"); field != null; field = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case "name" -> draft.name = text(json, "the name of an input");
                case "datatype" -> draft.type = DataType.named(text(json, "datatype"));
                case "shape" -> draft.shape = shape(json);
                case "parameters" -> draft.parameters = parameters(json);
                case "data" -> data(json, draft);
                default -> json.skipChildren();
            }
        }
        return draft;
    }

    /** Elements need their type; where it comes later they are passed over, and read once it is known. */
    private void data(JsonParser json, Draft draft) {
        if (draft.type != null) {
            draft.data = JsonElements.read(json, String.valueOf(draft.name), draft.type);
        } else {
            draft.early = OptionalInt.of(place(json));
            json.skipChildren();
        }
    }

    /** Where in the body the parser stands. */
    private static int place(JsonParser json) {
        long place = json.currentTokenLocation().getByteOffset();
        if (json.currentToken() != JsonToken.START_ARRAY || place < 0) {
            throw malformed("data", "a list […], in UTF-8");
        }
        return (int) place;
    }

    private static WantedOutput output(JsonParser json) {
        String name = "";
        Parameters parameters = Parameters.NONE;
        for (String field = first(json, "an output"); field != null; field = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case "name" -> name = text(json, "the name of an output");
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

    private Tensor tensor(Draft draft, ByteBuffer behind) {
        if (draft.name == null || draft.type == null || draft.shape == null) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "An input needs name, datatype and shape; \"%s\" lacks some.".formatted(draft.name));
        }
        return new Tensor(draft.name, draft.type, draft.shape, bytes(draft, draft.name, draft.type, behind));
    }

    private ByteBuffer bytes(Draft draft, String name, DataType type, ByteBuffer behind) {
        boolean binary = draft.parameters.values().containsKey("binary_data_size");
        boolean inJson = draft.data != null || draft.early.isPresent();
        if (binary == inJson) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input \"%s\" needs either data or the parameter binary_data_size.".formatted(name));
        }
        if (binary) {
            return behind(name, draft.parameters.number("binary_data_size"), behind);
        }
        if (draft.early.isEmpty()) {
            return Optional.ofNullable(draft.data).orElseThrow();
        }
        int start = draft.early.getAsInt();
        try (JsonParser json = MAPPER.createParser(body, start, jsonLength - start)) {
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

    /** Those that mean something here; a value that is a list, an object or null counts as absent. */
    private static Parameters parameters(JsonParser json) {
        Map<String, Object> values = new HashMap<>();
        for (String name = first(json, "parameters"); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (!Parameters.isKnown(name)) {
                json.skipChildren();
            } else if (value.isBoolean()) {
                values.put(name, json.getBooleanValue());
            } else if (value.isNumeric()) {
                values.put(name, json.getNumberValue());
            } else if (value == JsonToken.VALUE_STRING) {
                values.put(name, json.getString());
            } else {
                json.skipChildren();
            }
        }
        return new Parameters(values);
    }

    /** A text, or a number as one. */
    private static String text(JsonParser json, String what) {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT -> json.getString();
            default -> throw malformed(what, "a text");
        };
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
        for (int count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count == MOST) {
                throw malformed(what, "a list of %d at most".formatted(MOST));
            }
            element.run();
        }
    }

    private static FoveaException malformed(String what, String expected) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "In the inference request %s must be %s.".formatted(what, expected));
    }
}
