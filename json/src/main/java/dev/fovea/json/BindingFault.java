package dev.fovea.json;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Why a tree does not fit a record, in our words.
 *
 * @param config of the mapper that failed
 * @param name of the document
 * @param code of the error
 * @param tree what was to be bound
 */
record BindingFault(DeserializationConfig config, String name, ErrorCode code, JsonNode tree) {

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

    private String message(JacksonException e, JsonNode value) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return " is not known; known here are "
                    + String.join(", ", fields(config.constructType(unknown.getReferringClass())));
        }
        if (e instanceof InvalidTypeIdException kind) {
            return value.isObject() ? kind(kind, value) : " must be an object {…} but is " + shown(value);
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

    /** The names of a record's fields and of those of its unwrapped records, in order of the alphabet. */
    private TreeSet<String> fields(JavaType type) {
        ClassIntrospector introspector = config.classIntrospectorInstance();
        TreeSet<String> names = new TreeSet<>();
        for (BeanPropertyDefinition field : introspector
                .introspectForDeserialization(type, introspector.introspectClassAnnotations(type))
                .findProperties()) {
            boolean unwrapped =
                    config.getAnnotationIntrospector().findUnwrappingNameTransformer(config, field.getPrimaryMember())
                            != null;
            names.addAll(unwrapped ? fields(field.getPrimaryType()) : Set.of(field.getName()));
        }
        return names;
    }

    private String kind(InvalidTypeIdException e, JsonNode value) {
        AnnotationIntrospector annotations = config.getAnnotationIntrospector();
        AnnotatedClass base = config.classIntrospectorInstance().introspectClassAnnotations(e.getBaseType());
        String property = annotations.findPolymorphicTypeInfo(config, base).getPropertyName();
        String kinds = annotations.findSubtypes(config, base).stream()
                .map(NamedType::getName)
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
        String simple = type.getSimpleName().toLowerCase(Locale.ROOT).replace("optional", "");
        if (simple.equals("double") || simple.equals("float")) {
            return "a number";
        }
        if (simple.startsWith("int") || simple.equals("long")) {
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
