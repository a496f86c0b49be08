package dev.fovea.load;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One persistent HTTP/1.1 connection with blocking I/O. A load generator often shares cores with the server, and the
 * JDK's client needs several times the CPU time per request.
 *
 * <p>One thread at a time exchanges; other threads may call {@link #giveUp} and {@link #close}, which fail the
 * exchange.
 */
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final Socket socket;
    private final ResponseReader responses;
    private volatile long deadline;
    private volatile boolean late;

    private Connection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.responses = new ResponseReader(socket.getInputStream());
    }

    /** Connects within a time; the caller closes it. */
    static Connection open(Endpoint endpoint, Duration timeout) throws IOException {
        int millis = Math.max(1, Math.toIntExact(timeout.toMillis()));
        SocketChannel channel = SocketChannel.open();
        try {
            Socket plain = channel.socket();
            plain.setTcpNoDelay(true);
            plain.connect(endpoint.address(), millis);
            return new Connection(channel, endpoint.tls() ? encrypted(plain, endpoint, millis) : plain);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SSLSocket encrypted(Socket plain, Endpoint endpoint, int millis) throws IOException {
        plain.setSoTimeout(millis);
        String name = endpoint.host().replaceAll(":\\d+$", "");
        SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, name, endpoint.address().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        socket.setSoTimeout(0);
        return socket;
    }

    /** Sets the {@link System#nanoTime} after which {@link #giveUp} ends the exchange that follows. */
    void expectBy(long until) {
        deadline = until;
    }

    /** Sends a request and waits for its response; {@link SocketTimeoutException} after a timeout. */
    LoadResponse exchange(LoadRequest request) throws IOException {
        try {
            send(request);
            return responses.next();
        } catch (IOException e) {
            if (late) {
                SocketTimeoutException timeout = new SocketTimeoutException("no response in time");
                timeout.initCause(e);
                throw timeout;
            }
            throw e;
        }
    }

    /**
     * A server may respond and close before it has read the whole request; the response then takes precedence over the
     * error.
     */
    private void send(LoadRequest request) throws IOException {
        try {
            socket.getOutputStream().write(request.bytes());
        } catch (IOException e) {
            if (late) {
                throw e;
            }
        }
    }

    /** Whether the idle connection is still open and has no unexpected data. */
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            boolean quiet = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return quiet;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether another exchange may follow the last one. */
    boolean reusable() {
        return responses.reusable() && !late;
    }

    /** Ends an exchange whose deadline has passed. */
    void giveUp(long now) {
        if (now - deadline > 0) {
            late = true;
            close();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // closed is what it is to be
        }
    }
}
