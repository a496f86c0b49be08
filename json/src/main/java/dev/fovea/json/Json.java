package dev.fovea.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Documents of one kind: read strictly into records and written from them. Names are in snake_case, constants of enums
 * in lower case with hyphens, durations as {@code 250ms} or {@code 30s}. Reading refuses unknown, missing, repeated and
 * mistyped fields, numbers that are not finite, and text after the document; each error has the document's code and
 * names the field by its path, as {@code decoder.strides[2]}. A {@code FoveaException} that a record's constructor
 * throws passes as it is. Thread-safe.
 */
public final class Json {

    private static final JsonMapper STRICT = strict();

    private final JsonMapper mapper;
    private final String name;
    private final ErrorCode code;

    private Json(JsonMapper mapper, String name, ErrorCode code) {
        this.mapper = mapper;
        this.name = name;
        this.code = code;
    }

    /**
     * Documents that are read and written here.
     *
     * @param name what messages call the document, such as {@code decoder}
     * @param code of every error
     */
    public static Json of(String name, ErrorCode code) {
        return new Json(STRICT, name, code);
    }

    /** The same documents under another name, such as a file's. */
    public Json named(String other) {
        return new Json(mapper, other, code);
    }

    /** The same with types described from outside, for classes of rooms that know nothing of JSON. */
    public Json with(Consumer<JsonMapper.Builder> described) {
        JsonMapper.Builder builder = mapper.rebuild();
        described.accept(builder);
        return new Json(builder.build(), name, code);
    }

    /** The same, passing over fields that are unknown: for what other programs or other versions of this one write. */
    public Json lenient() {
        return with(builder -> builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    /** Numbers are no texts, and texts, blank ones among them, are no numbers. */
    public static JsonMapper.Builder strictScalars(JsonMapper.Builder builder) {
        builder.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, coercion -> {
                    coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    coercion.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    coercion.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
        for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            builder.withCoercionConfig(type, coercion -> {
                coercion.setAcceptBlankAsEmpty(false);
                coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
            });
        }
        return builder;
    }

    private static JsonMapper strict() {
        return strictScalars(JsonMapper.builder())
                .annotationIntrospector(new EnumWords())
                .addModule(new DurationModule())
                .addModule(FiniteNumber.module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .build();
    }

    /** A document as a tree, each of whose fields stands in it once. */
    public JsonNode parse(String json) {
        return tree(() -> mapper.readTree(json));
    }

    /** Reads a document. */
    public <T> T read(String json, Class<T> type) {
        return bind(parse(json), type);
    }

    /** Reads a document in UTF-8. */
    public <T> T read(byte[] json, Class<T> type) {
        return bind(tree(() -> mapper.readTree(json)), type);
    }

    /** Binds a value that is part of another document. */
    public <T> T bind(JsonNode tree, Class<T> type) {
        if (tree.isNull() || tree.isMissingNode()) {
            throw new FoveaException(code, "%s is missing.".formatted(name));
        }
        try {
            return mapper.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new BindingFault(mapper.deserializationConfig(), name, code, tree).of(e);
        }
    }

    /** The value, with each field that it leaves out taken from the defaults, in nested objects as well. */
    public JsonNode withDefaults(JsonNode value, Object defaults) {
        return merged(value, mapper.valueToTree(defaults));
    }

    private static JsonNode merged(JsonNode value, JsonNode defaults) {
        if (!(value instanceof ObjectNode given) || !defaults.isObject()) {
            return value.isMissingNode() ? defaults : value;
        }
        ObjectNode merged = given.deepCopy();
        defaults.properties()
                .forEach(field -> merged.set(field.getKey(), merged(given.path(field.getKey()), field.getValue())));
        return merged;
    }

    private interface Parsing {
        JsonNode parse();
    }

    private JsonNode tree(Parsing parsing) {
        try {
            return parsing.parse();
        } catch (DatabindException e) {
            String field = e.processor() instanceof JsonParser parser ? String.valueOf(parser.currentName()) : "";
            throw new FoveaException(
                    code, "%s has the field \"%s\" twice, %s. Remove one.".formatted(name, field, place(e)), e);
        } catch (JacksonException e) {
            throw new FoveaException(code, "%s is not JSON, %s. Correct or remove it.".formatted(name, place(e)), e);
        }
    }

    /** Where reading failed, as {@code at line 3, column 7}. */
    public static String place(JacksonException e) {
        return e.getLocation() == null
                ? "at its start"
                : "at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    /** Writes a document on one line. */
    public String write(Object document) {
        return mapper.writeValueAsString(document);
    }

    /** Writes a document with line breaks. */
    public String pretty(Object document) {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    /** The document, a record, as a tree, to be put into a larger one. */
    public ObjectNode tree(Object document) {
        return mapper.valueToTree(document);
    }

    /** How a constant is written in JSON. */
    public static String word(Enum<?> constant) {
        return EnumWords.word(constant);
    }
}
