package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import org.eclipse.jetty.http.HttpField;

/**
 * Why a request is refused before the framework sees it.
 *
 * @param status the code's own, or one of HTTP's that says more
 * @param headers of the response
 */
record RequestRefusal(ErrorCode code, int status, String detail, HttpField... headers) {

    static RequestRefusal of(ErrorCode code, String detail, HttpField... headers) {
        return new RequestRefusal(code, Status.of(code).value(), detail, headers);
    }
}
