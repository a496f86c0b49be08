package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.ModelReadyRequest;
import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What somebody tries who means harm, over HTTP and gRPC. */
class HostileCallerTest {

    private static final String QUANTIZE = "{\"type\": \"quantize\", \"model\": \"shirts\", \"data\": \"%s\"}";
    private static final int MAX_BYTES = 300_000;

    @TempDir
    private static Path disk;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(disk.resolve("open/images"));
        Files.createDirectories(disk.resolve("secret"));
        Files.writeString(disk.resolve("secret/key.txt"), "x");
        Files.createSymbolicLink(disk.resolve("open/way-out"), disk.resolve("secret"));
        server = RunningServer.with(
                RunningServer::shirts,
                Map.of("datasets.roots", disk.resolve("open").toString(), "limits.max-image-size", MAX_BYTES + "B"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldTellNobodyWhichFoldersExist() throws Exception {
        Set<String> told = new HashSet<>();
        for (String data : List.of(
                "/etc",
                "/etc/passwd",
                "/no/such/folder",
                ".",
                "../..",
                disk.resolve("secret").toString(),
                disk.resolve("open/../secret").toString(),
                disk.resolve("open/way-out").toString(),
                disk.resolve("open/none").toString(),
                disk + "/opener",
                "file:///etc",
                "\\u0000",
                "deadbeef",
                "deadbeefdeadbeef")) {
            Reply reply = server.post("/v1/jobs", QUANTIZE.formatted(data));
            assertThat(reply.status()).as(data + " " + reply.body()).isEqualTo(400);
            told.add(reply.json().get("detail").asString());
        }
        assertThat(told).singleElement().asString().contains("datasets.roots");
        assertThat(server.get("/v1/jobs").json().get("jobs")).isEmpty();
        Reply open = server.post("/v1/jobs", QUANTIZE.formatted(disk.resolve("open/images")));
        assertThat(open.status()).as(open.body()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "attacker.example:8081", "localhost.attacker.example"})
    void shouldAnswerNoForeignNameOnTheManagementPort(String host) throws Exception {
        String reply = RawHttp.exchange(
                server.server().managementPort(),
                "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .contains(" 403 ", "application/problem+json", "FORBIDDEN")
                .doesNotContain("fovea_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:1234", "[::1]"})
    void shouldAnswerTheMachinesOwnNamesOnTheManagementPort(String host) throws Exception {
        String reply = RawHttp.exchange(
                server.server().managementPort(),
                "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 200").contains("fovea_");
    }

    /** As the description of the API lists them. */
    @Test
    void shouldInflateEveryBodyOfJson() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"no_such_field\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        int checked = 0;
        for (var path : server.get("/v1/openapi.json").json().get("paths").properties()) {
            if (!path.getValue().at("/post/requestBody/content").has("application/json")) {
                continue;
            }
            String address = path.getKey()
                    .replaceAll("\\{(version|number)}", "1")
                    .replaceAll("\\{(name|model)}", "shirts")
                    .replaceAll("\\{\\w+}", "x");
            Reply reply = server.send(server.request(address)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
            if (address.startsWith("/v1/label-studio/")) {
                assertThat(reply.body())
                        .as(address)
                        .doesNotContain("is not the JSON", "INTERNAL"); // takes unknown fields
            } else {
                assertThat(reply.body())
                        .as(address)
                        .contains(address.equals("/v1/jobs") ? "the field \\\"type\\\" is missing" : "no_such_field");
            }
            Reply other = server.send(server.request(address)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "br")
                    .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
            assertThat(other.status()).as(address).isEqualTo(415);
            checked++;
        }
        assertThat(checked).isGreaterThan(5);
    }

    @Test
    void shouldRefuseUnknownParametersEverywhere() throws Exception {
        for (String path : List.of(
                "/v1/models",
                "/v1/models/shirts",
                "/v1/models/shirts/versions/1",
                "/v1/models/shirts/metrics",
                "/v1/status",
                "/v1/remotes",
                "/v1/jobs",
                "/v1/openapi.json",
                "/v2",
                "/v2/health/ready",
                "/v2/models/shirts",
                "/v2/models/shirts/ready")) {
            Reply reply = server.get(path + "?evil=1");
            assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(400);
            assertThat(reply.body()).contains("evil");
            assertThat(server.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.management("/metrics?evil=1").status()).isEqualTo(400);
        assertThat(server.management("/health/readiness?evil=1").body()).contains("evil", "ARGUMENT_INVALID");
        assertThat(server.post("/v1/models/shirts/promote?evil=1", "{\"version\": 1}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/WEB-INF", "/WEB-INF/web.xml", "/META-INF", "/%2e%2e/", "/a//b", "/%00"})
    void shouldSayEveryErrorAsProblemJson(String path) throws Exception {
        for (int port : List.of(server.server().port(), server.server().managementPort())) {
            String reply =
                    RawHttp.exchange(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(reply).as(port + path).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"code\"");
            assertThat(reply.toLowerCase(java.util.Locale.ROOT)).doesNotContain("jetty", "<html", "exception");
        }
    }

    @Test
    void shouldTakeCompressedBodies() throws Exception {
        byte[] image = BadInputApiTest.png(40, 40);
        for (Map.Entry<String, byte[]> coded : Map.of(
                        "gzip", gzip(image), "x-gzip", gzip(image), "deflate", zlib(image))
                .entrySet()) {
            Reply reply = coded("/v1/models/shirts/predict", coded.getKey(), "image/png", coded.getValue());
            assertThat(reply.status()).as(coded.getKey() + reply.body()).isEqualTo(200);
        }
        assertThat(coded(
                                "/v1/models/shirts/promote",
                                "gzip",
                                "application/json",
                                gzip("{\"version\": 1}".getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
        byte[] form = form("XX", image);
        Reply reply = coded("/v1/models/shirts/predict", "gzip", "multipart/form-data; boundary=XX", gzip(form));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void shouldRefuseBombsAndBrokenCompression() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        byte[] blanks = gzip(" ".repeat(64 << 20).getBytes(StandardCharsets.UTF_8));
        assertProblem(coded("/v1/models/shirts/predict", "gzip", "image/png", bomb), 413, "IMAGE_FILE_TOO_LARGE");
        assertProblem(
                coded("/v1/models/shirts/promote", "gzip", "application/json", blanks), 413, "IMAGE_FILE_TOO_LARGE");
        assertProblem(
                coded("/v1/models/shirts/predict", "gzip", "multipart/form-data; boundary=XX", gzip(form("XX", bomb))),
                400,
                "IMAGE_FORMAT_UNSUPPORTED");
        Reply form = coded(
                "/v1/models/shirts/predict",
                "gzip",
                "multipart/form-data; boundary=XX",
                gzip(form("XX", new byte[8 << 20])));
        assertProblem(form, 413, "IMAGE_FILE_TOO_LARGE");
        assertThat(form.headers()).as("Jetty closes it").containsEntry("connection", "close");
        byte[] image = BadInputApiTest.png(40, 40);
        assertProblem(coded("/v1/models/shirts/predict", "gzip", "image/png", image), 400, "ARGUMENT_INVALID");
        byte[] cut = java.util.Arrays.copyOf(gzip(image), 40);
        assertProblem(coded("/v1/models/shirts/predict", "gzip", "image/png", cut), 400, "ARGUMENT_INVALID");
        Reply unknown = coded("/v1/models/shirts/predict", "br", "image/png", image);
        assertProblem(unknown, 415, "ARGUMENT_INVALID");
        assertThat(unknown.body()).contains("gzip, deflate");
        assertThat(server.predict("shirts", image).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"boundary", "Boundary", "BOUNDARY"})
    void shouldReadTheBoundaryHoweverItsNameIsWritten(String name) throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "multipart/form-data; " + name + "=XX")
                .POST(BodyPublishers.ofByteArray(form("XX", BadInputApiTest.png(40, 40)))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /v1/models/shirts/predict | POST",
                "GET | /v1/models/shirts/promote | POST",
                "DELETE | /v1/models | GET",
                "TRACE | /v1/models | GET"
            })
    void shouldSayWhichMethodsAreAllowed(String method, String path, String allowed) throws Exception {
        String reply = RawHttp.exchange(
                server.server().port(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("\nAllow:")
                .contains("Use ", allowed);
    }

    @Test
    void shouldSayWhichTypesAreTaken() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/promote")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"version\": 1}")));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().get("detail").asString())
                .contains("application/x-www-form-urlencoded", "Content-Type: application/json");
    }

    @Test
    void shouldSayHowCurlSendsAnImage() throws Exception {
        byte[] image = BadInputApiTest.png(40, 40);
        Reply whole = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofByteArray(image)));
        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        String text = new String(image, StandardCharsets.ISO_8859_1);
        for (String body : List.of(text.replace("\r", "").replace("\n", ""), "shirt.png")) {
            Reply reply = server.send(server.request("/v1/models/shirts/predict")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.ISO_8859_1))));
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.json().get("detail").asString()).contains("curl -d", "--data-binary @");
        }
    }

    @Test
    void shouldCallGarbageOverGrpcTheCallersMistakeAndLogNoTrace() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        ManagedChannel channel = GrpcCalls.channel(server);
        try {
            for (MethodDescriptor<?, ?> method :
                    GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods()) {
                assertThatThrownBy(() -> sent(channel, method, new byte[] {(byte) 0xff, 1, 2, 3, 4}))
                        .as(method.getFullMethodName())
                        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                            assertThat(e.getStatus().getDescription()).contains("Open Inference Protocol");
                        });
            }
        } finally {
            channel.shutdownNow();
            root.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
    }

    @Test
    void shouldCallWhatIsNoGzipTheCallersMistakeAndInflateWhatIs() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", server.server().grpcPort())
                .usePlaintext()
                .disableRetry()
                .compressorRegistry(pretending())
                .build();
        ManagedChannel honest = GrpcCalls.channel(server);
        try {
            assertThatThrownBy(() -> GRPCInferenceServiceGrpc.newBlockingStub(channel)
                            .withCompression("gzip")
                            .modelReady(ModelReadyRequest.newBuilder()
                                    .setName("shirts")
                                    .build()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
            assertThat(GRPCInferenceServiceGrpc.newBlockingStub(honest)
                            .withCompression("gzip")
                            .modelReady(ModelReadyRequest.newBuilder()
                                    .setName("shirts")
                                    .build())
                            .getReady())
                    .isTrue();
        } finally {
            channel.shutdownNow();
            honest.shutdownNow();
        }
    }

    /** Says gzip, and sends the bytes as they are. */
    private static CompressorRegistry pretending() {
        CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
        registry.register(new Compressor() {
            @Override
            public String getMessageEncoding() {
                return "gzip";
            }

            @Override
            public OutputStream compress(OutputStream out) {
                return out;
            }
        });
        return registry;
    }

    private static void sent(ManagedChannel channel, MethodDescriptor<?, ?> method, byte[] garbage) {
        Marshaller<byte[]> raw = new Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };
        MethodDescriptor<byte[], byte[]> call = MethodDescriptor.<byte[], byte[]>newBuilder(raw, raw)
                .setFullMethodName(method.getFullMethodName())
                .setType(MethodDescriptor.MethodType.UNARY)
                .build();
        ClientCalls.blockingUnaryCall(channel, call, CallOptions.DEFAULT, garbage);
    }

    private static Reply coded(String path, String coding, String type, byte[] body) throws Exception {
        return server.send(server.request(path)
                .header("Content-Encoding", coding)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    }

    private static byte[] form(String boundary, byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(file);
        out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(bytes);
        }
        return out.toByteArray();
    }
}
