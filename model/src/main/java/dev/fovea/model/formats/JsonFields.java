package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads single fields of one JSON object that another tool wrote; most of its fields do not matter here. A missing or
 * mistyped field is an error that names it.
 */
final class JsonFields {

    private final JsonNode object;
    private final String path;
    private final ErrorCode code;

    /**
     * Reads an object.
     *
     * @param path what messages call it
     * @param code of every error
     */
    JsonFields(JsonNode object, String path, ErrorCode code) {
        this.object = object;
        this.path = path;
        this.code = code;
        if (!object.isObject()) {
            throw error("%s must be an object {…} but is %s".formatted(path, object));
        }
    }

    /** Whether there is such a field that is not null. */
    boolean has(String name) {
        JsonNode value = object.get(name);
        return value != null && !value.isNull();
    }

    /** The value of a field that must be there. */
    JsonNode node(String name) {
        if (!has(name)) {
            throw error("%s is missing".formatted(at(name)));
        }
        return object.get(name);
    }

    /** An object within this one. */
    JsonFields object(String name) {
        return new JsonFields(node(name), at(name), code);
    }

    /** A text. */
    String text(String name) {
        JsonNode value = node(name);
        if (!value.isString()) {
            throw error("%s must be a text but is %s".formatted(at(name), value));
        }
        return value.stringValue();
    }

    /** A number. */
    double number(String name) {
        JsonNode value = node(name);
        if (!value.isNumber()) {
            throw error("%s must be a number but is %s".formatted(at(name), value));
        }
        return value.doubleValue();
    }

    /** True or false. */
    boolean flag(String name) {
        JsonNode value = node(name);
        if (!value.isBoolean()) {
            throw error("%s must be true or false but is %s".formatted(at(name), value));
        }
        return value.booleanValue();
    }

    /** A whole number. */
    int integer(String name) {
        return integerOf(name, node(name));
    }

    /** A list of whole numbers. */
    List<Integer> integers(String name) {
        List<Integer> values = new ArrayList<>();
        array(name).forEach(value -> values.add(integerOf(name, value)));
        return values;
    }

    /** A list of numbers. */
    List<Double> numbers(String name) {
        List<Double> values = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isNumber()) {
                throw error("%s must hold numbers but holds %s".formatted(at(name), value));
            }
            values.add(value.doubleValue());
        }
        return values;
    }

    /** A list of texts. */
    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isString()) {
                throw error("%s must hold texts but holds %s".formatted(at(name), value));
            }
            values.add(value.stringValue());
        }
        return values;
    }

    /** A list of anything. */
    List<JsonNode> array(String name) {
        JsonNode value = node(name);
        if (!value.isArray()) {
            throw error("%s must be a list […] but is %s".formatted(at(name), value));
        }
        List<JsonNode> values = new ArrayList<>();
        value.forEach(values::add);
        return values;
    }

    /** An error of this reader's code, with a full stop. */
    FoveaException error(String message) {
        return new FoveaException(code, message + ".");
    }

    private int integerOf(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw error("%s must hold whole numbers but holds %s".formatted(at(name), value));
        }
        return value.intValue();
    }

    private String at(String name) {
        return path + "." + name;
    }
}
