package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A model served by Fovea, called with {@code POST /v1/models/{name}/predict} with an image's bytes as the body. */
public record FoveaTarget(List<LoadRequest> requests, Optional<Double> peak) implements LoadTarget {

    /**
     * Reads the model's description from the server first.
     *
     * @param images the files' bytes, sent in turn; at least one
     * @throws FoveaException {@code REMOTE_FAILED} when no Fovea server responds; {@code ARGUMENT_INVALID} for a model
     *     without image inputs; otherwise the server's error code, such as {@code MODEL_UNKNOWN}
     */
    public static FoveaTarget of(LoadConnections connections, String model, ApiKey key, List<byte[]> images) {
        if (images.isEmpty()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "No images to send. Give at least one.");
        }
        String path = "/v1/models/" + Description.segment(model);
        JsonNode description = Description.read(connections, path, key);
        if (description.path("task").asString("").equals("tensors")) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s takes tensors and no images. Load it with --protocol oip.".formatted(model));
        }
        JsonNode peak = description.path("peak_requests_per_second");
        // images repeat, and cached responses would not measure the model
        Map<String, String> headers = key.with(Map.of("Cache-Control", "no-store"));
        return new FoveaTarget(
                images.stream()
                        .map(image -> LoadRequest.post(connections.endpoint(), path + "/predict", headers, image))
                        .toList(),
                peak.isNumber() ? Optional.of(peak.doubleValue()) : Optional.empty());
    }

    @Override
    public String code(LoadResponse response) {
        return Description.text(response, "code").orElse("HTTP " + response.status());
    }
}
