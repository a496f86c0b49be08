package dev.fovea.server;

import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Cuts off bodies that dribble: after a time of grace, what has come must be as much as a slow line would have brought.
 * No thread waits for a body, so the grace may be generous; a small body on a busy machine is never cut off.
 */
final class UploadPace extends Handler.Wrapper {

    private static final double LEAST_BYTES_PER_MILLI = 0.5;

    private final long graceNanos;

    UploadPace(Duration grace) {
        this.graceNanos = grace.toNanos();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Paced(request), response, callback);
    }

    private final class Paced extends Request.Wrapper {
        private final long start = System.nanoTime();
        private long bytes;

        Paced(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            long elapsed = System.nanoTime() - start;
            if (chunk != null) {
                bytes += chunk.remaining();
            }
            if (elapsed > graceNanos
                    && bytes < LEAST_BYTES_PER_MILLI * elapsed / 1e6
                    && (chunk == null || !chunk.isLast())) {
                if (chunk != null) {
                    chunk.release();
                }
                return Content.Chunk.from(new HttpException.RuntimeException(
                        HttpStatus.REQUEST_TIMEOUT_408, "the body comes too slowly"));
            }
            return chunk;
        }
    }
}
