package dev.fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.DocumentedApi;
import dev.fovea.server.RunningServer;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server serves its document from a resource, and the console's types are made from it; so it must be what the
 * controllers say and what the server sends.
 */
class ApiDocumentTest {

    private static final String RENEW = "fovea.openapi.renew";
    private static final Path COMMITTED = Path.of("src", "main", "resources", "dev", "fovea", "api", "openapi.json");
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private static RunningServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.with(models -> {
            models.promote(models.evaluated("shirts", 1));
            models.register("shirts", 2);
        });
        document = server.get("/v1/openapi.json").json();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldBeTheDocumentOfTheControllers() throws Exception {
        JsonNode generated = DocumentedApi.document(server.server());
        if (Boolean.getBoolean(RENEW)) {
            Files.writeString(COMMITTED, SORTED.writeValueAsString(generated) + "\n");
        }
        assertThat(SORTED.readTree(Files.readString(COMMITTED)))
                .as("server/%s differs from the controllers; renew it with: ".formatted(COMMITTED)
                        + "./mvnw test -pl server -am -Dtest=ApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                        + RENEW
                        + "=true")
                .isEqualTo(generated);
    }

    @Test
    void shouldBeServed() throws Exception {
        assertThat(server.get("/v1/openapi.json").type()).isEqualTo("application/json");
        assertThat(document).isEqualTo(SORTED.readTree(Files.readString(COMMITTED)));
    }

    @Test
    void shouldNameEveryPathOfTheApi() {
        assertThat(document.get("openapi").asString()).startsWith("3.1");
        assertThat(document.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/v1/status",
                        "/v1/remotes",
                        "/v1/alerts",
                        "/v1/alerts/{id}",
                        "/v1/alerts/{id}/acknowledge",
                        "/v1/silences",
                        "/v1/silences/{id}",
                        "/v1/models",
                        "/v1/models/{name}",
                        "/v1/models/{name}/versions/{version}",
                        "/v1/models/{name}/versions/{version}/evaluations",
                        "/v1/models/{name}/versions/{version}/evaluations/{id}",
                        "/v1/models/{name}/versions/{version}/evaluations/{id}/images",
                        "/v1/models/{name}/versions/{version}/evaluations/{id}/images/{number}/thumbnail",
                        "/v1/models/{name}/comparison",
                        "/v1/models/{name}/versions/{version}/export",
                        "/v1/models/{name}/versions/{version}/archive",
                        "/v1/models/{name}/versions/{version}/restore",
                        "/v1/models/{name}/metrics",
                        "/v1/jobs",
                        "/v1/jobs/{id}",
                        "/v1/jobs/{id}/restart",
                        "/v1/jobs/{id}/events",
                        "/v1/runs",
                        "/v1/runs/{id}",
                        "/v1/backbones",
                        "/v1/advice",
                        "/v1/models/{name}/predict",
                        "/v1/models/{name}/promote",
                        "/v1/models/{name}/canary",
                        "/v1/models/{name}/rollback",
                        "/v1/models/{name}/experiment",
                        "/v1/models/{name}/experiment/plan",
                        "/v1/models/{name}/experiment/stop",
                        "/v1/models/{name}/experiments",
                        "/v1/models/{name}/rollout",
                        "/v1/models/{name}/rollout/pause",
                        "/v1/models/{name}/rollout/promote",
                        "/v1/models/{name}/rollout/resume",
                        "/v1/models/{name}/rollout/stop",
                        "/v1/models/{name}/rollouts",
                        "/v1/models/{name}/traffic",
                        "/v1/models/{name}/traffic/keep",
                        "/v1/models/{name}/traffic/keep/close",
                        "/v1/models/{name}/traffic/keep/images",
                        "/v1/models/{name}/predictions",
                        "/v1/models/{name}/drift",
                        "/v1/models/{name}/drift/course",
                        "/v1/models/{name}/drift/settings",
                        "/v1/models/{name}/drift/accept",
                        "/v1/models/{name}/drift/replay",
                        "/v1/models/{name}/truth",
                        "/v1/models/{name}/truth/labelled",
                        "/v1/models/{name}/objectives",
                        "/v1/models/{name}/service-level",
                        "/v1/models/{name}/service-level/report",
                        "/v1/models/{name}/accuracy",
                        "/v1/models/{name}/accuracy/course",
                        "/v1/models/{name}/accuracy/plan",
                        "/v1/models/{name}/accuracy/plans",
                        "/v1/models/{name}/kpis",
                        "/v1/kpis",
                        "/v1/models/{name}/shadow",
                        "/v1/models/{name}/shadow/differences",
                        "/v1/models/{name}/shadow/label",
                        "/v1/datasets",
                        "/v1/datasets/{name}/next",
                        "/v1/datasets/{name}/wrong-labels",
                        "/v1/datasets/deleted",
                        "/v1/datasets/{name}/wrong-labels/{hash}/confirmed",
                        "/v1/datasets/forget",
                        "/v1/datasets/tombstones",
                        "/v1/datasets/{name}",
                        "/v1/datasets/{name}/classes",
                        "/v1/datasets/{name}/classes/{label}/rename",
                        "/v1/datasets/{name}/facets",
                        "/v1/datasets/{name}/items",
                        "/v1/datasets/{name}/items/{hash}",
                        "/v1/datasets/{name}/items/{hash}/annotations",
                        "/v1/datasets/{name}/items/{hash}/image",
                        "/v1/datasets/{name}/items/{hash}/thumbnail",
                        "/v1/datasets/{name}/versions",
                        "/v1/datasets/{name}/versions/{before}/diff/{after}",
                        "/v1/datasets/{name}/labelling",
                        "/v1/datasets/{name}/labelling/leases",
                        "/v1/datasets/{name}/labelling/leases/returned",
                        "/v1/datasets/{name}/labelling/need",
                        "/v1/labelling/capacity",
                        "/v1/datasets/{name}/labelling/honeypots",
                        "/v1/datasets/{name}/labelling/honeypots/{hash}",
                        "/v1/label-studio/{name}/health",
                        "/v1/label-studio/{name}/setup",
                        "/v1/label-studio/{name}/predict",
                        "/v1/label-studio/{name}/webhook",
                        "/v1/datasets/{name}/labelling/progress",
                        "/v1/datasets/{name}/labelling/agreement",
                        "/v1/datasets/{name}/labelling/disagreements",
                        "/v1/datasets/{name}/labelling/disagreements/{hash}",
                        "/v1/datasets/{name}/labelling/consensus",
                        "/v1/datasets/{name}/labelling/examples",
                        "/v1/datasets/{name}/labelling/scores",
                        "/v1/datasets/{name}/design",
                        "/v1/datasets/{name}/pilot");
    }

    @Test
    void shouldDescribeWhatIsReallySent() throws Exception {
        assertFits("ModelList", server.get("/v1/models").json());
        assertFits("Model", server.get("/v1/models/shirts").json());
        assertFits("Version", server.get("/v1/models/shirts/versions/1").json());
        assertFits("Version", server.get("/v1/models/shirts/versions/2").json());
        assertFits(
                "Prediction",
                server.predict("shirts", TestModels.image(FabricClass.NONE, 3)).json());
        assertFits("MetricsSnapshot", server.get("/v1/models/shirts/metrics").json());
        assertFits("RemoteList", server.get("/v1/remotes").json());
        assertFits("Status", server.get("/v1/status").json());
        assertFits("Problem", server.get("/v1/models/shoes").json());
        assertFits(
                "PromotionResult",
                server.post("/v1/models/shirts/promote", "{\"version\": 2}").json());
        assertFits(
                "Model",
                server.post("/v1/models/shirts/canary", "{\"version\": 1, \"percent\": 5}")
                        .json());
        assertFits("Rollback", server.post("/v1/models/shirts/rollback", "{}").json());
    }

    @Test
    void shouldRefuseNullInTheListsOfRequests() throws Exception {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode body = operation.getValue().at("/requestBody/content/application~1json/schema/$ref");
                String type = body.asString("").replaceFirst(".*/", "");
                for (Map.Entry<String, JsonNode> field : document.at(
                                "/components/schemas/%s/properties".formatted(type))
                        .properties()) {
                    if (types(field.getValue()).contains("array")) {
                        RunningServer.Reply reply =
                                server.send(server.request(path.getKey().replaceAll("[{][a-z]+[}]", "x"))
                                        .header("Content-Type", "application/json")
                                        .method(
                                                operation.getKey().toUpperCase(Locale.ROOT),
                                                HttpRequest.BodyPublishers.ofString(
                                                        "{\"%s\": [null]}".formatted(field.getKey()))));
                        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
                        assertThat(reply.body()).contains("\\\"%s\\\"".formatted(field.getKey()));
                        refused.add(type + "." + field.getKey());
                    }
                }
            }
        }
        assertThat(refused).contains("NewLeases.ended", "NewHoneypots.honeypots", "NewDataset.classes");
    }

    @Test
    void shouldRequireOfPartsOfRequestsOnlyWhatTheyNeed() {
        assertThat(required("TrueLabelsRequest")).containsExactly("request_id");
        assertThat(required("KpiFigureRequest")).containsExactly("name", "value");
        assertThat(required("DatasetItemChange")).containsExactly("hashes");
        assertThat(required("RolloutReasonRequest")).isEmpty();
    }

    private static List<String> required(String schema) {
        return document.at("/components/schemas/%s/required".formatted(schema))
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static void assertFits(String schema, JsonNode value) {
        assertFits(schema, document.get("components").get("schemas").get(schema), value);
    }

    /** The part of JSON Schema that the document uses; a field that the schema does not know does not fit. */
    private static void assertFits(String where, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().substring("#/components/schemas/".length());
            assertFits(where, document.get("components").get("schemas").get(name), value);
        } else if (schema.has("anyOf")) {
            assertFits(where, schema.get("anyOf").get(value.isNull() ? 1 : 0), value);
        } else {
            assertThat(types(schema)).as(where + " is " + value).contains(type(value));
            if (schema.has("properties") && value.isObject()) {
                assertThat(value.propertyNames())
                        .as(where)
                        .containsExactlyInAnyOrderElementsOf(
                                schema.get("properties").propertyNames());
                assertThat(schema.get("required")).as(where).hasSize(value.size());
                value.properties()
                        .forEach(field -> assertFits(
                                where + "." + field.getKey(),
                                schema.get("properties").get(field.getKey()),
                                field.getValue()));
            } else if (schema.path("additionalProperties").has("type")) {
                value.properties()
                        .forEach(field -> assertFits(
                                where + "." + field.getKey(), schema.get("additionalProperties"), field.getValue()));
            }
            value.values().forEach(item -> {
                if (value.isArray()) {
                    assertFits(where + "[]", schema.get("items"), item);
                }
            });
        }
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of(type.asString(""));
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BINARY, MISSING, POJO -> throw new AssertionError("no JSON: " + value);
        };
    }
}
