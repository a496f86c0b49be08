package dev.fovea.remote.guard;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.protocol.AttemptFailed;
import dev.fovea.remote.protocol.AttemptProblem;
import dev.fovea.remote.protocol.OutgoingRequest;
import dev.fovea.remote.protocol.ServiceResponse;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends one request and waits for the whole response. Redirections are not followed: the credentials are for the
 * configured address. Owns the connections.
 */
public final class Exchange implements AutoCloseable {

    /** The maximum size of a response in bytes. */
    private static final long MAX_RESPONSE = 4 << 20;

    private final Duration connect;
    private final HttpClient client;

    /** @param connect the connect timeout */
    public Exchange(Duration connect) {
        this.connect = connect;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .build();
    }

    /** The response of any status; {@link AttemptFailed} on a failure or timeout, connecting included. */
    public ServiceResponse send(OutgoingRequest outgoing, Duration within) {
        HttpRequest.Builder request = HttpRequest.newBuilder(outgoing.address())
                .POST(HttpRequest.BodyPublishers.ofByteArray(outgoing.body()))
                .timeout(within);
        outgoing.headers().forEach(request::setHeader);
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_RESPONSE));
        try {
            // The request's own timeout ends with the headers; this one covers the body too.
            HttpResponse<byte[]> response = sent.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return new ServiceResponse(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw timedOut(within);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The call was interrupted before its response.", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), within);
        }
    }

    private AttemptFailed failure(Throwable cause, Duration within) {
        return switch (cause) {
            // The client also throws it when the request timeout is the shorter one.
            case HttpConnectTimeoutException e when within.compareTo(connect) < 0 -> timedOut(within);
            case HttpConnectTimeoutException e -> new AttemptFailed(AttemptProblem.CONNECT, "did not connect in time");
            case HttpTimeoutException e -> timedOut(within);
            case ConnectException e -> new AttemptFailed(AttemptProblem.CONNECT, "did not accept the connection");
            case SSLHandshakeException e ->
                new AttemptFailed(AttemptProblem.CONNECT, "failed the TLS handshake: " + e.getMessage());
            default ->
                new AttemptFailed(
                        AttemptProblem.BROKEN,
                        "broke the connection: "
                                + Objects.requireNonNullElse(cause.getMessage(), "no reason is known"));
        };
    }

    private static AttemptFailed timedOut(Duration within) {
        return new AttemptFailed(
                AttemptProblem.TIMEOUT, "sent no whole response within %d ms".formatted(within.toMillis()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
