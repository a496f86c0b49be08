package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes the answer to a call over HTTP: JSON, and behind it the tensors that were asked for as bytes. */
public final class JsonInferWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonInferWriter() {}

    /**
     * A body.
     *
     * @param parts the JSON and then the tensors
     * @param jsonLength how long the JSON is, when something stands behind it
     */
    public record Body(List<ByteBuffer> parts, OptionalInt jsonLength) {

        /** All bytes. */
        public int length() {
            return parts.stream().mapToInt(ByteBuffer::remaining).sum();
        }
    }

    /** The answer as the call asked for it. */
    public static Body write(InferCall call, InferReply reply) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        List<ByteBuffer> parts = new ArrayList<>();
        try (JsonGenerator out = MAPPER.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringProperty("model_name", reply.model());
            out.writeStringProperty("model_version", reply.version());
            if (!call.id().isEmpty()) {
                out.writeStringProperty("id", call.id());
            }
            out.writeArrayPropertyStart("outputs");
            for (Tensor output : reply.outputs()) {
                boolean binary = call.wanted(output.name())
                        .binary()
                        .orElse(call.options().binary());
                write(out, output, binary);
                if (binary) {
                    parts.add(output.bytes().duplicate());
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        boolean alone = parts.isEmpty();
        parts.addFirst(ByteBuffer.wrap(json.toByteArray()));
        return new Body(parts, alone ? OptionalInt.empty() : OptionalInt.of(json.size()));
    }

    private static void write(JsonGenerator out, Tensor output, boolean binary) {
        out.writeStartObject();
        out.writeStringProperty("name", output.name());
        out.writeStringProperty("datatype", output.type().name());
        out.writeArrayPropertyStart("shape");
        for (long length : output.shape()) {
            out.writeNumber(length);
        }
        out.writeEndArray();
        if (binary) {
            out.writeObjectPropertyStart("parameters");
            out.writeNumberProperty("binary_data_size", output.bytes().remaining());
            out.writeEndObject();
        } else {
            out.writeName("data");
            JsonElements.write(out, output.name(), output.type(), output.bytes());
        }
        out.writeEndObject();
    }
}
