package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import org.eclipse.jetty.http.HttpField;

/**
 * Why a request is turned away before the framework sees it.
 *
 * @param status the code's own, or one of HTTP's that says more
 * @param headers of the answer
 */
record Refusal(ErrorCode code, int status, String detail, HttpField... headers) {

    static Refusal of(ErrorCode code, String detail, HttpField... headers) {
        return new Refusal(code, Status.of(code).value(), detail, headers);
    }
}
