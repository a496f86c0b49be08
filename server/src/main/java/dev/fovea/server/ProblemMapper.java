package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Every error of the API as problem JSON. Causes and stack traces go to the log and never to a caller. */
@RestControllerAdvice
final class ProblemMapper {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.http");
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<Problem> known(FoveaException e, HttpServletRequest request) {
        HttpStatus status = Status.of(e.code());
        if (status.is5xxServerError() && e.getCause() != null) {
            LOG.error("{} {}: {}", RequestIds.of(request), e.code(), e.getMessage(), e.getCause());
        }
        return problem(e.code(), e.getMessage(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return problem(
                ErrorCode.PICTURE_FILE_TOO_LARGE,
                "The upload is larger than allowed. Send a smaller file or raise max-picture-bytes.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> multipart(MultipartException e, HttpServletRequest request) {
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The multipart body cannot be read. Send one file part, or the picture's bytes as the body.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The body is not the JSON that this request takes; see /v1/openapi.json.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        return problem(
                ErrorCode.ARGUMENT_INVALID,
                "The %s in the path is \"%s\"; it must be a whole number.".formatted(e.getName(), e.getValue()),
                request);
    }

    /** The caller went away while sending; nobody reads the answer. */
    @ExceptionHandler
    ResponseEntity<Problem> gone(IOException e, HttpServletRequest request) {
        return problem(ErrorCode.CANCELLED, "The connection ended before the request was complete.", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e, HttpServletRequest request) {
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
            return entity(problem);
        }
        LOG.error("{} {} {}", RequestIds.of(request), request.getMethod(), request.getRequestURI(), e);
        return problem(
                ErrorCode.INTERNAL,
                "Something went wrong that should not; the log has it under this request id.",
                request);
    }

    private static ResponseEntity<Problem> problem(ErrorCode code, String detail, HttpServletRequest request) {
        Problem problem = Problem.of(code, detail, RequestIds.of(request));
        return entity(problem);
    }

    private static ResponseEntity<Problem> entity(Problem problem) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.TOO_MANY_REQUESTS.value()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return response.body(problem);
    }
}
