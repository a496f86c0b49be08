package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Open Inference Protocol over HTTP that shows every byte and every header. */
final class InferenceCaller {

    private static final JsonMapper JSON = new JsonMapper();

    private final RunningServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    InferenceCaller(RunningServer server) {
        this.server = server;
    }

    /** An answer as it came. */
    record Answer(int status, HttpHeaders headers, byte[] bytes) {

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The JSON, without what stands behind it. */
        JsonNode json() {
            return JSON.readTree(bytes, 0, jsonLength());
        }

        /** What stands behind the JSON. */
        byte[] behind() {
            return Arrays.copyOfRange(bytes, jsonLength(), bytes.length);
        }

        private int jsonLength() {
            return header("Inference-Header-Content-Length")
                    .map(Integer::valueOf)
                    .orElse(bytes.length);
        }

        /** Asserts that it is an error as the protocol wants it, in words that contain all of these. */
        void assertError(int status, String... words) {
            assertThat(this.status).as(body()).isEqualTo(status);
            assertThat(header("Content-Type")).hasValue("application/json");
            assertThat(header("Inference-Header-Content-Length")).isEmpty();
            assertThat(json().propertyNames()).containsExactly("error");
            assertThat(json().get("error").asString())
                    .contains(words)
                    .doesNotContain("Exception")
                    .doesNotContain("dev.fovea");
        }
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return post(path, json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Answer post(String path, byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(
                method, path, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body), headers);
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = server.request(path).method(method, body);
        headers.forEach(request::header);
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
