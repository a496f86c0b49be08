package dev.fovea.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Six thousand bytes of bodies at once, on a Jetty that reads a body and says how long it was. */
class BodyLimitsTest {

    private static final String BECOMES = "X-Becomes";
    private static final int PATIENCE_MS = 20_000;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final BodyLimits limits = new BodyLimits(Duration.ofMinutes(1), 6_000);
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        limits.setHandler(lengths());
        server.setHandler(limits);
        server.start();
    }

    /** Answers with the length of the body. */
    private static Handler lengths() {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                try {
                    if (request.getHeaders().contains(BECOMES)) {
                        BodyLimits.reserve(request, (int) request.getHeaders().getLongField(BECOMES));
                    }
                    int length = Content.Source.asInputStream(request).readAllBytes().length;
                    response.write(
                            true,
                            ByteBuffer.wrap(Integer.toString(length).getBytes(StandardCharsets.US_ASCII)),
                            callback);
                } catch (HttpException.RuntimeException e) {
                    response.setStatus(e.getCode());
                    response.write(true, ByteBuffer.allocate(0), callback);
                } catch (FoveaException e) {
                    response.setStatus(Status.of(e.code()).value());
                    response.write(true, ByteBuffer.allocate(0), callback);
                } catch (IOException e) {
                    callback.failed(e); // the sender went away
                }
                return true;
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    @Test
    void shouldRefuseWhatAllBodiesTogetherHaveNoRoomForAndMakeRoomAgain() throws Exception {
        Socket slow = send(4_000, 3_500);
        awaitHeld(3_500);
        assertThat(answer(send(4_000, 4_000))).startsWith("HTTP/1.1 429");
        assertThat(limits.buffered()).isEqualTo(3_500);
        slow.getOutputStream().write(new byte[500]);
        assertThat(answer(slow)).startsWith("HTTP/1.1 200").endsWith("4000");
        awaitHeld(0);
        assertThat(answer(send(4_000, 4_000))).endsWith("4000");
    }

    @Test
    void shouldCountWhatABodyBecomes() throws Exception {
        assertThat(answer(send(10, 10, BECOMES + ": 6001"))).startsWith("HTTP/1.1 429");
        awaitHeld(0);
        assertThat(answer(send(10, 10, BECOMES + ": 5990"))).startsWith("HTTP/1.1 200");
        awaitHeld(0);
    }

    @Test
    void shouldMakeRoomAgainWhenASenderGoesAway() throws Exception {
        Socket slow = send(4_000, 3_500);
        awaitHeld(3_500);
        slow.close();
        awaitHeld(0);
    }

    /** Without any time to send, only what is there already is read. */
    @Test
    void shouldNotBlameTheSenderWhenTheServerIsSlowToRead() throws Exception {
        BodyLimits hasty = new BodyLimits(Duration.ZERO, 6_000);
        hasty.setHandler(lengths());
        Server other = new Server();
        LocalConnector local = new LocalConnector(other);
        other.addConnector(local);
        other.setHandler(hasty);
        other.start();
        try {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\n";
            assertThat(local.getResponse(head + "body"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("4");
            assertThat(local.getResponse(head + "bo")).startsWith("HTTP/1.1 408");
        } finally {
            other.stop();
        }
    }

    private void awaitHeld(long bytes) {
        await().atMost(Duration.ofMillis(PATIENCE_MS)).until(() -> limits.buffered() == bytes);
    }

    private Socket send(int announced, int sent) throws Exception {
        return send(announced, sent, "X-Nothing: 0");
    }

    private Socket send(int announced, int sent, String header) throws Exception {
        Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream()
                .write("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(header, announced)
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[sent]);
        return socket;
    }

    private static String answer(Socket socket) throws Exception {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
