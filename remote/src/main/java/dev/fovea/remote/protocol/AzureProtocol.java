package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The protocol of Azure Vision, Image Analysis 4.0. */
final class AzureProtocol implements Protocol {

    private static final String VERSION = "2024-02-01";
    private static final String IMAGE = "application/octet-stream";
    /** An image is to be smaller than 20 MB. */
    private static final int MAX_BYTES = 20_000_000;

    private final AzureVision vision;
    private final URI address;

    AzureProtocol(AzureVision vision) {
        this.vision = vision;
        this.address = Addresses.below(
                vision.endpoint(),
                "computervision/imageanalysis:analyze?api-version=%s&features=%s"
                        .formatted(
                                VERSION,
                                vision.features().stream()
                                        .sorted()
                                        .map(AzureProtocol::feature)
                                        .collect(Collectors.joining(","))));
    }

    private static String feature(DetectionFeature feature) {
        return switch (feature) {
            case LABELS -> "tags";
            case OBJECTS -> "objects";
        };
    }

    @Override
    public int maxImageBytes() {
        return MAX_BYTES;
    }

    @Override
    public OutgoingRequest request(byte[] image) {
        Map<String, String> headers = switch (vision.credentials()) {
            case Credentials.KeyCredential(String key) ->
                Map.of("Content-Type", IMAGE, "Ocp-Apim-Subscription-Key", key);
            case Credentials.Bearer(String token) -> Map.of("Content-Type", IMAGE, "Authorization", "Bearer " + token);
        };
        return new OutgoingRequest(address, headers, image);
    }

    @Override
    public RemoteFindings findings(ServiceResponse response) {
        ResponsePart body = ResponsePart.parse(response.body());
        List<RemoteLabel> labels = vision.features().contains(DetectionFeature.LABELS)
                ? body.field("tagsResult").field("values").items().stream()
                        .map(tag -> new RemoteLabel(tag.text("name"), tag.confidence("confidence", 1)))
                        .toList()
                : List.of();
        return new RemoteFindings(
                labels, vision.features().contains(DetectionFeature.OBJECTS) ? objects(body) : List.of());
    }

    /** Boxes are in pixels of the image whose size is in the response. */
    private static List<RemoteObject> objects(ResponsePart response) {
        ResponsePart size = response.field("metadata");
        double width = extent(size, "width");
        double height = extent(size, "height");
        return response.field("objectsResult").field("values").items().stream()
                .flatMap(object -> object(object, width, height))
                .toList();
    }

    private static double extent(ResponsePart size, String name) {
        if (size.number(name) < 1) {
            throw size.field(name).wrong("at least 1");
        }
        return size.number(name);
    }

    /** An object's tags are names for the same thing, each with its confidence. */
    private static Stream<RemoteObject> object(ResponsePart object, double width, double height) {
        ResponsePart pixels = object.field("boundingBox");
        double x = pixels.number("x");
        double y = pixels.number("y");
        RelativeBox box = RelativeBox.between(
                x / width, y / height, (x + pixels.number("w")) / width, (y + pixels.number("h")) / height);
        return object.field("tags").items().stream()
                .map(tag -> new RemoteObject(tag.text("name"), tag.confidence("confidence", 1), box));
    }

    @Override
    public ErrorResponse errorResponse(ServiceResponse response) {
        ResponsePart error = ResponsePart.parse(response.body()).field("error");
        String code = error.optional("code").map(ResponsePart::text).orElse("");
        Optional<String> message = error.optional("message").map(ResponsePart::text);
        return new ErrorResponse(
                AttemptProblem.of(response.status()),
                "%s %s".formatted(code, message.orElse("")).strip());
    }
}
