package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** Which message is read, for the words of errors. */
enum MessageKind {
    REQUEST("request", "input"),
    RESPONSE("response", "output");

    private final String word;
    private final String tensor;

    MessageKind(String word, String tensor) {
        this.word = word;
        this.tensor = tensor;
    }

    String word() {
        return word;
    }

    /** What its tensors are. */
    String tensor() {
        return tensor;
    }

    FoveaException malformed(String what, String expected) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "In the inference %s %s must be %s.".formatted(word, what, expected));
    }
}
