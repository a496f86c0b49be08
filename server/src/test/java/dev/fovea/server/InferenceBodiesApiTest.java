package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large bodies may be and how they are compressed, both ways. */
class InferenceBodiesApiTest {

    private static final int LIMIT = 1 << 20;
    private static final int BOMB_MEMBERS = 128;
    private static final int MEMBER_BYTES = 16 << 20;
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final String ECHO = "/v2/models/echo/infer";

    private static RunningServer server;
    private static InferenceCaller caller;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(TensorModels::register, Map.of("limits.max-request-size", "1MiB"));
        caller = new InferenceCaller(server);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "x-gzip, deflate", "deflate, gzip", "GZIP, ''", "identity, deflate"})
    void shouldInflateRequestsAndCompressAnswers(String sent, String accepted) throws Exception {
        byte[] rows = rows(300);
        String json = binary(300);
        byte[] body = compressed(sent, behind(json, rows));
        Map<String, String> headers = Map.of(
                "Content-Encoding", sent, "Accept-Encoding", accepted, JSON_LENGTH, Integer.toString(json.length()));
        InferenceCaller.Answer answer = caller.post(ECHO, body, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding").orElse("")).isEqualTo(accepted);
        assertThat(answer.header("Content-Type")).hasValue("application/octet-stream");
        byte[] whole = inflated(accepted, answer.bytes());
        int length = Integer.parseInt(answer.header(JSON_LENGTH).orElseThrow());
        assertThat(new String(whole, 0, length, StandardCharsets.UTF_8)).startsWith("{\"model_name\"");
        assertThat(Arrays.copyOfRange(whole, length, length + rows.length)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip;q=0 | ''",
                "gzip;q=0, deflate | deflate",
                "gzip; q=0.0, deflate;q=0 | ''",
                "deflate;q=0.5, gzip;q=0.1 | gzip",
                "br, identity | ''",
                "GZIP | gzip"
            })
    void shouldCompressOnlyAsTheCallerAccepts(String accepted, String chosen) throws Exception {
        String json = binary(300);
        InferenceCaller.Answer answer = caller.post(
                ECHO,
                behind(json, rows(300)),
                Map.of("Accept-Encoding", accepted, JSON_LENGTH, Integer.toString(json.length())));
        assertThat(answer.header("Content-Encoding").orElse("")).isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void shouldRefuseWhatCannotBeInflated(String coding) throws Exception {
        byte[] whole = compressed(coding, behind(binary(8), rows(8)));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        byte[] broken = whole.clone();
        Arrays.fill(broken, whole.length / 3, whole.length / 2, (byte) 0xAA);
        Map<String, String> headers = Map.of("Content-Encoding", coding);
        caller.post(ECHO, cut, headers).assertError(400, "inflated");
        caller.post(ECHO, broken, headers).assertError(400, "inflated");
        caller.post(ECHO, new byte[0], headers).assertError(400, "inflated");
        caller.post(ECHO, "{\"inputs\": []}".getBytes(StandardCharsets.UTF_8), headers)
                .assertError(400, "inflated");
    }

    @Test
    void shouldRefuseACodingItDoesNotKnow() throws Exception {
        caller.post(ECHO, new byte[8], Map.of("Content-Encoding", "br")).assertError(400, "\"br\"", "gzip");
    }

    @Test
    void shouldRefuseABombWithoutInflatingIt() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] member = compressed("gzip", new byte[MEMBER_BYTES]);
        for (int i = 0; i < BOMB_MEMBERS; i++) {
            bomb.writeBytes(member);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        caller.post(ECHO, bomb.toByteArray(), Map.of("Content-Encoding", "gzip"))
                .assertError(413, "limits.max-request-size");
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(64L << 20);
        caller.post(ECHO, compressed("deflate", new byte[MEMBER_BYTES]), Map.of("Content-Encoding", "deflate"))
                .assertError(413, "limits.max-request-size");
    }

    @Test
    void shouldTakeBodiesUpToTheLimitAndNoneBeyond() throws Exception {
        byte[] most = Arrays.copyOf("{\"inputs\": [".getBytes(StandardCharsets.UTF_8), LIMIT);
        Arrays.fill(most, 12, LIMIT, (byte) ' ');
        byte[] more = Arrays.copyOf(most, LIMIT + 1);
        caller.post(ECHO, most, Map.of()).assertError(400, "JSON");
        caller.post(ECHO, more, Map.of()).assertError(413, "1,048,576", "limits.max-request-size");
        caller.send("POST", ECHO, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(most)), Map.of())
                .assertError(400, "JSON");
        caller.send("POST", ECHO, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)), Map.of())
                .assertError(413, "limits.max-request-size");
        caller.post("/v2/repository/index", more, Map.of()).assertError(413, "limits.max-request-size");
    }

    @Test
    void shouldTakeLargeTensorsInAndOut() throws Exception {
        int count = 60_000;
        String json = binary(count);
        byte[] rows = rows(count);
        InferenceCaller.Answer answer =
                caller.post(ECHO, behind(json, rows), Map.of(JSON_LENGTH, Integer.toString(json.length())));
        assertThat(Arrays.copyOf(answer.behind(), rows.length)).isEqualTo(rows);
    }

    private static String binary(int rows) {
        return "{\"parameters\": {\"binary_data_output\": true}, \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [%d, 4], \"parameters\": {\"binary_data_size\": %d}}]}"
                .formatted(rows, rows * 16);
    }

    private static byte[] rows(int count) {
        byte[] rows = new byte[count * 16];
        for (int i = 0; i < rows.length; i += 4) {
            rows[i + 3] = (byte) (0x3F + i % 2);
            rows[i + 1] = (byte) i;
        }
        return rows;
    }

    private static byte[] behind(String json, byte[] bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        return body.toByteArray();
    }

    private static byte[] compressed(String coding, byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = coding.equalsIgnoreCase("deflate")
                ? new DeflaterOutputStream(compressed)
                : coding.equals("identity") ? compressed : new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static byte[] inflated(String coding, byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try (InputStream inflated = coding.equals("gzip")
                ? new GZIPInputStream(in)
                : coding.equals("deflate") ? new InflaterInputStream(in) : in) {
            return inflated.readAllBytes();
        }
    }
}
