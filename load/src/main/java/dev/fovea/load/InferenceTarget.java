package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model behind any server of the Open Inference Protocol, version 2, asked through {@code POST
 * /v2/models/{name}/infer} with the binary tensor extension: a JSON header, then the tensors' bytes, with the header's
 * length in {@code Inference-Header-Content-Length}.
 */
public record InferenceTarget(List<LoadRequest> requests) implements LoadTarget {

    /** So many different sets of made-up tensors are sent in turn. */
    private static final int MADE_UP = 4;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Asks the server for the model's inputs and puts together a value for each: the image's file where the datatype is
     * {@code BYTES}, else a made-up tensor of the declared shape, with 1 for sizes that are open.
     *
     * @param images the files' bytes, sent in turn; may be empty where no input takes them
     * @param seed of the made-up tensors
     * @throws FoveaException {@code REMOTE_FAILED} when no such server answers there or it refuses,
     *     {@code TENSOR_INVALID} when it declares inputs that cannot be filled
     */
    public static InferenceTarget of(
            LoadConnections connections, String model, ApiKey key, List<byte[]> images, long seed) {
        String path = "/v2/models/" + Description.segment(model);
        List<InferenceInput> inputs = InferenceInput.of(Description.read(connections, path, key), model);
        boolean imaged = inputs.stream().anyMatch(InferenceInput::takesImage);
        if (imaged && images.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s takes images, and there is none to send.".formatted(model));
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<LoadRequest> requests = new ArrayList<>();
        for (int i = 0; i < (imaged ? images.size() : MADE_UP); i++) {
            byte[] image = imaged ? images.get(i) : new byte[0];
            List<byte[]> values = inputs.stream()
                    .map(input -> input.takesImage() ? input.image(image) : input.madeUp(random))
                    .toList();
            requests.add(request(connections.endpoint(), path + "/infer", key, inputs, values));
        }
        return new InferenceTarget(requests);
    }

    private static LoadRequest request(
            Endpoint endpoint, String path, ApiKey key, List<InferenceInput> inputs, List<byte[]> values) {
        byte[] header = JSON.writeValueAsString(header(inputs, values)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(header);
        values.forEach(body::writeBytes);
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/octet-stream",
                "Inference-Header-Content-Length",
                Integer.toString(header.length));
        return LoadRequest.post(endpoint, path, key.with(headers), body.toByteArray());
    }

    private static ObjectNode header(List<InferenceInput> inputs, List<byte[]> values) {
        ObjectNode header = JSON.createObjectNode();
        ArrayNode list = header.putArray("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            InferenceInput input = inputs.get(i);
            ObjectNode one = list.addObject().put("name", input.name());
            ArrayNode shape = one.putArray("shape");
            input.shape().forEach(shape::add);
            one.put("datatype", input.datatype());
            one.putObject("parameters").put("binary_data_size", values.get(i).length);
        }
        return header;
    }

    @Override
    public String code(LoadReply reply) {
        return "HTTP " + reply.status();
    }

    /** The protocol has no word for it. */
    @Override
    public Optional<Double> peak() {
        return Optional.empty();
    }
}
