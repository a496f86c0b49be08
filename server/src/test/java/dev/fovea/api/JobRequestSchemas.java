package dev.fovea.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.fovea.pipeline.request.JobRequest;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schemas of job requests as flat objects that their {@code type} tells apart, with the descriptions of their
 * fields; the generated ones are pieces of a base type and have none.
 */
final class JobRequestSchemas {

    private JobRequestSchemas() {}

    static void complete(Map<String, Schema<?>> schemas) {
        for (JsonSubTypes.Type type :
                JobRequest.class.getAnnotation(JsonSubTypes.class).value()) {
            Schema<?> schema = schemas.get(type.value().getSimpleName());
            if (schema != null) {
                flatten(schema, type.name());
                describe(schemas, type.value());
            }
        }
    }

    private static void flatten(Schema<?> schema, String type) {
        Map<String, Schema<?>> properties = new LinkedHashMap<>();
        properties.put("type", new JsonSchema().types(Set.of("string"))._const(type));
        Optional.ofNullable(schema.getAllOf())
                .orElse(List.of())
                .forEach(part -> properties.putAll(ApiDocument.properties(part)));
        schema.setAllOf(null);
        schema.setProperties(new LinkedHashMap<>(properties));
        List<String> required =
                new ArrayList<>(Optional.ofNullable(schema.getRequired()).orElse(List.of()));
        required.add("type");
        schema.setRequired(required);
        schema.setTypes(Set.of("object"));
    }

    private static void describe(Map<String, Schema<?>> schemas, Class<?> type) {
        Schema<?> schema = schemas.get(type.getSimpleName());
        if (schema == null) {
            return;
        }
        Map<String, Schema<?>> properties = ApiDocument.properties(schema);
        for (RecordComponent component : type.getRecordComponents()) {
            JsonPropertyDescription words = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
            if (words != null && properties.containsKey(component.getName())) {
                properties.get(component.getName()).setDescription(words.value());
            }
            nested(component).filter(Class::isRecord).forEach(part -> describe(schemas, part));
        }
        if (Stream.of(type.getRecordComponents())
                .noneMatch(component -> component.getAccessor().isAnnotationPresent(JsonProperty.class))) {
            schema.setRequired(Optional.ofNullable(schema.getRequired())
                    .filter(required -> required.contains("type"))
                    .orElse(null));
        }
    }

    private static Stream<Class<?>> nested(RecordComponent component) {
        return component.getGenericType() instanceof java.lang.reflect.ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments())
                        .filter(Class.class::isInstance)
                        .map(one -> (Class<?>) one)
                : Stream.of(component.getType());
    }
}
