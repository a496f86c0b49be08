package dev.fovea.server;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads what nobody wants: many clients look for an answer only after they have sent everything. */
final class BodyDrain {

    private static final int BUFFER_BYTES = 1 << 14;

    private BodyDrain() {}

    /** To the end, or so many bytes; whether that was the end. */
    static boolean drain(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int read = 0;
        for (long left = most; read >= 0 && left > 0; left -= read) {
            read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        }
        return read < 0;
    }

    /** The same with a request; one that waits to be told to go on is never told so, and did not end. */
    static boolean drain(Request request, long most) {
        if (request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            return false;
        }
        try {
            return drain(Content.Source.asInputStream(request), most);
        } catch (IOException | RuntimeException e) {
            return false; // it was cut off, or the caller went away
        }
    }
}
