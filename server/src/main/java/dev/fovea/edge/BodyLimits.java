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
 * Keeps bodies from hurting anyone else. Those that dribble are cut off: in each time of grace as much must come as a
 * slow line would bring. No thread waits for a body, so the grace may be generous; a small body on a busy machine is
 * never cut off. And what has come of all bodies together is bounded, whether anybody may use it or not, since it is in
 * memory before anything is known about it.
 */
public final class BodyLimits extends Handler.Wrapper {

    static final String TOO_MUCH =
            "More is being sent to this server at once than it has memory for. Try again shortly.";

    private static final double LEAST_BYTES_PER_MILLI = 0.5;

    private final long graceNanos;
    private final long mostBytes;
    private final AtomicLong held = new AtomicLong();

    BodyLimits(Duration grace, long mostBytes) {
        this.graceNanos = grace.toNanos();
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Limited limited = new Limited(request);
        Request.addCompletionListener(request, failure -> limited.done());
        return super.handle(limited, response, callback);
    }

    /** Bytes of bodies whose requests are not answered. */
    long held() {
        return held.get();
    }

    /**
     * Counts bytes that a request's body has become, such as by being inflated; {@code OVERLOADED} where there is no
     * memory for them.
     */
    public static void hold(Request request, int more) {
        Limited limited = Request.as(request, Limited.class);
        if (limited != null && !limited.holds(more)) {
            throw new FoveaException(ErrorCode.OVERLOADED, TOO_MUCH);
        }
    }

    private final class Limited extends Request.Wrapper {
        private final AtomicLong own = new AtomicLong();
        private long since = System.nanoTime();
        private long lately;

        Limited(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            int more = chunk == null ? 0 : chunk.remaining();
            if (more > 0 && !holds(more)) {
                return cutOff(chunk, HttpStatus.TOO_MANY_REQUESTS_429, "too many bytes are being sent");
            }
            lately += more;
            long elapsed = System.nanoTime() - since;
            if (elapsed > graceNanos) {
                if (lately < LEAST_BYTES_PER_MILLI * elapsed / 1e6 && (chunk == null || !chunk.isLast())) {
                    return cutOff(chunk, HttpStatus.REQUEST_TIMEOUT_408, "the body comes too slowly");
                }
                since += elapsed;
                lately = 0;
            }
            return chunk;
        }

        private boolean holds(int more) {
            if (held.addAndGet(more) > mostBytes) {
                held.addAndGet(-more);
                return false;
            }
            own.addAndGet(more);
            return true;
        }

        private static Content.Chunk cutOff(Content.@Nullable Chunk chunk, int status, String why) {
            if (chunk != null) {
                chunk.release();
            }
            return Content.Chunk.from(new HttpException.RuntimeException(status, why));
        }

        private void done() {
            held.addAndGet(-own.getAndSet(0));
        }
    }
}
