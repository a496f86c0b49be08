package dev.fovea.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.remote.protocol.RelativeBox;
import dev.fovea.remote.protocol.RemoteObject;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.Provider;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three clouds' formats, spoken with a server on this machine. */
class CloudProvidersTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String IMAGE = Base64.getEncoder().encodeToString(Models.IMAGE);

    private final LocalService service = new LocalService();
    private final Models models = Models.create();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void shouldSendGoogleBothFeaturesWithTheKeyInAHeader() {
        service.then(200, Responses.GOOGLE);
        RemotePrediction prediction = predict(Models.google(service.uri()));
        LocalService.Request request = service.requests.getFirst();
        assertThat(request.method() + " " + request.uri()).isEqualTo("POST /v1/images:annotate");
        assertThat(request.headers()).containsEntry("x-goog-api-key", Models.SECRET);
        assertThat(json(request)).isEqualTo(MAPPER.readTree("""
                                {"requests": [{"image": {"content": "%s"}, "features": [
                                  {"type": "LABEL_DETECTION", "maxResults": 50},
                                  {"type": "OBJECT_LOCALIZATION", "maxResults": 50}]}]}""".formatted(IMAGE)));
        // "Dog" at 0.97 and "Dog breed" at 0.91 are both an animal.
        assertAnimal(prediction);
        assertThat(prediction.cost()).isCloseTo(0.0015, within(1e-12));
    }

    @Test
    void shouldSendGoogleOneFeatureWithAToken() {
        service.then(200, "{\"responses\": [{}]}");
        RemotePrediction prediction = predict(new GoogleVision(
                service.uri(), new Credentials.Bearer(Models.SECRET), Set.of(DetectionFeature.LABELS)));
        assertThat(prediction.best()).isEmpty();
        assertThat(service.requests.getFirst().headers()).containsEntry("authorization", "Bearer " + Models.SECRET);
        assertThat(json(service.requests.getFirst()).at("/requests/0/features")).hasSize(1);
    }

    @Test
    void shouldSendRekognitionASignatureThatTheServiceComputesToo() {
        service.then(200, Responses.AWS);
        assertAnimal(predict(Models.aws(service.uri())));
        LocalService.Request request = service.requests.getFirst();
        assertThat(request.method() + " " + request.uri()).isEqualTo("POST /");
        assertThat(request.headers())
                .containsEntry("x-amz-target", "RekognitionService.DetectLabels")
                .containsEntry("content-type", "application/x-amz-json-1.1")
                .containsEntry("x-amz-date", "20261130T235900Z");
        assertThat(json(request)).isEqualTo(MAPPER.readTree("""
                                {"Image": {"Bytes": "%s"}, "MaxLabels": 100, "MinConfidence": 0, "Features": ["GENERAL_LABELS"]}""".formatted(IMAGE)));
        assertSigned(request);
        assertThat(authorization(request).signedHeaders()).contains("content-type", "host", "x-amz-target");
    }

    @Test
    void shouldSignTheTokenOfTemporaryKeys() {
        service.then(200, Responses.AWS);
        predict(new AwsRekognition(
                service.uri(),
                "eu-central-1",
                new Credentials.AwsKeys("AKIDEXAMPLE", Models.SECRET, Optional.of("session-token"))));
        LocalService.Request request = service.requests.getFirst();
        assertThat(request.headers()).containsEntry("x-amz-security-token", "session-token");
        assertThat(authorization(request).signedHeaders()).contains("x-amz-security-token");
        assertSigned(request);
    }

    /** The example of the AWS documentation, so that the check above is one. */
    @Test
    void shouldCheckSignaturesByThePublishedExample() {
        SignatureVersion4.Authorization published = SignatureVersion4.Authorization.parse(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
        String computed = SignatureVersion4.of(
                "GET",
                "/",
                "Action=ListUsers&Version=2010-05-08",
                Map.of(
                        "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                        "host", "iam.amazonaws.com",
                        "x-amz-date", "20150830T123600Z"),
                new byte[0],
                published,
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        assertThat(computed).isEqualTo(published.signature());
    }

    @Test
    void shouldSendAzureTheImageItselfAndReadBoxesInPixels() {
        service.then(200, Responses.AZURE);
        assertAnimal(predict(Models.azure(service.uri())));
        LocalService.Request request = service.requests.getFirst();
        assertThat(request.method() + " " + request.uri())
                .isEqualTo("POST /computervision/imageanalysis:analyze?api-version=2024-02-01&features=tags,objects");
        assertThat(request.headers())
                .containsEntry("ocp-apim-subscription-key", Models.SECRET)
                .containsEntry("content-type", "application/octet-stream");
        assertThat(request.body()).isEqualTo(Models.IMAGE);
    }

    @Test
    void shouldCountUnmappedLabelsAndReturnNoneWithoutAMappedOne() {
        service.then(200, """
                {"Labels": [{"Name": "Cat", "Confidence": 90}, {"Name": "Tree", "Confidence": 49}, {"Name": "Dog", "Confidence": 49}]}""");
        try (RemoteModel model = models.open(Models.aws(service.uri()))) {
            RemotePrediction prediction = model.predict(Models.IMAGE, Models.AMPLE);
            model.predict(Models.IMAGE, Models.AMPLE);
            assertThat(prediction.best()).isEmpty();
            assertThat(prediction.objects()).isEmpty();
            assertThat(model.status().unmapped()).containsExactly(Map.entry("Cat", 2L));
        }
    }

    private RemotePrediction predict(Provider provider) {
        try (RemoteModel model = models.open(provider)) {
            return model.predict(Models.IMAGE, Models.AMPLE);
        }
    }

    private static void assertAnimal(RemotePrediction prediction) {
        assertThat(prediction.labels()).hasSize(1);
        assertThat(prediction.labels().getFirst().label()).isEqualTo("animal");
        assertThat(prediction.labels().getFirst().confidence()).isCloseTo(0.97, within(0.006));
        assertThat(prediction.objects())
                .isEqualTo(List.of(new RemoteObject("animal", 0.93, new RelativeBox(0, 0.25, 0.5, 0.75))));
    }

    private static void assertSigned(LocalService.Request request) {
        SignatureVersion4.Authorization given = authorization(request);
        assertThat(given.key()).isEqualTo("AKIDEXAMPLE");
        assertThat(given.region() + "/" + given.service()).isEqualTo("eu-central-1/rekognition");
        assertThat(given.signature())
                .isEqualTo(
                        SignatureVersion4.of("POST", "/", "", request.headers(), request.body(), given, Models.SECRET));
    }

    private static SignatureVersion4.Authorization authorization(LocalService.Request request) {
        return SignatureVersion4.Authorization.parse(
                Optional.ofNullable(request.headers().get("authorization")).orElseThrow());
    }

    private static JsonNode json(LocalService.Request request) {
        return MAPPER.readTree(request.body());
    }
}
