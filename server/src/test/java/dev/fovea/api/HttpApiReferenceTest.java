package dev.fovea.api;

import dev.fovea.docs.GeneratedPage;
import dev.fovea.docs.GeneratedPage.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/reference/http-api.md} has a section with an example for each operation of the API's document. */
class HttpApiReferenceTest {

    private static final Path DOCUMENT = Path.of("src", "main", "resources", "dev", "fovea", "api", "openapi.json");

    private static final JsonNode API = read();

    @Test
    void shouldDescribeEveryOperationWithAnExample() throws IOException {
        List<Section> sections = new ArrayList<>();
        List<Section> last = new ArrayList<>();
        API.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    // the examples run in the order of the page
                    (method.equals("DELETE") ? last : sections)
                            .add(section("%s %s".formatted(method, path.getKey()), operation.getValue()));
                }));
        last.sort((a, b) -> b.heading().length() - a.heading().length());
        sections.addAll(last);
        GeneratedPage.check("http-api", sections, "```sh run");
    }

    private static Section section(String name, JsonNode operation) {
        StringBuilder text = new StringBuilder(operation.path("summary").asString("")).append(".\n\n");
        if (operation.has("description")) {
            text.append(operation.get("description").asString()).append("\n\n");
        }
        List<String> rows = new ArrayList<>();
        operation.path("parameters").forEach(each -> rows.add(parameter(each)));
        JsonNode body = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        JsonNode fields = resolved(body);
        fields.path("properties")
                .properties()
                .forEach(field -> rows.add(row(
                        field.getKey(),
                        "body",
                        field.getValue(),
                        field.getValue().path("description").asString(""))));
        if (!rows.isEmpty()) {
            text.append("| name | in | type | meaning |\n|---|---|---|---|\n")
                    .append(String.join("\n", rows))
                    .append("\n\n");
        }
        text.append("Response: ").append(responses(operation.get("responses"))).append(".");
        return new Section("## `%s`".formatted(name), text.toString());
    }

    private static String parameter(JsonNode parameter) {
        return row(
                parameter.get("name").asString(),
                parameter.get("in").asString(),
                parameter.path("schema"),
                parameter.path("description").asString(""));
    }

    private static String row(String name, String where, JsonNode schema, String meaning) {
        return "| `%s` | %s | %s | %s |".formatted(name, where, type(schema), meaning.replace("|", "\\|"));
    }

    private static String responses(JsonNode responses) {
        return responses.properties().stream()
                .filter(each -> !each.getKey().equals("default"))
                .map(each -> each.getKey() + content(each.getValue().path("content")))
                .collect(Collectors.joining(", "));
    }

    private static String content(JsonNode content) {
        return content.properties().stream()
                .map(each -> " `%s`, %s"
                        .formatted(each.getKey(), type(each.getValue().path("schema"))))
                .collect(Collectors.joining(", "));
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            return "`%s`".formatted(schema.get("$ref").asString().replaceFirst(".*/", ""));
        }
        if (schema.has("anyOf")) {
            return schema.get("anyOf")
                    .valueStream()
                    .map(HttpApiReferenceTest::type)
                    .distinct()
                    .collect(Collectors.joining(" or "));
        }
        JsonNode type = schema.path("type");
        String words = type.isArray()
                ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
                : type.asString("");
        return schema.has("enum")
                ? schema.get("enum")
                        .valueStream()
                        .map(each -> "`%s`".formatted(each.asString()))
                        .collect(Collectors.joining(", "))
                : words;
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? API.at(schema.get("$ref").asString().substring(1)) : schema;
    }

    private static JsonNode read() {
        try {
            return new JsonMapper().readTree(Files.readString(DOCUMENT));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
