package dev.fovea.traffic.truth;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A business figure of a request, such as a sale or a returned part.
 *
 * @param request the request's id; empty where the key is given
 * @param key the caller's key, which joins the figure to the newest prediction for it before {@code time}
 * @param name of the figure, such as {@code revenue}
 * @param value at most 1e15 from 0
 * @param time when it came about
 */
public record Kpi(Optional<String> request, Optional<String> key, String name, double value, Instant time) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MAX_ID = 256;

    /** Squares of larger values would not add up. */
    private static final double MAX_VALUE = 1e15;

    public Kpi {
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", name, "it has 1 to 64 of A-Z a-z 0-9 _ . -");
        }
        if (!(Math.abs(value) <= MAX_VALUE)) {
            throw invalid("value", String.valueOf(value), "it must be a number from -1e15 to 1e15");
        }
        if (request.isPresent() == key.isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The figure \"%s\" has %s. Give either request_id or key."
                            .formatted(
                                    name,
                                    request.isPresent() ? "a request_id and a key" : "neither request_id nor key"));
        }
        String id = request.or(() -> key).orElseThrow();
        if (id.isBlank() || id.length() > MAX_ID || !Printable.isPlain(id)) {
            throw invalid(request.isPresent() ? "request_id" : "key", id, "it has 1 to 256 printable characters");
        }
    }

    private static FoveaException invalid(String field, String value, String rule) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "\"%s\" is \"%s\"; %s.".formatted(field, Printable.brief(value), rule));
    }
}
