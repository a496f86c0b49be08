package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes requests and responses of inference over HTTP: JSON, and behind it the tensors that go as bytes. */
public final class JsonInferWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final JsonGenerator out = MAPPER.createGenerator(json);
    private final List<ByteBuffer> behind = new ArrayList<>();

    private JsonInferWriter() {}

    /**
     * A body.
     *
     * @param parts the JSON and then the tensors
     * @param jsonLength the length of the JSON, if binary data follows
     */
    public record Body(List<ByteBuffer> parts, OptionalInt jsonLength) {

        /** The number of all bytes. */
        public int length() {
            return parts.stream().mapToInt(ByteBuffer::remaining).sum();
        }

        /** All bytes. */
        public byte[] bytes() {
            ByteBuffer whole = ByteBuffer.allocate(length());
            parts.forEach(part -> whole.put(part.duplicate()));
            return whole.array();
        }
    }

    /** A request whose inputs all go as bytes behind the JSON. */
    public static Body request(InferRequest request) {
        JsonInferWriter writer = new JsonInferWriter();
        JsonGenerator out = writer.out;
        out.writeStartObject();
        writer.id(request);
        writer.options(request.options());
        out.writeArrayPropertyStart("inputs");
        request.inputs().forEach(input -> writer.tensor(input, true));
        out.writeEndArray();
        if (!request.outputs().isEmpty()) {
            out.writeArrayPropertyStart("outputs");
            request.outputs().forEach(writer::output);
            out.writeEndArray();
        }
        return writer.finish();
    }

    /** The response, with the outputs as requested. */
    public static Body response(InferRequest request, InferResponse response) {
        JsonInferWriter writer = new JsonInferWriter();
        JsonGenerator out = writer.out;
        out.writeStartObject();
        out.writeStringProperty("model_name", response.model());
        out.writeStringProperty("model_version", response.version());
        writer.id(request);
        out.writeArrayPropertyStart("outputs");
        for (Tensor output : response.outputs()) {
            boolean binary = request.requested(output.name())
                    .binary()
                    .orElse(request.options().binary());
            writer.tensor(output, binary);
        }
        out.writeEndArray();
        return writer.finish();
    }

    private void id(InferRequest request) {
        if (!request.id().isEmpty()) {
            out.writeStringProperty("id", request.id());
        }
    }

    private void options(InferRequest.Options options) {
        if (options.equals(InferRequest.Options.DEFAULT)) {
            return;
        }
        out.writeObjectPropertyStart("parameters");
        out.writeBooleanProperty("binary_data_output", options.binary());
        if (options.priority() != 0) {
            out.writeNumberProperty("priority", options.priority());
        }
        options.timeout().ifPresent(timeout -> out.writeNumberProperty("timeout", timeout.toNanos() / 1000));
        out.writeEndObject();
    }

    private void output(RequestedOutput output) {
        out.writeStartObject();
        out.writeStringProperty("name", output.name());
        out.writeObjectPropertyStart("parameters");
        output.binary().ifPresent(binary -> out.writeBooleanProperty("binary_data", binary));
        if (output.classes() > 0) {
            out.writeNumberProperty("classification", output.classes());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void tensor(Tensor tensor, boolean binary) {
        out.writeStartObject();
        out.writeStringProperty("name", tensor.name());
        out.writeStringProperty("datatype", tensor.type().name());
        out.writeArrayPropertyStart("shape");
        for (long length : tensor.shape()) {
            out.writeNumber(length);
        }
        out.writeEndArray();
        if (binary) {
            out.writeObjectPropertyStart("parameters");
            out.writeNumberProperty("binary_data_size", tensor.bytes().remaining());
            out.writeEndObject();
            behind.add(tensor.bytes().duplicate());
        } else {
            out.writeName("data");
            JsonElements.write(out, tensor.name(), tensor.type(), tensor.bytes());
        }
        out.writeEndObject();
    }

    private Body finish() {
        out.writeEndObject();
        out.close();
        OptionalInt length = behind.isEmpty() ? OptionalInt.empty() : OptionalInt.of(json.size());
        behind.addFirst(ByteBuffer.wrap(json.toByteArray()));
        return new Body(behind, length);
    }
}
