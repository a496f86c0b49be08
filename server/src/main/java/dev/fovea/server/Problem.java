package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** An error as RFC 9457 problem JSON. */
record Problem(String type, String title, int status, String detail, String code, String requestId) {

    static Problem of(ErrorCode code, String detail, String requestId) {
        HttpStatus status = Status.of(code);
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return new Problem(
                "https://fovea.dev/errors/" + code.name(), title, status.value(), detail, code.name(), requestId);
    }
}
