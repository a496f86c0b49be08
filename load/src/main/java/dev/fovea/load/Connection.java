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
 * One kept-alive HTTP/1.1 connection that sends and waits, and does nothing else: a load generator often shares the
 * cores with what it measures, and the JDK's own client takes several times the processor time for a request.
 *
 * <p>One thread at a time exchanges; {@link #giveUp} and {@link #close} may come from others and make it fail.
 */
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final Socket socket;
    private final ReplyReader replies;
    private volatile long deadline;
    private volatile boolean late;

    private Connection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.replies = new ReplyReader(socket.getInputStream());
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

    /** Sends a request and waits for its answer; a {@link SocketTimeoutException} when it was given up. */
    LoadReply exchange(LoadRequest request) throws IOException {
        try {
            send(request);
            return replies.next();
        } catch (IOException e) {
            if (late) {
                SocketTimeoutException timeout = new SocketTimeoutException("no answer in time");
                timeout.initCause(e);
                throw timeout;
            }
            throw e;
        }
    }

    /** A server may answer and close before it has read everything; what it said is then worth more than the fault. */
    private void send(LoadRequest request) throws IOException {
        try {
            socket.getOutputStream().write(request.bytes());
        } catch (IOException e) {
            if (late) {
                throw e;
            }
        }
    }

    /** Whether the other side has neither closed an idle connection nor sent what nobody asked for. */
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
        return replies.reusable() && !late;
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
