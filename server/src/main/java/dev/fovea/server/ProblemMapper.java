package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error of the API in the form of its path. Causes and stack traces go to the log and never to a caller. */
@RestControllerAdvice
final class ProblemMapper {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.http");
    private static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    /** What a caller outside the framework is told of an error. */
    ResponseEntity<byte[]> of(Exception e, HttpServletRequest request) {
        return switch (e) {
            case FoveaException known -> known(known, request);
            case IOException gone -> gone(gone, request);
            default -> unexpected(e, request);
        };
    }

    @ExceptionHandler
    ResponseEntity<byte[]> known(FoveaException e, HttpServletRequest request) {
        HttpStatus status = Status.of(e.code());
        if (status.is5xxServerError() && e.getCause() != null) {
            LOG.error("{} {}: {}", RequestIds.of(request), e.code(), e.getMessage(), e.getCause());
        }
        return entity(
                Problem.of(e.code(), e.getMessage(), RequestIds.of(request)),
                e.retryAfter().map(ProblemMapper::retryAfter).orElse(HttpHeaders.EMPTY),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return problem(
                ErrorCode.PICTURE_FILE_TOO_LARGE,
                "The upload is larger than allowed. Send a smaller file or raise max-picture-bytes.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> multipart(MultipartException e, HttpServletRequest request) {
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The multipart body cannot be read. Send one file part, or the picture's bytes as the body.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The body is not the JSON that this request takes%s; see /v1/openapi.json.".formatted(where(e)),
                request);
    }

    /** The field that is wrong, or the place where the text stops being JSON. */
    private static String where(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown ->
                ": the field \"%s\" is unknown".formatted(unknown.getPropertyName());
            case DatabindException wrong
            when !wrong.getPath().isEmpty() ->
                ": the field \"%s\" has a value of the wrong kind"
                        .formatted(wrong.getPath().getLast().getPropertyName());
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
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The %s in the path is \"%s\"; it must be a whole number.".formatted(e.getName(), e.getValue()),
                request);
    }

    /** The caller went away while sending; nobody reads the answer. */
    @ExceptionHandler
    ResponseEntity<byte[]> gone(IOException e, HttpServletRequest request) {
        if (e.getCause() instanceof TimeoutException) {
            return tooSlow(request);
        }
        return problem(ErrorCode.CANCELLED, "The connection ended before the request was complete.", request);
    }

    /** What the HTTP server throws from within reading a body: too slow a sender, a broken encoding. */
    private static ResponseEntity<byte[]> http(HttpException e, HttpServletRequest request) {
        return e.getCode() == HttpStatus.REQUEST_TIMEOUT.value()
                ? tooSlow(request)
                : problem(
                        ErrorCode.ARGUMENT_INVALID,
                        "The body cannot be read: %s. Send it anew.".formatted(e.getReason()),
                        request);
    }

    private static ResponseEntity<byte[]> tooSlow(HttpServletRequest request) {
        return entity(
                Problem.of(
                        ErrorCode.DEADLINE_EXCEEDED,
                        HttpStatus.REQUEST_TIMEOUT.value(),
                        "The body came too slowly or stopped before it was complete. Send it again without pauses.",
                        RequestIds.of(request)),
                HttpHeaders.EMPTY,
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unexpected(Exception e, HttpServletRequest request) {
        if (e instanceof HttpException http) {
            return http(http, request);
        }
        if (e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            boolean missing = response.getStatusCode().value() == HttpStatus.NOT_FOUND.value();
            String detail = missing
                    ? "There is nothing at %s %s; see /v1/openapi.json."
                            .formatted(request.getMethod(), request.getRequestURI())
                    : String.valueOf(response.getBody().getDetail());
            Problem problem = Problem.of(
                    missing ? ErrorCode.NOT_FOUND : ErrorCode.ARGUMENT_INVALID,
                    response.getStatusCode().value(),
                    detail,
                    RequestIds.of(request));
            return entity(problem, response.getHeaders(), request);
        }
        LOG.error("{} {} {}", RequestIds.of(request), request.getMethod(), request.getRequestURI(), e);
        return problem(
                ErrorCode.INTERNAL,
                "Something went wrong that should not; the log has it under this request id.",
                request);
    }

    private static ResponseEntity<byte[]> problem(ErrorCode code, String detail, HttpServletRequest request) {
        return entity(Problem.of(code, detail, RequestIds.of(request)), HttpHeaders.EMPTY, request);
    }

    private static ResponseEntity<byte[]> entity(Problem problem, HttpHeaders headers, HttpServletRequest request) {
        HttpHeaders own = HttpHeaders.copyOf(headers);
        own.setContentType(ProblemWriter.contentType(request));
        if (problem.status() == HttpStatus.TOO_MANY_REQUESTS.value() && !own.containsHeader(HttpHeaders.RETRY_AFTER)) {
            own.addAll(retryAfter(USUAL_RETRY));
        }
        return ResponseEntity.status(problem.status()).headers(own).body(ProblemWriter.bytes(request, problem));
    }

    private static HttpHeaders retryAfter(Duration duration) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, Math.ceilDiv(duration.toMillis(), 1000L))));
        return headers;
    }
}
