package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Minimum data rate and memory of request bodies. In each grace period a body must arrive at the minimum rate,
 * otherwise it is closed with 408. No thread waits for a body, so the grace period may be long; a small body on a busy
 * machine is never closed. The buffered bytes of all bodies together are bounded, with or without a valid key, since
 * they are in memory before anything is known about them.
 */
public final class BodyLimits extends Handler.Wrapper {

    static final String TOO_MUCH =
            "More is being sent to this server at once than it has memory for. Try again shortly.";

    private static final double MIN_BYTES_PER_MILLI = 0.5;

    private final long graceNanos;
    private final long maxBytes;
    private final AtomicLong buffered = new AtomicLong();

    BodyLimits(Duration grace, long maxBytes) {
        this.graceNanos = grace.toNanos();
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Limited limited = new Limited(request);
        Request.addCompletionListener(request, failure -> limited.done());
        return super.handle(limited, response, callback);
    }

    /** Buffered bytes of bodies whose requests are under way. */
    long buffered() {
        return buffered.get();
    }

    /**
     * Counts bytes that a request's body has become, such as by being inflated; {@code OVERLOADED} where there is no
     * memory for them.
     */
    public static void reserve(Request request, int more) {
        Limited limited = Request.as(request, Limited.class);
        if (limited != null && !limited.reserve(more)) {
            throw new FoveaException(ErrorCode.OVERLOADED, TOO_MUCH);
        }
    }

    private final class Limited extends Request.Wrapper {
        private final AtomicLong own = new AtomicLong();
        private long since = System.nanoTime();
        private long received;

        Limited(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            int more = chunk == null ? 0 : chunk.remaining();
            if (more > 0 && !reserve(more)) {
                return close(chunk, HttpStatus.TOO_MANY_REQUESTS_429, "too many bytes are being sent");
            }
            received += more;
            long elapsed = System.nanoTime() - since;
            if (elapsed > graceNanos) {
                boolean slow = received < MIN_BYTES_PER_MILLI * elapsed / 1e6;
                // where bytes are there, it may be this machine that was slow to read them
                if (slow && chunk == null) {
                    return close(null, HttpStatus.REQUEST_TIMEOUT_408, "the body comes too slowly");
                }
                if (!slow) {
                    since += elapsed;
                    received = 0;
                }
            }
            return chunk;
        }

        private boolean reserve(int more) {
            if (buffered.addAndGet(more) > maxBytes) {
                buffered.addAndGet(-more);
                return false;
            }
            own.addAndGet(more);
            return true;
        }

        private static Content.Chunk close(Content.@Nullable Chunk chunk, int status, String why) {
            if (chunk != null) {
                chunk.release();
            }
            return Content.Chunk.from(new HttpException.RuntimeException(status, why));
        }

        private void done() {
            buffered.addAndGet(-own.getAndSet(0));
        }
    }
}
