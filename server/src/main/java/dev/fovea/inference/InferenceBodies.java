package dev.fovea.inference;

import dev.fovea.edge.BodyLimits;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.protocol.JsonInferWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of the Open Inference Protocol over HTTP: their limits, their compression, their headers. */
public final class InferenceBodies {

    private static final int WORTH_COMPRESSING = 1024;
    private static final int QUARTER_MEGABYTE = 1 << 18;
    private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(\\.0*)?$");

    private final int limit;
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public InferenceBodies(int limit) {
        this.limit = limit;
    }

    /** A response in JSON; the content type has no character set, which some clients compare. */
    ResponseEntity<byte[]> json(int status, Object value) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsBytes(value));
    }

    /** How much of the body is JSON, where the caller says so: 0 for none of it. */
    static OptionalInt jsonLength(HttpServletRequest request) {
        return HttpBinding.jsonLength(Optional.ofNullable(request.getHeader(HttpBinding.JSON_LENGTH)));
    }

    /** The body, inflated; {@code IMAGE_FILE_TOO_LARGE} past the limit, before or after. */
    byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        String coding = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_ENCODING))
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        InputStream body = request.getInputStream();
        byte[] bytes = switch (coding) {
            case "identity" -> plain(body, request.getContentLength());
            case "gzip", "x-gzip" -> inflated(() -> new GZIPInputStream(body, QUARTER_MEGABYTE), request);
            case "deflate" -> inflated(() -> new InflaterInputStream(body), request);
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The content encoding \"%s\" is not known; send gzip, deflate or none.".formatted(coding));
        };
        if (bytes.length > limit) {
            throw tooLarge();
        }
        return bytes;
    }

    private byte[] plain(InputStream body, int announced) throws IOException {
        return announced >= 0 && announced <= QUARTER_MEGABYTE
                ? body.readNBytes(announced)
                : body.readNBytes(limit + 1);
    }

    private interface Inflating {
        InputStream open() throws IOException;
    }

    /**
     * At most one byte past the limit, counted as it comes, since a small body may hold much; closing frees the native
     * memory that inflates.
     */
    private byte[] inflated(Inflating inflating, HttpServletRequest request) throws IOException {
        Request counted = ServletContextRequest.getServletContextRequest(request);
        try (InputStream inflated = inflating.open()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (bytes.size() <= limit) {
                byte[] part = inflated.readNBytes(Math.min(QUARTER_MEGABYTE, limit + 1 - bytes.size()));
                if (part.length == 0) {
                    break;
                }
                BodyLimits.reserve(counted, part.length);
                bytes.write(part);
            }
            return bytes.toByteArray();
        } catch (ZipException | EOFException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The body cannot be inflated: %s.".formatted(e.getMessage()), e);
        }
    }

    private FoveaException tooLarge() {
        return new FoveaException(
                ErrorCode.IMAGE_FILE_TOO_LARGE,
                "The request is larger than %,d bytes. Send less at once or raise limits.max-request-size."
                        .formatted(limit));
    }

    /** Whether a JSON body, if there is one, sets a flag. */
    boolean flag(HttpServletRequest request, String name) throws IOException {
        byte[] body = read(request);
        if (body.length == 0) {
            return false;
        }
        try {
            JsonNode node = json.readTree(body);
            return node.path(name).asBoolean(false);
        } catch (JacksonException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The body is not JSON, %s.".formatted(Json.place(e)), e);
        }
    }

    /** Writes a response, compressed where the caller accepts that. */
    void write(JsonInferWriter.Body body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(
                body.jsonLength().isPresent()
                        ? MediaType.APPLICATION_OCTET_STREAM_VALUE
                        : MediaType.APPLICATION_JSON_VALUE);
        body.jsonLength().ifPresent(length -> response.setIntHeader(HttpBinding.JSON_LENGTH, length));
        Optional<String> coding = body.length() < WORTH_COMPRESSING
                ? Optional.empty()
                : accepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        if (coding.isEmpty()) {
            response.setContentLength(body.length());
            copy(body, response.getOutputStream());
            return;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.get().equals("gzip") ? new GZIPOutputStream(compressed) : new DeflaterOutputStream(compressed)) {
            copy(body, out);
        }
        response.setHeader(HttpHeaders.CONTENT_ENCODING, coding.get());
        response.setContentLength(compressed.size());
        compressed.writeTo(response.getOutputStream());
    }

    private static Optional<String> accepted(@org.jspecify.annotations.Nullable String header) {
        List<String> accepted = Arrays.stream((header == null ? "" : header.toLowerCase(Locale.ROOT)).split(",", -1))
                .map(String::strip)
                .filter(coding -> !REFUSED.matcher(coding).find())
                .map(coding -> coding.replaceFirst("\\s*;.*", ""))
                .toList();
        return Stream.of("gzip", "deflate").filter(accepted::contains).findFirst();
    }

    private static void copy(JsonInferWriter.Body body, OutputStream out) throws IOException {
        for (ByteBuffer part : body.parts()) {
            byte[] bytes = new byte[part.remaining()];
            part.duplicate().get(bytes);
            out.write(bytes);
        }
    }
}
