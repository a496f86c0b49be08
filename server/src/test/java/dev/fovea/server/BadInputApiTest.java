package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.RunningServer.Reply;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a caller gets wrong comes back as problem JSON with a code, the value and the remedy, and nothing of the inside.
 */
public class BadInputApiTest {

    private static final int MAX_BYTES = 300_000;
    private static final Pattern INSIDE =
            Pattern.compile("Exception|\\bat [a-z]+\\.|\\.java|(dev\\.fovea|java|org)\\.[a-z]+\\.");

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                RunningServer::shirts,
                Map.of(
                        "limits.max-image-size",
                        MAX_BYTES + "B",
                        "limits.max-image-pixels",
                        "1000000",
                        "limits.upload-grace-period",
                        "1000ms"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldNameTheModelsThereAreWhenOneIsUnknown() throws Exception {
        Reply reply = server.predict("shoes", png(40, 40));
        assertProblem(reply, 404, "MODEL_UNKNOWN", "shoes", "shirts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/shoes", "/v1/models/shoes/metrics", "/v1/models/shoes/versions/1"})
    void shouldNotFindAnUnknownModelAnywhere(String path) throws Exception {
        assertProblem(server.get(path), 404, "MODEL_UNKNOWN", "shoes");
    }

    @Test
    void shouldNameTheVersionsThereAreWhenOneIsUnknown() throws Exception {
        Reply reply = server.send(
                server.request("/v1/models/shirts/predict?version=9").POST(BodyPublishers.ofByteArray(png(40, 40))));
        assertProblem(reply, 404, "VERSION_UNKNOWN", "9", "1, 2");
        assertProblem(server.get("/v1/models/shirts/versions/9"), 404, "VERSION_UNKNOWN", "9", "1, 2");
    }

    @ParameterizedTest
    @CsvSource({"version,two", "version,0", "version,-1", "top,many", "top,0", "version,99999999999", "top,\u0665"})
    void shouldNameAParameterThatIsNoNumber(String parameter, String value) throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict?" + parameter + "=" + value)
                .POST(BodyPublishers.ofByteArray(png(40, 40))));
        assertProblem(reply, 400, "ARGUMENT_INVALID", parameter, value);
    }

    @ParameterizedTest
    @CsvSource({"verison=2, verison", "version=1&version=2, 2 times", "=2, unknown", "v%65rison=2, verison"})
    void shouldRefuseParametersThatLookLikeTypingErrors(String query, String named) throws Exception {
        Reply reply = server.send(
                server.request("/v1/models/shirts/predict?" + query).POST(BodyPublishers.ofByteArray(png(40, 40))));
        assertProblem(reply, 400, "ARGUMENT_INVALID", named);
    }

    @Test
    void shouldReadParametersAsUrlsEncodeThem() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict?version=%31&t%6fp=1")
                .POST(BodyPublishers.ofByteArray(png(40, 40))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("version").asInt()).isEqualTo(1);
        assertThat(reply.json().get("top").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\": 2.5} | version",
                "{\"version\": \"2\"} | version",
                "{\"version\": 2, \"reasn\": \"x\"} | reasn",
                "{\"version\": 2, \"version\": 1} | line 1",
                "{\"version\": | line 1"
            })
    void shouldNameWhatIsWrongInABody(String body, String named) throws Exception {
        assertProblem(server.post("/v1/models/shirts/promote", body), 400, "ARGUMENT_INVALID", named);
    }

    @Test
    void shouldSendNothingOnThatIsAlreadyRefused() throws Exception {
        String answer = RawHttp.exchange(
                server.server().port(),
                "POST /v1/models/shirts/predict HTTP/1.1\r\nHost: localhost\r\nX-Request-Timeout: soon\r\n"
                        + "Expect: 100-continue\r\nContent-Length: 9000\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("Connection: close");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/models/shirts/predict, elsewhere.example, 403",
        "POST, /v1/models/shirts/predict, localhost, 413",
        "POST, /v1/nothing, localhost, 404",
        "PUT, /v1/models/shirts/predict, localhost, 405",
        "POST, /v1/models/shirts/promote, localhost, 415",
        "POST, /v2/models/none/infer, localhost, 400"
    })
    void shouldReadPastTheBodyOfWhatIsRefusedSoThatItsSenderSeesWhy(String method, String path, String host, int status)
            throws Exception {
        String refused = "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 3000000\r\n\r\n".formatted(method, path, host);
        String answer = RawHttp.exchange(
                server.server().port(),
                refused + "x".repeat(3_000_000)
                        + "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/form-data; boundary=cut, /v1/models/shirts/predict",
        "application/json, /v2/models/shirts/infer"
    })
    void shouldSayThatAConnectionEndsWhoseBodyIsBroken(String type, String path) throws Exception {
        String answer = RawHttp.exchange(
                server.server().port(),
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n"
                        .formatted(path, type));
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Connection: close")
                .doesNotContainPattern(INSIDE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONSENSE | 400",
                "GET /v1/models HTTP/9.9 | 505",
                "GET /v1/models HTTP/1.1~Host: localhost~No colon | 400",
                "POST /v1/models HTTP/1.1~Host: localhost~Content-Length: -1 | 400",
                "GET /v1/models/..%2f..%2fetc HTTP/1.1~Host: localhost~Connection: close | 400",
                "POST /v1/models HTTP/1.1~Host: localhost~Connection: close~Transfer-Encoding: gzip, chunked~~0 | 501"
            })
    void shouldAnswerWhatIsNoHttpWithAProblem(String lines, int status) throws Exception {
        String answer = RawHttp.exchange(server.server().port(), lines.replace("~", "\r\n") + "\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"request_id\"")
                .doesNotContainPattern(INSIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"top", "b\"; filename=\"b.jpg"})
    void shouldRefuseAFormWithMoreThanOneImage(String other) throws Exception {
        String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"" + other + "\"\r\n\r\n1\r\n--x--\r\n";
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));
        assertThat(reply.code()).as(reply.body()).isEqualTo("ARGUMENT_INVALID");
        assertThat(reply.json().get("detail").asString()).contains("\"" + other.substring(0, 1));
    }

    @Test
    void shouldCutOffABodyThatDribbles() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.server().port())) {
            socket.setSoTimeout(200);
            socket.getOutputStream()
                    .write("POST /v1/models/shirts/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4096];
            int read = 0;
            for (int dribble = 0; read == 0 && dribble < 100; dribble++) {
                socket.getOutputStream().write('x');
                try {
                    read = socket.getInputStream().read(answer);
                } catch (SocketTimeoutException e) {
                    // the server is patient still
                }
            }
            assertThat(new String(answer, 0, Math.max(0, read), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("DEADLINE_EXCEEDED", "too slowly");
        }
    }

    @Test
    void shouldLetPagesOfOtherOriginsChangeNothing() throws Exception {
        Reply foreign = server.send(server.request("/v1/models/shirts/rollback")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.noBody()));
        assertProblem(foreign, 403, "FORBIDDEN", "evil.example");
        Reply own = server.send(server.request("/v1/models/shirts/promote")
                .header("Origin", server.address())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"version\": 1}")));
        assertThat(own.status()).isEqualTo(200);
    }

    @Test
    void shouldAnswerToNoForeignName() throws Exception {
        int port = java.net.URI.create(server.address()).getPort();
        assertThat(RawHttp.exchange(port, "GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("evil.example", "auth.api-keys");
        assertThat(RawHttp.exchange(port, "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
    }

    @Test
    void shouldRefuseATextFileCalledJpg() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofString("Dear colleagues, the shirts are fine.")));
        assertProblem(reply, 400, "IMAGE_FORMAT_UNSUPPORTED");
    }

    @Test
    void shouldRefuseADecompressionBombByItsHeader() throws Exception {
        Reply reply = server.predict("shirts", bomb(60_000, 60_000));
        assertProblem(reply, 413, "IMAGE_TOO_MANY_PIXELS", "60000", "1,000,000");
    }

    @Test
    void shouldRefuseATruncatedImage() throws Exception {
        byte[] whole = png(200, 200);
        Reply reply = server.predict("shirts", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertProblem(reply, 400, "IMAGE_CORRUPT");
    }

    @Test
    void shouldAnswerAnImageOfOnePixel() throws Exception {
        Reply reply = server.predict("shirts", png(1, 1));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("label").asString()).isIn(TestModels.LABELS);
    }

    @Test
    void shouldRefuseAnEmptyBody() throws Exception {
        assertProblem(server.predict("shirts", new byte[0]), 400, "IMAGE_FORMAT_UNSUPPORTED", "empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_BYTES + 1, 3 * MAX_BYTES})
    void shouldRefuseABodyOverTheLimit(int size) throws Exception {
        byte[] large = java.util.Arrays.copyOf(png(40, 40), size);
        assertProblem(server.predict("shirts", large), 413, "IMAGE_FILE_TOO_LARGE", "300,000");
        Reply chunked = server.send(server.request("/v1/models/shirts/predict")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));
        assertProblem(chunked, 413, "IMAGE_FILE_TOO_LARGE", "300,000");
    }

    @Test
    void shouldRefuseAFormOverTheLimit() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.write(new byte[2 * MAX_BYTES]);
        body.write("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        assertProblem(reply, 413, "IMAGE_FILE_TOO_LARGE", "limits.max-image-size");
    }

    @Test
    void shouldRefuseABrokenForm() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofString("--cut\r\nContent-Disp")));
        assertProblem(reply, 400, "ARGUMENT_INVALID", "multipart");
    }

    @Test
    void shouldNotPromoteWhatDoesNotExist() throws Exception {
        assertProblem(
                server.post("/v1/models/shirts/promote", "{\"version\": 9}"), 404, "VERSION_UNKNOWN", "9", "1, 2");
        assertProblem(server.post("/v1/models/shoes/promote", "{\"version\": 1}"), 404, "MODEL_UNKNOWN", "shoes");
        assertProblem(
                server.post("/v1/models/shirts/canary", "{\"version\": 9, \"percent\": 5}"),
                404,
                "VERSION_UNKNOWN",
                "9");
        assertProblem(server.post("/v1/models/shoes/rollback", "{}"), 404, "MODEL_UNKNOWN", "shoes");
    }

    @Test
    void shouldNotRollBackTheFirstVersion() throws Exception {
        assertProblem(
                server.post("/v1/models/shirts/rollback", "{\"reason\": \"why not\"}"), 409, "NOTHING_TO_ROLL_BACK");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 100.5})
    void shouldNameAnImpossibleShare(double percent) throws Exception {
        Reply reply = server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": " + percent + "}");
        assertProblem(reply, 400, "ARGUMENT_INVALID", Double.toString(percent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"2\"", "{\"version\": \"two\"}", "{\"version\": [2]}", "null"})
    void shouldRefuseABodyThatIsNotTheRightJson(String body) throws Exception {
        assertProblem(server.post("/v1/models/shirts/promote", body), 400, "ARGUMENT_INVALID");
    }

    @Test
    void shouldNameAFieldThatIsMissing() throws Exception {
        assertProblem(server.post("/v1/models/shirts/promote", "{}"), 400, "ARGUMENT_INVALID", "\"version\"");
        assertProblem(
                server.post("/v1/models/shirts/canary", "{\"version\": 2}"), 400, "ARGUMENT_INVALID", "\"percent\"");
    }

    @Test
    void shouldRefuseAnotherMediaTypeWithoutReadingIt() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/promote")
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<version>2</version>")));
        assertProblem(reply, 415, "ARGUMENT_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1", "/v3/models", "/v1/models/shirts/nothing", "/nothing.html", "/error"})
    void shouldAnswerAnUnknownPathWithAProblem(String path) throws Exception {
        assertProblem(server.get(path), 404, "NOT_FOUND", path);
    }

    @Test
    void shouldAnswerAWrongMethodWithAProblem() throws Exception {
        assertProblem(server.get("/v1/models/shirts/predict"), 405, "ARGUMENT_INVALID", "GET");
        assertProblem(server.send(server.request("/v1/models").DELETE()), 405, "ARGUMENT_INVALID", "DELETE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models/shirts/versions/two", "/v1/models/%00", "/v1/models/%zz", "/v1/models/..%2f..%2fetc"
            })
    void shouldRefuseAStrangePathWithoutTellingOfTheInside(String path) throws Exception {
        String answer = RawHttp.exchange(
                server.server().port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContainPattern(INSIDE);
    }

    @Test
    void shouldKeepTheRequestIdInAProblem() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shoes")
                .header("X-Request-Id", "mine-1")
                .GET());
        assertThat(reply.json().get("request_id").asString()).isEqualTo("mine-1");
    }

    private static void assertProblem(Reply reply, int status, String code, String... words) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("type").asString())
                .isEqualTo("/docs/reference/errors#" + code.toLowerCase(Locale.ROOT));
        assertThat(reply.json().get("title").asString()).isNotBlank();
        assertThat(reply.json().get("request_id").asString()).isNotBlank();
        String detail = reply.json().get("detail").asString();
        assertThat(List.of(words)).allSatisfy(word -> assertThat(detail).contains(word));
        assertThat(detail).isNotBlank();
        assertThat(reply.body()).doesNotContainPattern(INSIDE);
    }

    public static byte[] png(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 2_654_435 + y * 40_503) & 0xffffff);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A PNG of a few bytes whose header announces a huge image. */
    private static byte[] bomb(int width, int height) throws IOException {
        byte[] png = png(1, 1);
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }
}
