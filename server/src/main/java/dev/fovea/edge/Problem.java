package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.util.Locale;

/**
 * An error as RFC 9457 problem JSON.
 *
 * @param type leads to the code's section of the documentation, which the server has itself
 */
public record Problem(String type, String title, int status, String detail, String code, String requestId) {

    static Problem of(ErrorCode code, String detail, String requestId) {
        return of(code, Status.of(code).value(), detail, requestId);
    }

    /** With a status of HTTP's own, such as 405, that says more than the code's. */
    static Problem of(ErrorCode code, int status, String detail, String requestId) {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        String type = "/docs/reference/errors#" + code.name().toLowerCase(Locale.ROOT);
        return new Problem(type, title, status, detail, code.name(), requestId);
    }
}
