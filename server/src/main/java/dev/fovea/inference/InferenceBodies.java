package dev.fovea.inference;

import dev.fovea.edge.BodyBytes;
import dev.fovea.edge.BodyLimits;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.protocol.JsonInferWriter;
import jakarta.servlet.http.HttpServletRequest;
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
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
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

    private static final HttpField JSON =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    private static final HttpField BINARY = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, HttpBinding.BINARY);

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
    static OptionalInt jsonLength(Request request) {
        return HttpBinding.jsonLength(Optional.ofNullable(request.getHeaders().get(HttpBinding.JSON_LENGTH)));
    }

    /**
     * The body, inflated; {@code IMAGE_FILE_TOO_LARGE} past the limit, before or after.
     *
     * @param body of the request, as it was sent
     */
    byte[] read(Request request, InputStream body) throws IOException {
        if (request.getLength() > limit) {
            throw tooLarge();
        }
        String coding = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        byte[] bytes = switch (coding) {
            case "identity" -> BodyBytes.read(body, request.getLength(), limit);
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

    private interface Inflating {
        InputStream open() throws IOException;
    }

    /**
     * At most one byte past the limit, counted as it comes, since a small body may hold much; closing frees the native
     * memory that inflates.
     */
    private byte[] inflated(Inflating inflating, Request request) throws IOException {
        try (InputStream inflated = inflating.open()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (bytes.size() <= limit) {
                byte[] part = inflated.readNBytes(Math.min(QUARTER_MEGABYTE, limit + 1 - bytes.size()));
                if (part.length == 0) {
                    break;
                }
                BodyLimits.reserve(request, part.length);
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
        byte[] body = read(ServletContextRequest.getServletContextRequest(request), request.getInputStream());
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
    void write(JsonInferWriter.Body body, Request request, Response response, Callback callback) throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(body.jsonLength().isPresent() ? BINARY : JSON);
        body.jsonLength().ifPresent(length -> headers.put(HttpBinding.JSON_LENGTH, Integer.toString(length)));
        byte[] bytes = body.bytes();
        Optional<String> coding = bytes.length < WORTH_COMPRESSING
                ? Optional.empty()
                : accepted(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING));
        coding.ifPresent(name -> headers.put(HttpHeader.CONTENT_ENCODING, name));
        response.write(true, ByteBuffer.wrap(coding.isEmpty() ? bytes : compressed(bytes, coding.get())), callback);
    }

    private static byte[] compressed(byte[] bytes, String coding) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("gzip") ? new GZIPOutputStream(compressed) : new DeflaterOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static Optional<String> accepted(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        List<String> accepted = Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .filter(coding -> !REFUSED.matcher(coding).find())
                .map(coding -> coding.replaceFirst("\\s*;.*", ""))
                .toList();
        return Stream.of("gzip", "deflate").filter(accepted::contains).findFirst();
    }
}
