package dev.fovea.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The {@code Optional} components of the records that answers are made of: they are written as their value or as null,
 * which the generated OpenAPI document does not say by itself.
 */
final class OptionalFields {

    private final Set<Class<?>> records = new LinkedHashSet<>();

    /** Those of some records and of all records that they hold. */
    OptionalFields(Class<?>... roots) {
        Stream.of(roots).forEach(this::add);
    }

    /** The same and those of more records. */
    OptionalFields and(Class<?>... more) {
        Stream.of(more).forEach(this::add);
        return this;
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> one && one.isRecord() && records.add(one)) {
            Stream.of(one.getRecordComponents()).forEach(component -> add(component.getGenericType()));
        }
    }

    /** Lets the schemas, by name, say which of their properties may be null. */
    void mark(Map<String, Schema<?>> schemas) {
        for (Class<?> type : records) {
            Schema<?> schema = schemas.get(name(type));
            if (schema != null) {
                Map<String, Schema<?>> properties = ApiDocument.properties(schema);
                written(type)
                        .filter(component -> component.getType() == Optional.class)
                        .map(RecordComponent::getName)
                        .forEach(field -> properties.computeIfPresent(field, (key, plain) -> orNull(plain)));
                schema.setProperties(new LinkedHashMap<>(properties));
            }
        }
    }

    /** The properties without which one of these records is not read; empty for any other schema. */
    Optional<Stream<String>> required(String schema) {
        return records.stream()
                .filter(type -> name(type).equals(schema))
                .findFirst()
                .map(type -> written(type)
                        .filter(component -> component.getType() != Optional.class)
                        .map(OptionalFields::property));
    }

    private static String property(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .orElse(component.getName());
    }

    /** The components that are properties of a record's own: those of unwrapped components in their place. */
    private static Stream<RecordComponent> written(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? written(component.getType())
                        : Stream.of(component));
    }

    private static String name(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class))
                .map(io.swagger.v3.oas.annotations.media.Schema::name)
                .orElse(type.getSimpleName());
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null) {
            schema.addType("null");
            return schema;
        }
        return new JsonSchema()
                .anyOf(List.of(new JsonSchema().$ref(schema.get$ref()), new JsonSchema().types(Set.of("null"))));
    }
}
