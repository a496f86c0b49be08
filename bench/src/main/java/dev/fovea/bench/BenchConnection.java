package dev.fovea.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One persistent HTTP/1.1 connection to this machine with blocking I/O, as a load generator shares the cores with the
 * server. Not thread-safe; the owner closes it.
 */
public final class BenchConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** What came back. */
    public record Response(int status, String body) {

        /** This response, if its status is 200. */
        public Response successful() throws IOException {
            if (status != 200) {
                throw new IOException("the server returned %d: %s".formatted(status, body));
            }
            return this;
        }
    }

    public BenchConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public Response get(String path) throws IOException {
        return send(request("GET", path, "", new byte[0]));
    }

    public Response post(String path, String type, byte[] body) throws IOException {
        return send(posting(path, type, body));
    }

    public Response put(String path, String type, byte[] body) throws IOException {
        return send(request("PUT", path, "Content-Type: %s\r\n".formatted(type), body));
    }

    /** A whole request, made ahead. */
    public static byte[] posting(String path, String type, byte[] body) {
        return posting(path, Map.of("Content-Type", type), body);
    }

    /** The same with any headers. */
    public static byte[] posting(String path, Map<String, String> headers, byte[] body) {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) -> lines.append("%s: %s\r\n".formatted(name, value)));
        return request("POST", path, lines.toString(), body);
    }

    private static byte[] request(String method, String path, String header, byte[] body) {
        byte[] head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, header, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /** Sends a request that was made ahead. */
    public Response send(byte[] request) throws IOException {
        out.write(request);
        return receive();
    }

    private Response receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        byte[] body = chunked ? chunks() : exactly(length);
        return new Response(status, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.writeBytes(exactly(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new SocketException("the server closed the connection within a response");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new SocketException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
