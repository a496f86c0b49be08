package dev.fovea.remote.protocol;

import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.Credentials;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import tools.jackson.databind.json.JsonMapper;

/** The protocol of Amazon Rekognition: AWS JSON 1.1, signed with Signature Version 4 by the AWS SDK's signer. */
final class RekognitionProtocol implements Protocol {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** Image.Bytes holds at most 5,242,880 bytes, counted before base64. */
    private static final int MAX_BYTES = 5_242_880;

    private static final int MAX_LABELS = 100;
    private static final double PERCENT = 100;
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final AwsRekognition rekognition;
    private final Clock clock;
    private final URI address;

    RekognitionProtocol(AwsRekognition rekognition, Clock clock) {
        this.rekognition = rekognition;
        this.clock = clock;
        this.address = Addresses.below(rekognition.endpoint(), "");
    }

    @Override
    public int maxImageBytes() {
        return MAX_BYTES;
    }

    @Override
    public OutgoingRequest request(byte[] image) {
        // MinConfidence is 55 by default; the mapping's minimum is what counts.
        byte[] bytes = MAPPER.writeValueAsBytes(Map.of(
                "Image",
                Map.of("Bytes", image),
                "MaxLabels",
                MAX_LABELS,
                "MinConfidence",
                0,
                "Features",
                List.of("GENERAL_LABELS")));
        return new OutgoingRequest(address, signed(bytes), bytes);
    }

    /** The headers to send, the signature among them. */
    private Map<String, String> signed(byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .uri(address)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "RekognitionService.DetectLabels")
                .build();
        SdkHttpRequest signed = SIGNER.sign(sign -> sign.identity(identity())
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rekognition")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, rekognition.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request();
        Map<String, String> headers = new HashMap<>();
        signed.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
        // The client sets these two itself, to the same values.
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Content-Length"));
        return headers;
    }

    private AwsCredentialsIdentity identity() {
        Credentials.AwsKeys keys = rekognition.credentials();
        return keys.sessionToken()
                .<AwsCredentialsIdentity>map(token ->
                        AwsSessionCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey(), token))
                .orElseGet(() -> AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey()));
    }

    @Override
    public RemoteFindings findings(ServiceResponse response) {
        List<ResponsePart> labels =
                ResponsePart.parse(response.body()).field("Labels").items();
        return new RemoteFindings(
                labels.stream()
                        .map(label -> new RemoteLabel(label.text("Name"), label.confidence("Confidence", PERCENT)))
                        .toList(),
                labels.stream().flatMap(RekognitionProtocol::objects).toList());
    }

    private static Stream<RemoteObject> objects(ResponsePart label) {
        return label.items("Instances").stream()
                .map(instance -> new RemoteObject(
                        label.text("Name"),
                        instance.confidence("Confidence", PERCENT),
                        box(instance.field("BoundingBox"))));
    }

    private static RelativeBox box(ResponsePart box) {
        double left = box.number("Left");
        double top = box.number("Top");
        return RelativeBox.between(left, top, left + box.number("Width"), top + box.number("Height"));
    }

    @Override
    public ErrorResponse errorResponse(ServiceResponse response) {
        ResponsePart error = ResponsePart.parse(response.body());
        // As "ThrottlingException" or "com.amazonaws.rekognition#ThrottlingException".
        String type = error.optional("__type").map(ResponsePart::text).orElse("");
        String name = type.substring(type.lastIndexOf('#') + 1);
        Optional<ResponsePart> message = error.optional("message").or(() -> error.optional("Message"));
        return new ErrorResponse(
                problem(response.status(), name),
                "%s %s"
                        .formatted(name, message.map(ResponsePart::text).orElse(""))
                        .strip());
    }

    /** Most of the service's errors have the status 400; the type tells them apart. */
    private static AttemptProblem problem(int status, String type) {
        return switch (type) {
            case "ThrottlingException", "ProvisionedThroughputExceededException", "LimitExceededException" ->
                AttemptProblem.BUSY;
            case "ImageTooLargeException", "InvalidImageFormatException", "InvalidParameterException" ->
                AttemptProblem.IMAGE;
            default -> status == 400 ? AttemptProblem.REFUSED : AttemptProblem.of(status);
        };
    }
}
