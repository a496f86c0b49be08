package dev.fovea.pipeline.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneDownloadTest {

    private static final byte[] CONTENT = "a network".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/net.onnx", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, CONTENT.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(CONTENT);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
    }

    private void assertRefused(String address, String sha256, ErrorCode code) throws IOException {
        assertThatThrownBy(() -> new BackboneDownload(folder).fetch(address, sha256))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void shouldFetchAFileOnce() throws IOException {
        BackboneDownload download = new BackboneDownload(folder);
        Path first = download.fetch(address("net.onnx"), Sha256.of(CONTENT));
        assertThat(first).hasBinaryContent(CONTENT).hasFileName("net.onnx");
        assertThat(download.fetch(address("net.onnx"), Sha256.of(CONTENT))).isEqualTo(first);
        assertThat(requests).hasValue(1);

        Files.writeString(first, "damaged");
        assertThat(download.fetch(address("net.onnx"), Sha256.of(CONTENT))).hasBinaryContent(CONTENT);
        assertThat(requests).hasValue(2);
    }

    @Test
    void shouldKeepNothingOfAnotherHash() throws IOException {
        assertRefused(address("net.onnx"), "0".repeat(64), ErrorCode.MODEL_CORRUPT);
        assertRefused(address("nothing"), "0".repeat(64), ErrorCode.REMOTE_FAILED);
    }

    @Test
    void shouldFetchNothingWithoutAHashOrEncryption() throws IOException {
        assertRefused(address("net.onnx"), "", ErrorCode.ARGUMENT_INVALID);
        assertRefused("http://192.0.2.1/net.onnx", "0".repeat(64), ErrorCode.ARGUMENT_INVALID);
        assertThat(requests).hasValue(0);
    }
}
