package dev.fovea.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.BadInputApiTest;
import dev.fovea.server.RawHttp;
import dev.fovea.server.RunningServer;
import dev.fovea.server.RunningServer.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final String KEY = "a-key-of-more-than-16-characters";
    private static final String OTHER = "another-key-that-is-long-enough";

    private static final String ADAS = "the-key-of-ada-is-long-enough";

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                RunningServer::shirts, Map.of("auth.api-keys", KEY + ", " + OTHER + ", ada:" + ADAS));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/status", "/v1/models/shirts", "/v1/nothing"})
    void shouldAskForAKeyAnywhereInTheApi(String path) throws Exception {
        Reply reply = server.get(path);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(reply.json().get("request_id").asString())
                .isEqualTo(reply.headers().get("x-request-id"));
    }

    @Test
    void shouldShowItsDescriptionToAnybody() throws Exception {
        assertThat(server.get("/v1/openapi.json").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%761/models",
                "/v%31/models",
                "/v1;a=b/models",
                "//v1/models",
                "/./v1/models",
                "/x/../v1/models",
                "/v1%2fmodels",
                "/V1/models",
                "/v1/models/"
            })
    void shouldNotBeTalkedAroundByAnotherSpellingOfThePath(String path) throws Exception {
        String answer = RawHttp.exchange(
                server.server().port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("shirts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1;a=b/models",
                "/v1/models;a=b",
                "/v1/models/shirts;jsessionid=1",
                "/;/v1/models",
                "/v2;x/models/shirts",
                "/v1/models/;x/shirts"
            })
    void shouldRefuseParametersInThePathWhateverTheKey(String path) throws Exception {
        for (String method : List.of("GET", "POST")) {
            String answer = RawHttp.exchange(
                    server.server().port(),
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(method, path, KEY));
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("shirts");
        }
    }

    @Test
    void shouldRefuseToPredictWithoutAKey() throws Exception {
        assertThat(server.predict("shirts", BadInputApiTest.png(40, 40)).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong-key-of-the-right-length-ok", "Bearer ", "Basic " + KEY, KEY, "bearer"})
    void shouldRefuseAWrongKey(String authorization) throws Exception {
        Reply reply = server.send(server.request("/v1/models")
                .header("Authorization", authorization)
                .GET());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, OTHER})
    void shouldAcceptEachKey(String key) throws Exception {
        Reply models = server.send(server.request("/v1/models")
                .header("Authorization", "Bearer " + key)
                .GET());
        assertThat(models.status()).isEqualTo(200);
        Reply answer = server.send(server.request("/v1/models/shirts/predict")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofByteArray(BadInputApiTest.png(40, 40))));
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Reply call(String key, String path, String json) throws Exception {
        return server.send(server.request(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static Reply read(String key, String path) throws Exception {
        return server.send(
                server.request(path).header("Authorization", "Bearer " + key).GET());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {ADAS + ",ada", KEY + ",-"})
    void shouldSayWhoseTheKeyIs(String key, String name) throws Exception {
        assertThat(read(key, "/v1/status").json().get("caller").asStringOpt()).isEqualTo(Optional.ofNullable(name));
    }

    @Test
    void shouldAcceptTheKeyAsAPasswordOfTheBasicScheme() throws Exception {
        String credentials = Base64.getEncoder().encodeToString(("anybody:" + ADAS).getBytes(StandardCharsets.UTF_8));
        Reply reply = server.send(server.request("/v1/status")
                .header("Authorization", "Basic " + credentials)
                .GET());
        assertThat(reply.json().get("caller").asString()).isEqualTo("ada");
    }

    @Test
    void shouldLetAKeyWithANameLabelUnderNoOther() throws Exception {
        call(ADAS, "/v1/datasets", "{\"name\": \"parts\", \"task\": \"classification\", \"classes\": []}");
        String leases = "/v1/datasets/parts/labelling/leases";
        Reply others = call(ADAS, leases, "{\"annotator\": \"bob\", \"count\": 1}");
        assertThat(others.status()).isEqualTo(403);
        assertThat(others.code()).isEqualTo("FORBIDDEN");
        assertThat(others.body()).contains("ada", "bob").doesNotContain(ADAS);
        assertThat(call(ADAS, leases, "{\"count\": 1}").status()).isEqualTo(201);
        assertThat(call(ADAS, leases, "{\"annotator\": \"ada\", \"count\": 1}").status())
                .isEqualTo(201);
        assertThat(call(KEY, leases, "{\"annotator\": \"bob\", \"count\": 1}").status())
                .isEqualTo(201);
        assertThat(call(KEY, leases, "{\"count\": 1}").status()).isEqualTo(400);
    }

    @Test
    void shouldTakeLabelsOfLabelStudiosUsersWithANamelessKeyOnly() throws Exception {
        call(KEY, "/v1/datasets", "{\"name\": \"studio\", \"task\": \"classification\", \"classes\": []}");
        String webhook = "/v1/label-studio/studio/webhook";
        for (String event : List.of("ANNOTATION_CREATED", "ANNOTATIONS_DELETED")) {
            String body = "{\"action\": \"%s\", \"annotations\": [{\"id\": 1}]}".formatted(event);
            Reply refused = call(ADAS, webhook, body);
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("FORBIDDEN");
            assertThat(refused.body()).contains("ada", "auth.api-keys").doesNotContain(ADAS);
        }
        assertThat(call(KEY, webhook, "{\"action\": \"ANNOTATIONS_DELETED\", \"annotations\": []}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({ADAS + ",ada", KEY + ",api"})
    void shouldRecordChangesUnderTheNameOfTheKey(String key, String author) throws Exception {
        String name = "of-" + author;
        call(key, "/v1/datasets", "{\"name\": \"%s\", \"task\": \"classification\", \"classes\": []}".formatted(name));
        Reply saved = call(key, "/v1/datasets/%s/versions".formatted(name), "{\"message\": \"first\"}");
        assertThat(saved.json().get("author").asString()).isEqualTo(author);
    }

    @Test
    void shouldShowTheConsoleAndHealthToEverybody() throws Exception {
        assertThat(server.get("/").status()).isEqualTo(200);
        assertThat(server.get("/").body()).contains("<div id=\"root\">");
        assertThat(server.management("/health/liveness").status()).isEqualTo(200);
        assertThat(server.management("/health/readiness").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/scheme.js"})
    void shouldTellBrowsersToRunNothingButTheConsole(String path) throws Exception {
        Reply page = server.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers())
                .containsEntry(
                        "content-security-policy",
                        "default-src 'self'; img-src 'self' blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .containsEntry("x-content-type-options", "nosniff");
    }
}
