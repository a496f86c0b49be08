package dev.fovea.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** Why a request got no response. */
public enum RequestFailure {
    /** The request timed out. */
    TIMEOUT,
    /** Nothing listens there. */
    CONNECTION_REFUSED,
    /** The connection closed before the end of the response. */
    CONNECTION_LOST,
    /** The two did not come to terms on encryption. */
    TLS_FAILED,
    /** What came back is no HTTP/1.1. */
    NOT_HTTP;

    static RequestFailure of(IOException e) {
        return switch (e) {
            case SocketTimeoutException late -> TIMEOUT;
            case ConnectException refused -> CONNECTION_REFUSED;
            case SSLException untrusted -> TLS_FAILED;
            case ProtocolException other -> NOT_HTTP;
            default -> CONNECTION_LOST;
        };
    }
}
