package dev.fovea.remote.protocol;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.json.Json;
import dev.fovea.remote.provider.ErrorText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a JSON response with its path. Unknown fields are ignored, as services add some. A required field that is
 * missing or of the wrong type is {@link AttemptProblem#MALFORMED}, and the text names it.
 */
record ResponsePart(JsonNode node, String path) {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** Confidences that rounding has pushed past 1 are 1; larger ones are invalid. */
    private static final double ROUNDING = 1e-3;

    /** A body that must be one JSON object. */
    static ResponsePart parse(byte[] body) {
        try {
            ResponsePart response = new ResponsePart(MAPPER.readTree(body), "");
            if (!response.node.isObject()) {
                throw malformed("the response must be a JSON object");
            }
            return response;
        } catch (JacksonException e) {
            throw malformed("the response is not JSON, %s", Json.place(e));
        }
    }

    /** A field that may be missing or null. */
    Optional<ResponsePart> optional(String name) {
        requireObject();
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new ResponsePart(value, at(name)));
    }

    ResponsePart field(String name) {
        return optional(name).orElseThrow(() -> malformed("%s is missing", at(name)));
    }

    /** The elements of an array; none where the field is missing, as services leave empty arrays out. */
    List<ResponsePart> items(String name) {
        return optional(name).map(ResponsePart::items).orElse(List.of());
    }

    /** The elements of this array. */
    List<ResponsePart> items() {
        if (!node.isArray()) {
            throw wrong("an array");
        }
        List<ResponsePart> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new ResponsePart(node.get(i), "%s[%d]".formatted(path, i)));
        }
        return items;
    }

    String text(String name) {
        return field(name).text();
    }

    String text() {
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    double number(String name) {
        return field(name).number();
    }

    /** A finite number. */
    double number() {
        double number = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrong("a number");
        }
        return number;
    }

    /** A number from 0 to the scale as a confidence in [0, 1]. */
    double confidence(String name, double scale) {
        ResponsePart field = field(name);
        double confidence = field.number() / scale;
        if (confidence < 0 || confidence > 1 + ROUNDING) {
            throw field.wrong("a confidence of 0 to %s".formatted(scale));
        }
        return Math.min(1, confidence);
    }

    /** That this part is not what it must be. */
    AttemptFailed wrong(String mustBe) {
        return malformed("%s must be %s but is %s", path.isEmpty() ? "the response" : path, mustBe, shown());
    }

    @FormatMethod
    static AttemptFailed malformed(String format, Object... values) {
        return new AttemptFailed(AttemptProblem.MALFORMED, "sent an invalid response: " + format.formatted(values));
    }

    private void requireObject() {
        if (!node.isObject()) {
            throw wrong("an object {…}");
        }
    }

    /** Containers by their kind: printing one may be costly. */
    private String shown() {
        return node.isContainer() ? (node.isArray() ? "an array" : "an object") : ErrorText.shortened(node.toString());
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
