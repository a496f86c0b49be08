package dev.fovea.edge;

import dev.fovea.edge.telemetry.FailedRequest;
import dev.fovea.edge.telemetry.FailureLog;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error of the API in the form of its path. Causes and stack traces go to the log and never to a caller. */
@RestControllerAdvice
public final class ProblemMapper {

    private static final FailureLog LOG = new FailureLog(LoggerFactory.getLogger("fovea.http"));

    /**
     * The response to a request that failed.
     *
     * @param retryAfter seconds, where trying again helps
     */
    public record ProblemResponse(Problem problem, Optional<String> retryAfter) {

        private ProblemResponse(Problem problem) {
            this(
                    problem,
                    problem.status() == HttpStatus.TOO_MANY_REQUESTS.value() ? Optional.of("1") : Optional.empty());
        }

        private ResponseEntity<byte[]> entity(FailedRequest request) {
            HttpHeaders headers = new HttpHeaders();
            retryAfter.ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds));
            return ProblemMapper.entity(problem, headers, request);
        }
    }

    private static FailedRequest failed(HttpServletRequest request) {
        return new FailedRequest(RequestIds.of(request), request.getMethod(), request.getServletPath());
    }

    /** The response to an error, wherever it was thrown. */
    public static ProblemResponse response(Exception e, FailedRequest request) {
        return switch (e) {
            case FoveaException known -> known(known, request);
            case HttpException http -> http(http, request);
            case IOException gone -> gone(gone, request);
            default -> unexpected(e, request);
        };
    }

    @ExceptionHandler
    ResponseEntity<byte[]> any(Exception e, HttpServletRequest request) {
        return e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()
                ? refused(response, failed(request))
                : response(e, failed(request)).entity(failed(request));
    }

    private static ProblemResponse known(FoveaException e, FailedRequest request) {
        HttpStatus status = Status.of(e.code());
        if (status.is5xxServerError()) {
            LOG.known(e, request);
        }
        Problem problem = Problem.of(e.code(), e.getMessage(), request.id());
        return e.retryAfter()
                .map(time -> new ProblemResponse(problem, Optional.of(seconds(time))))
                .orElseGet(() -> new ProblemResponse(problem));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return last(entity(
                ErrorCode.IMAGE_FILE_TOO_LARGE,
                "The upload is larger than allowed. Send a smaller file or raise limits.max-image-size.",
                failed(request)));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> multipart(MultipartException e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                return last(http(http, failed(request)).entity(failed(request)));
            }
        }
        return last(entity(
                ErrorCode.ARGUMENT_INVALID,
                "The multipart body cannot be read. Send one file part, or the image's bytes as the body.",
                failed(request)));
    }

    /**
     * The last response on its connection. Jetty closes the connection after a form that it could not parse; a caller
     * who does not know would lose the next request.
     */
    private static ResponseEntity<byte[]> last(ResponseEntity<byte[]> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.CONNECTION, "close")
                .body(response.getBody());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                return http(http, failed(request)).entity(failed(request));
            }
        }
        return entity(
                ErrorCode.ARGUMENT_INVALID,
                "The body is not the JSON that this request takes%s; see /v1/openapi.json.".formatted(where(e)),
                failed(request));
    }

    /** The field that is wrong, or the place where the text stops being JSON. */
    private static String where(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown ->
                ": the field \"%s\" is unknown; the fields are %s"
                        .formatted(
                                unknown.getPropertyName(),
                                unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            case InvalidTypeIdException kind ->
                kind.getTypeId() == null
                        ? ": the field \"type\" is missing"
                        : ": the type \"%s\" is unknown".formatted(kind.getTypeId());
            case DatabindException wrong
            when !wrong.getPath().isEmpty() ->
                ": the field \"%s\" has a value of the wrong kind"
                        .formatted(wrong.getPath().stream()
                                .map(JacksonException.Reference::getPropertyName)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(".")));
            case JacksonException broken
            when broken.getLocation() != null ->
                ": line %d, column %d"
                        .formatted(
                                broken.getLocation().getLineNr(),
                                broken.getLocation().getColumnNr());
            case null, default -> "";
        };
    }

    @ExceptionHandler
    ResponseEntity<byte[]> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        return entity(
                ErrorCode.ARGUMENT_INVALID,
                "\"%s\" is \"%s\"; it must be %s."
                        .formatted(
                                e.getName(),
                                e.getValue(),
                                e.getRequiredType() == boolean.class ? "true or false" : "a whole number"),
                failed(request));
    }

    /** The caller went away while sending; nobody reads the response. */
    private static ProblemResponse gone(IOException e, FailedRequest request) {
        if (e.getCause() instanceof TimeoutException) {
            return tooSlow(request);
        }
        return problem(ErrorCode.CANCELLED, "The connection ended before the request was complete.", request);
    }

    /** What the HTTP server throws from within reading a body: too slow a sender, a broken encoding. */
    private static ProblemResponse http(HttpException e, FailedRequest request) {
        if (e.getCode() == HttpStatus.TOO_MANY_REQUESTS.value()) {
            return problem(ErrorCode.OVERLOADED, BodyLimits.TOO_MUCH, request);
        }
        if (e.getCode() == HttpStatus.CONTENT_TOO_LARGE.value()) {
            return problem(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The inflated body is larger than allowed. Send a smaller file or raise limits.max-image-size.",
                    request);
        }
        return e.getCode() == HttpStatus.REQUEST_TIMEOUT.value()
                ? tooSlow(request)
                : problem(
                        ErrorCode.ARGUMENT_INVALID,
                        "The body cannot be read: %s. Send it anew.".formatted(e.getReason()),
                        request);
    }

    private static ProblemResponse tooSlow(FailedRequest request) {
        return new ProblemResponse(Problem.of(
                ErrorCode.DEADLINE_EXCEEDED,
                HttpStatus.REQUEST_TIMEOUT.value(),
                "The body came too slowly or stopped before it was complete. Send it again without pauses.",
                request.id()));
    }

    /** What the framework refuses: paths, methods and types that do not exist. */
    private static ResponseEntity<byte[]> refused(ErrorResponse response, FailedRequest request) {
        boolean missing = response.getStatusCode().value() == HttpStatus.NOT_FOUND.value();
        String detail = missing
                ? "There is nothing at %s %s; see /v1/openapi.json.".formatted(request.method(), request.path())
                : allowed(response, request);
        Problem problem = Problem.of(
                missing ? ErrorCode.NOT_FOUND : ErrorCode.ARGUMENT_INVALID,
                response.getStatusCode().value(),
                detail,
                request.id());
        return entity(problem, response.getHeaders(), request);
    }

    /** What would be taken instead. */
    private static String allowed(ErrorResponse response, FailedRequest request) {
        return switch (response) {
            case HttpRequestMethodNotSupportedException e ->
                "%s is not allowed at %s. Use %s."
                        .formatted(
                                e.getMethod(),
                                request.path(),
                                e.getSupportedMethods() == null
                                        ? "another path"
                                        : String.join(" or ", new TreeSet<>(List.of(e.getSupportedMethods()))));
            case HttpMediaTypeNotSupportedException e ->
                "The content type \"%s\" is not supported at %s %s. Send %s, with this header: \"Content-Type: %s\"."
                        .formatted(
                                e.getContentType() == null ? "" : e.getContentType(),
                                request.method(),
                                request.path(),
                                isJson(e) ? "JSON" : "one of " + MediaType.toString(e.getSupportedMediaTypes()),
                                isJson(e)
                                        ? MediaType.APPLICATION_JSON
                                        : e.getSupportedMediaTypes().getFirst());
            case HttpMediaTypeNotAcceptableException e ->
                "The response at %s has none of the types that the header Accept lists. Accept %s."
                        .formatted(
                                request.path(),
                                isJson(e)
                                        ? MediaType.APPLICATION_JSON
                                        : MediaType.toString(e.getSupportedMediaTypes()));
            default -> String.valueOf(response.getBody().getDetail());
        };
    }

    private static boolean isJson(HttpMediaTypeException e) {
        return e.getSupportedMediaTypes().isEmpty()
                || e.getSupportedMediaTypes().contains(MediaType.APPLICATION_JSON);
    }

    private static ProblemResponse unexpected(Exception e, FailedRequest request) {
        LOG.unexpected(e, request);
        return problem(
                ErrorCode.INTERNAL,
                "Something went wrong that should not; the log has it under this request id.",
                request);
    }

    private static ProblemResponse problem(ErrorCode code, String detail, FailedRequest request) {
        return new ProblemResponse(Problem.of(code, detail, request.id()));
    }

    private static ResponseEntity<byte[]> entity(ErrorCode code, String detail, FailedRequest request) {
        return problem(code, detail, request).entity(request);
    }

    private static ResponseEntity<byte[]> entity(Problem problem, HttpHeaders headers, FailedRequest request) {
        HttpHeaders own = HttpHeaders.copyOf(headers);
        own.setContentType(ProblemWriter.contentType(request.path()));
        return ResponseEntity.status(problem.status()).headers(own).body(ProblemWriter.bytes(request.path(), problem));
    }

    /** At least one. */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, Math.ceilDiv(duration.toMillis(), 1000L)));
    }
}
