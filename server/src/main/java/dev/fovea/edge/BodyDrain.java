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
 * An answer that reads past the rest of the body before it refuses, since many clients look for an answer only after
 * they have sent everything. A connection on which more is left ends, and says so.
 */
final class BodyDrain extends Response.Wrapper {

    /** As much as a large image. */
    private static final long MOST_BYTES = 32 << 20;

    private static final int BUFFER_BYTES = 1 << 14;

    BodyDrain(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!isCommitted() && getStatus() >= HttpStatus.BAD_REQUEST_400 && !isPast(getRequest())) {
            getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        super.write(last, content, callback);
    }

    /** Whether the body is at its end; a sender that waits to be told to go on is never told so. */
    private static boolean isPast(Request request) {
        if (request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            return false;
        }
        try {
            InputStream body = Content.Source.asInputStream(request);
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = 0;
            for (long left = MOST_BYTES; read >= 0 && left > 0; left -= read) {
                read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            }
            return read < 0;
        } catch (IOException | RuntimeException e) {
            return false; // it was cut off, or the caller went away
        }
    }
}
