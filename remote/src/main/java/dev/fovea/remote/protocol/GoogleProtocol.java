package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The protocol of Google Cloud Vision, version 1. */
final class GoogleProtocol implements Protocol {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** A JSON request holds 10 MB at most; base64 makes 4 bytes of 3. */
    private static final int MAX_BYTES = 7_000_000;

    private static final int MAX_RESULTS = 50;

    private final GoogleVision vision;
    private final URI address;

    GoogleProtocol(GoogleVision vision) {
        this.vision = vision;
        this.address = Addresses.below(vision.endpoint(), "v1/images:annotate");
    }

    @Override
    public int maxImageBytes() {
        return MAX_BYTES;
    }

    @Override
    public OutgoingRequest request(byte[] image) {
        List<Map<String, Object>> features = vision.features().stream()
                .sorted()
                .map(feature -> Map.<String, Object>of("type", name(feature), "maxResults", MAX_RESULTS))
                .toList();
        Map<String, Object> request = Map.of("image", Map.of("content", image), "features", features);
        // In a header and not in the address, which proxies and logs keep.
        Map<String, String> headers = switch (vision.credentials()) {
            case Credentials.KeyCredential(String key) ->
                Map.of("Content-Type", "application/json; charset=utf-8", "X-Goog-Api-Key", key);
            case Credentials.Bearer(String token) ->
                Map.of("Content-Type", "application/json; charset=utf-8", "Authorization", "Bearer " + token);
        };
        return new OutgoingRequest(address, headers, MAPPER.writeValueAsBytes(Map.of("requests", List.of(request))));
    }

    private static String name(DetectionFeature feature) {
        return switch (feature) {
            case LABELS -> "LABEL_DETECTION";
            case OBJECTS -> "OBJECT_LOCALIZATION";
        };
    }

    @Override
    public RemoteFindings findings(ServiceResponse response) {
        List<ResponsePart> responses =
                ResponsePart.parse(response.body()).field("responses").items();
        if (responses.size() != 1) {
            throw ResponsePart.malformed("it has %d responses for one image", responses.size());
        }
        ResponsePart first = responses.getFirst();
        Optional<ResponsePart> error = first.optional("error");
        if (error.isPresent()) {
            throw refusal(error.get());
        }
        return new RemoteFindings(
                first.items("labelAnnotations").stream()
                        .map(label -> new RemoteLabel(label.text("description"), label.confidence("score", 1)))
                        .toList(),
                first.items("localizedObjectAnnotations").stream()
                        .map(GoogleProtocol::object)
                        .toList());
    }

    private static RemoteObject object(ResponsePart object) {
        List<ResponsePart> corners =
                object.field("boundingPoly").field("normalizedVertices").items();
        if (corners.isEmpty()) {
            throw object.wrong("an object with corners");
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (ResponsePart corner : corners) {
            // Protocol buffers leave zeros out of their JSON.
            x.add(corner.optional("x").map(ResponsePart::number).orElse(0.0));
            y.add(corner.optional("y").map(ResponsePart::number).orElse(0.0));
        }
        return new RemoteObject(
                object.text("name"),
                object.confidence("score", 1),
                RelativeBox.between(
                        x.stream().min(Double::compare).orElseThrow(),
                        y.stream().min(Double::compare).orElseThrow(),
                        x.stream().max(Double::compare).orElseThrow(),
                        y.stream().max(Double::compare).orElseThrow()));
    }

    /** An image's own error is a google.rpc.Status; its codes are those of google.rpc.Code. */
    private static AttemptFailed refusal(ResponsePart error) {
        double code = error.optional("code").map(ResponsePart::number).orElse(2.0);
        AttemptProblem problem = switch ((int) code) {
            case 3 -> AttemptProblem.IMAGE; // INVALID_ARGUMENT
            case 8 -> AttemptProblem.BUSY; // RESOURCE_EXHAUSTED
            case 2, 4, 13, 14 -> AttemptProblem.SERVER; // UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE
            default -> AttemptProblem.REFUSED;
        };
        String message = error.optional("message").map(ResponsePart::text).orElse("");
        return new AttemptFailed(problem, "returned error %.0f: \"%s\"".formatted(code, message));
    }

    @Override
    public ErrorResponse errorResponse(ServiceResponse response) {
        // 400 for the whole request is a wrong key or a wrong request: a wrong image is reported in a 200.
        AttemptProblem problem =
                response.status() == 400 ? AttemptProblem.REFUSED : AttemptProblem.of(response.status());
        return new ErrorResponse(
                problem, ResponsePart.parse(response.body()).field("error").text("message"));
    }
}
