package dev.fovea.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers who open connections and do not send requests. */
class ConnectionLimitsTest {

    private static final int MAX_CONNECTIONS = 8;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                RunningServer::shirts,
                Map.of("server.max-connections", Integer.toString(MAX_CONNECTIONS), "limits.header-timeout", "300ms"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldCloseAConnectionThatSendsNothing() throws IOException {
        try (Socket silent = connect(server.server().port())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldCloseAConnectionWhoseHeaderDoesNotEnd() throws IOException {
        try (Socket slow = connect(server.server().port())) {
            send(slow, "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldCloseAConnectionWhoseSecondHeaderDoesNotEnd() throws IOException {
        try (Socket slow = connect(server.server().port())) {
            String request = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n";
            send(slow, request);
            InputStream response = slow.getInputStream();
            assertThat(response.read()).isEqualTo('H');
            assertThat(new String(response.readNBytes(11), StandardCharsets.US_ASCII))
                    .isEqualTo("TTP/1.1 200");
            await().atMost(Duration.ofSeconds(60)).until(() -> takesNoMore(slow));
        }
    }

    private static boolean takesNoMore(Socket socket) {
        try {
            send(socket, "G");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldServeOthersWhileManyConnectionsSendNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * MAX_CONNECTIONS; i++) {
                silent.add(connect(server.server().port()));
            }
            assertThat(server.get("/v1/status").status()).isEqualTo(200);
            assertThat(server.management("/health/readiness").status()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldCloseConnectionsOfGrpcBeyondTheLimit() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CONNECTIONS; i++) {
                silent.add(connect(server.server().grpcPort()));
                // the settings of the server's side of HTTP/2: the connection is counted
                assertThat(silent.getLast().getInputStream().read()).isZero();
            }
            try (Socket beyond = connect(server.server().grpcPort())) {
                assertThat(beyond.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldBoundTheManagementPortToo() throws IOException {
        try (Socket silent = connect(server.server().managementPort())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
