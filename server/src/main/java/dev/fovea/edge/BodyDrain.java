package dev.fovea.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Drains the body before an error response, since many clients read a response only after they have sent everything. A
 * connection on which more is left is closed, and the response says so.
 */
final class BodyDrain extends Response.Wrapper {

    /** As much as a large image. */
    private static final long MAX_BYTES = 32 << 20;

    private static final int BUFFER_BYTES = 1 << 14;

    BodyDrain(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!isCommitted() && getStatus() >= HttpStatus.BAD_REQUEST_400 && !isDrained(getRequest())) {
            getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        super.write(last, content, callback);
    }

    /** Whether the body is at its end; a sender that waits for {@code 100 Continue} never gets it. */
    private static boolean isDrained(Request request) {
        if (request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            return false;
        }
        try {
            InputStream body = Content.Source.asInputStream(request);
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = 0;
            for (long left = MAX_BYTES; read >= 0 && left > 0; left -= read) {
                read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            }
            return read < 0;
        } catch (IOException | RuntimeException e) {
            return false; // it was closed, or the caller went away
        }
    }
}
