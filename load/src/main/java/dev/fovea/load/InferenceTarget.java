package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.JsonInferWriter;
import dev.fovea.protocol.ModelMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A model behind any server of the Open Inference Protocol, version 2: {@code POST /v2/models/{name}/infer} with the
 * binary tensor extension.
 */
public record InferenceTarget(List<LoadRequest> requests) implements LoadTarget {

    /** Number of different random tensor sets, sent in turn. */
    private static final int MADE_UP = 4;

    /**
     * Reads the model's inputs from the server and generates a value for each. It is the image file for the datatype
     * {@code BYTES}, else a random tensor of the declared shape, with 1 for dynamic sizes.
     *
     * @param images the files' bytes, sent in turn; may be empty where no input takes them
     * @param seed of the random tensors
     * @throws FoveaException {@code REMOTE_FAILED} when the server does not respond or rejects the request,
     *     {@code TENSOR_INVALID} when it declares inputs that cannot be filled
     */
    public static InferenceTarget of(
            LoadConnections connections, String model, ApiKey key, List<byte[]> images, long seed) {
        String path = HttpBinding.path(model, Optional.empty());
        List<InferenceInput> inputs =
                InferenceInput.of(ModelMetadata.read(Description.read(connections, path, key)), model);
        boolean imaged = inputs.stream().anyMatch(InferenceInput::takesImage);
        if (imaged && images.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s takes images, and there is none to send.".formatted(model));
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<LoadRequest> requests = new ArrayList<>();
        for (int i = 0; i < (imaged ? images.size() : MADE_UP); i++) {
            byte[] image = imaged ? images.get(i) : new byte[0];
            List<Tensor> values = inputs.stream()
                    .map(input -> input.takesImage() ? input.image(image) : input.madeUp(random))
                    .toList();
            requests.add(request(connections.endpoint(), path + "/infer", key, values));
        }
        return new InferenceTarget(requests);
    }

    private static LoadRequest request(Endpoint endpoint, String path, ApiKey key, List<Tensor> inputs) {
        InferRequest request = new InferRequest("", inputs, List.of(), InferRequest.Options.DEFAULT);
        JsonInferWriter.Body body = JsonInferWriter.request(request);
        Map<String, String> headers = Map.of(
                "Content-Type",
                HttpBinding.BINARY,
                HttpBinding.JSON_LENGTH,
                Integer.toString(body.jsonLength().orElse(0)));
        return LoadRequest.post(endpoint, path, key.with(headers), body.bytes());
    }

    @Override
    public String code(LoadResponse response) {
        return "HTTP " + response.status();
    }

    /** The protocol has no word for it. */
    @Override
    public Optional<Double> peak() {
        return Optional.empty();
    }
}
