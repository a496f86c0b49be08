package dev.fovea.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 responses from one connection (RFC 9112), one after another. Keeps the first megabyte of a body and
 * drains the rest. Not thread-safe.
 */
final class ResponseReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d \\d{3}.*");
    private static final int KEPT = 1 << 20;
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final BufferedInputStream in;
    private boolean reusable = true;
    private int head;

    ResponseReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The framing of the body. */
    private record Framing(int status, long length, boolean chunked) {

        boolean isInterim() {
            return status < 200;
        }

        boolean hasNoBody() {
            return status == NO_CONTENT || status == NOT_MODIFIED;
        }
    }

    /** Whether another request may go over the connection. */
    boolean reusable() {
        return reusable;
    }

    /** The next response; {@link ProtocolException} if the data is not HTTP. */
    LoadResponse next() throws IOException {
        head = 0;
        Framing framing = framing();
        while (framing.isInterim()) {
            framing = framing();
        }
        return new LoadResponse(framing.status(), body(framing));
    }

    private Framing framing() throws IOException {
        String status = line();
        if (!STATUS.matcher(status).matches()) {
            throw new ProtocolException("no HTTP/1 response");
        }
        reusable = status.startsWith("HTTP/1.1");
        long length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring(lower.indexOf(':') + 1).strip(), 10);
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                reusable = false;
            }
        }
        return new Framing(Integer.parseInt(status.substring(9, 12)), length, chunked);
    }

    private byte[] body(Framing framing) throws IOException {
        if (framing.hasNoBody()) {
            return new byte[0];
        }
        if (framing.chunked()) {
            return chunks();
        }
        if (framing.length() >= 0) {
            return exactly(framing.length(), KEPT);
        }
        reusable = false;
        byte[] kept = in.readNBytes(KEPT);
        in.transferTo(OutputStream.nullOutputStream());
        return kept;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long length = chunkLength(); length > 0; length = chunkLength()) {
            body.writeBytes(exactly(length, KEPT - body.size()));
            line();
        }
        while (!line().isEmpty()) {
            // trailers
        }
        return body.toByteArray();
    }

    private long chunkLength() throws IOException {
        head = 0;
        return number(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(long length, int kept) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(length, kept));
        in.skipNBytes(length - bytes.length); // throws when the stream ends early
        return bytes;
    }

    private static long number(String text, int radix) throws ProtocolException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new ProtocolException("no length: " + text);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (++head > LONGEST_HEAD) {
                throw new ProtocolException("headers without an end");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
