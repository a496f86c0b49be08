package dev.fovea.model.json;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object strictly: a missing, misspelt or mistyped field is an error that names it. A
 * reader remembers which fields were read, so that {@link #refuseOthers} can name unknown ones.
 */
public final class JsonFields {

    private final JsonNode object;
    private final String path;
    private final ErrorCode code;
    private final Set<String> known = new TreeSet<>();

    /**
     * Reads an object.
     *
     * @param path what messages call it
     * @param code of every error
     */
    public JsonFields(JsonNode object, String path, ErrorCode code) {
        this.object = object;
        this.path = path;
        this.code = code;
        if (!object.isObject()) {
            throw error("%s must be an object {…} but is %s".formatted(path, object));
        }
    }

    /** Whether there is such a field that is not null. */
    public boolean has(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value != null && !value.isNull();
    }

    /** The value of a field that must be there. */
    public JsonNode node(String name) {
        if (!has(name)) {
            throw error("%s is missing".formatted(at(name)));
        }
        return object.get(name);
    }

    /** An object within this one. */
    public JsonFields object(String name) {
        return new JsonFields(node(name), at(name), code);
    }

    /** A text. */
    public String text(String name) {
        JsonNode value = node(name);
        if (!value.isString()) {
            throw error("%s must be a text but is %s".formatted(at(name), value));
        }
        return value.stringValue();
    }

    /** A number. */
    public double number(String name) {
        JsonNode value = node(name);
        if (!value.isNumber()) {
            throw error("%s must be a number but is %s".formatted(at(name), value));
        }
        return value.doubleValue();
    }

    /** True or false. */
    public boolean flag(String name) {
        JsonNode value = node(name);
        if (!value.isBoolean()) {
            throw error("%s must be true or false but is %s".formatted(at(name), value));
        }
        return value.booleanValue();
    }

    /** A whole number. */
    public int integer(String name) {
        return integerOf(name, node(name));
    }

    /** A list of whole numbers. */
    public List<Integer> integers(String name) {
        List<Integer> values = new ArrayList<>();
        array(name).forEach(value -> values.add(integerOf(name, value)));
        return values;
    }

    /** A list of numbers. */
    public List<Double> numbers(String name) {
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
    public List<String> texts(String name) {
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
    public List<JsonNode> array(String name) {
        JsonNode value = node(name);
        if (!value.isArray()) {
            throw error("%s must be a list […] but is %s".formatted(at(name), value));
        }
        List<JsonNode> values = new ArrayList<>();
        value.forEach(values::add);
        return values;
    }

    /** One of an enum's constants, written in lower case with hyphens or as the constant itself. */
    public <T extends Enum<T>> T choice(String name, Class<T> type) {
        String text = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> same(constant, text))
                .findFirst()
                .orElseThrow(() -> error("%s is \"%s\"; it must be one of %s"
                        .formatted(
                                at(name),
                                text,
                                Arrays.stream(type.getEnumConstants())
                                        .map(JsonFields::word)
                                        .collect(Collectors.joining(", ")))));
    }

    /** The same where the field may be missing. */
    public <T extends Enum<T>> Optional<T> optionalChoice(String name, Class<T> type) {
        return has(name) ? Optional.of(choice(name, type)) : Optional.empty();
    }

    /** Fails when the object has a field that was never read. */
    public void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw error("%s is not known; known here are %s".formatted(at(name), String.join(", ", known)));
            }
        }
    }

    /** How a constant is written in JSON. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An error of this reader's code, with a full stop. */
    public FoveaException error(String message) {
        return new FoveaException(code, message + ".");
    }

    private static boolean same(Enum<?> constant, String text) {
        return word(constant).equalsIgnoreCase(text.replace('_', '-'));
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
