package dev.fovea.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Why a tree does not fit a record, in our words.
 *
 * @param name of the document
 * @param code of the error
 * @param tree what was to be bound
 */
record BindingFault(String name, ErrorCode code, JsonNode tree) {

    private static final int LONGEST = 80;

    FoveaException of(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FoveaException known) {
                return known;
            }
        }
        JsonNode value = tree;
        StringBuilder path = new StringBuilder(name);
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append("[%d]".formatted(step.getIndex()));
                value = value.path(step.getIndex());
            } else {
                path.append('.').append(step.getPropertyName());
                value = value.path(step.getPropertyName());
            }
        }
        return new FoveaException(code, path + message(e, value) + ".", e);
    }

    private static String message(JacksonException e, JsonNode value) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return " is not known; known here are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .collect(Collectors.toCollection(TreeSet::new))
                            .stream()
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof InvalidTypeIdException kind) {
            return kind(kind, value);
        }
        if (value.isMissingNode() || value.isNull()) {
            return " is missing";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return " must be %s but is %s".formatted(expected(mismatch.getTargetType()), shown(value));
        }
        if (e instanceof InputCoercionException mismatch) {
            return " must be %s but is %s".formatted(expected(mismatch.getTargetType()), shown(value));
        }
        return e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof ArithmeticException
                ? ": " + e.getCause().getMessage()
                : " is %s, which cannot be read".formatted(shown(value));
    }

    private static String kind(InvalidTypeIdException e, JsonNode value) {
        Class<?> base = e.getBaseType().getRawClass();
        String property = base.getAnnotation(JsonTypeInfo.class).property();
        String kinds = Arrays.stream(base.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", "));
        JsonNode given = value.path(property);
        return given.isMissingNode() || given.isNull()
                ? ".%s is missing; it must be one of %s".formatted(property, kinds)
                : ".%s is %s; it must be one of %s".formatted(property, shown(given), kinds);
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> EnumWords.word((Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == Duration.class) {
            return "a duration, such as 250ms or 30s,";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        boolean list = type.isArray() || Collection.class.isAssignableFrom(type);
        return list && !Map.class.isAssignableFrom(type) ? "a list […]" : "an object {…}";
    }

    private static String shown(JsonNode value) {
        if (value.isContainer()) {
            return value.isArray() ? "a list […]" : "an object {…}";
        }
        String text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
