package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request or a response of inference over HTTP: JSON, and behind it the bytes of the tensors that announce a
 * {@code binary_data_size}, in their order. Fields that are unknown or null are passed over. Errors:
 * {@code ARGUMENT_INVALID} for the message, {@code TENSOR_INVALID} for a tensor.
 */
public final class JsonInferReader {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final MessageKind kind;
    private final JsonTensorReader tensors;
    private final List<RequestedOutput> requested = new ArrayList<>();
    private String id = "";
    private String model = "";
    private String version = "";
    private Parameters parameters = Parameters.NONE;

    private JsonInferReader(byte[] body, int jsonLength, MessageKind kind) {
        this.kind = kind;
        this.tensors = new JsonTensorReader(MAPPER, body, jsonLength, kind);
    }

    /**
     * Reads a request.
     *
     * @param body JSON and the binary data behind it; the tensors retain it
     * @param jsonLength how many bytes the JSON has
     */
    public static InferRequest request(byte[] body, int jsonLength) {
        JsonInferReader read = read(body, jsonLength, MessageKind.REQUEST);
        return new InferRequest(
                read.id,
                read.tensors.tensors(),
                read.requested,
                new InferRequest.Options(
                        read.parameters.flag("binary_data_output").orElse(false),
                        read.parameters.number("priority"),
                        read.parameters.timeout()));
    }

    /**
     * Reads a response.
     *
     * @param body JSON and the binary data behind it; the tensors retain it
     * @param jsonLength how many bytes the JSON has
     */
    public static InferResponse response(byte[] body, int jsonLength) {
        JsonInferReader read = read(body, jsonLength, MessageKind.RESPONSE);
        return new InferResponse(read.model, read.version, read.tensors.tensors());
    }

    private static JsonInferReader read(byte[] body, int jsonLength, MessageKind kind) {
        if (jsonLength > body.length) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The header %s announces %d bytes of JSON but the body has %d."
                            .formatted(HttpBinding.JSON_LENGTH, jsonLength, body.length));
        }
        try (JsonParser json = MAPPER.createParser(body, 0, jsonLength)) {
            JsonInferReader reader = new JsonInferReader(body, jsonLength, kind);
            json.nextToken();
            reader.message(new JsonValues(json, kind));
            if (json.nextToken() != null) {
                throw kind.malformed(
                        "the JSON", "all there is, unless %s says where it ends".formatted(HttpBinding.JSON_LENGTH));
            }
            return reader;
        } catch (JacksonException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The body is not the JSON of an inference %s, %s. Bytes behind it need the header %s."
                            .formatted(kind.word(), Json.place(e), HttpBinding.JSON_LENGTH),
                    e);
        }
    }

    private void message(JsonValues values) {
        values.object("the " + kind.word(), field -> {
            switch (field) {
                case "id" -> id = values.text("id");
                case "parameters" -> parameters = values.parameters();
                case "inputs", "outputs" -> list(values, field);
                case "model_name" -> model = kind == MessageKind.RESPONSE ? values.text(field) : skipped(values);
                case "model_version" -> version = kind == MessageKind.RESPONSE ? values.text(field) : skipped(values);
                default -> values.skip();
            }
        });
    }

    private static String skipped(JsonValues values) {
        values.skip();
        return "";
    }

    private void list(JsonValues values, String field) {
        if (field.equals(kind.tensor() + "s")) {
            values.each(field, () -> tensors.add(values));
        } else if (kind == MessageKind.REQUEST) {
            values.each(field, () -> requested.add(output(values)));
        } else {
            values.skip();
        }
    }

    /** An output as far as it has been read. */
    private static final class OutputDraft {
        private String name = "";
        private Parameters parameters = Parameters.NONE;
    }

    private static RequestedOutput output(JsonValues values) {
        OutputDraft draft = new OutputDraft();
        values.object("an output", field -> {
            switch (field) {
                case "name" -> draft.name = values.text("the name of an output");
                case "parameters" -> draft.parameters = values.parameters();
                default -> values.skip();
            }
        });
        return new RequestedOutput(draft.name, draft.parameters.flag("binary_data"), (int)
                Math.min(draft.parameters.number("classification"), Integer.MAX_VALUE));
    }
}
