package dev.fovea.edge;

import dev.fovea.fault.FoveaException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * A request whose compressed body is inflated while it is read. What comes out counts: against a limit, since a small
 * body may hold much, and against the memory for all bodies. Reading blocks, which the virtual threads of requests may
 * do; one thread reads at a time.
 */
final class InflatedRequest extends Request.Wrapper {

    private static final int PART_BYTES = 1 << 16;

    private final boolean zlib;
    private final long limit;
    private final HttpFields headers;
    private long inflated;
    private @Nullable InputStream stream;
    private Content.@Nullable Chunk end;

    /**
     * @param zlib whether the coding is {@code deflate}, otherwise gzip
     * @param limit max bytes after inflation
     */
    InflatedRequest(Request request, boolean zlib, long limit) {
        super(request);
        this.zlib = zlib;
        this.limit = limit;
        this.headers = HttpFields.build(request.getHeaders())
                .remove(HttpHeader.CONTENT_ENCODING)
                .remove(HttpHeader.CONTENT_LENGTH)
                .asImmutable();
        Request.addCompletionListener(request, failure -> IO.close(stream)); // frees the native memory that inflates
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    /** Unknown before it is inflated. */
    @Override
    public long getLength() {
        return -1;
    }

    @Override
    public void demand(Runnable ready) {
        ready.run(); // a read never comes back with nothing
    }

    @Override
    public Content.Chunk read() {
        if (end != null) {
            return end;
        }
        try {
            byte[] part = new byte[PART_BYTES];
            int length = opened().read(part);
            if (length < 0) {
                end = Content.Chunk.EOF;
                return end;
            }
            inflated += length;
            if (inflated > limit) {
                return failed(HttpStatus.PAYLOAD_TOO_LARGE_413, "the inflated body is too large");
            }
            BodyLimits.reserve(getWrapped(), length);
            return Content.Chunk.from(ByteBuffer.wrap(part, 0, length), false);
        } catch (ZipException | EOFException e) {
            return failed(HttpStatus.BAD_REQUEST_400, "it cannot be inflated as its Content-Encoding says");
        } catch (FoveaException e) {
            return failed(HttpStatus.TOO_MANY_REQUESTS_429, "too many bytes are being sent");
        } catch (IOException | RuntimeException e) {
            end = Content.Chunk.from(e);
            return end;
        }
    }

    private Content.Chunk failed(int status, String why) {
        end = Content.Chunk.from(new HttpException.RuntimeException(status, why));
        return end;
    }

    private InputStream opened() throws IOException {
        if (stream == null) {
            InputStream body = Content.Source.asInputStream(getWrapped());
            stream = zlib ? new InflaterInputStream(body) : new GZIPInputStream(body, PART_BYTES);
        }
        return stream;
    }
}
