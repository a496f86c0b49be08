package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.config.Settings;
import dev.fovea.config.SettingsReader;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CacheApiTest {

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                models -> {
                    RunningServer.shirts(models);
                    models.promote(models.register("shoes", 1));
                },
                Map.of(
                        "cache.excluded-models", "shoes, hats",
                        // nobody listens there: answers go on without it
                        "cache.redis-url", "redis://127.0.0.1:1"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static JsonNode ask(String model, byte[] image, String... headers) throws Exception {
        var request = server.request("/v1/models/" + model + "/predict").POST(BodyPublishers.ofByteArray(image));
        Reply reply = server.send(headers.length == 0 ? request : request.headers(headers));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void shouldMarkAnAnswerThatWasGivenBefore() throws Exception {
        byte[] image = TestModels.image(FabricClass.TEAR, 11);
        JsonNode first = ask("shirts", image);
        JsonNode second = ask("shirts", image);
        assertThat(first.get("cached").asBoolean()).isFalse();
        assertThat(second.get("cached").asBoolean()).isTrue();
        assertThat(second.get("near").isNull()).isTrue();
        assertThat(second.get("top")).isEqualTo(first.get("top"));
        assertThat(second.get("latency_ms").asDouble()).isPositive();
        for (JsonNode stage : second.get("timings_ms")) {
            assertThat(stage.asDouble()).isZero();
        }
    }

    @Test
    void shouldRunTheNetworkForWhoAsksForIt() throws Exception {
        byte[] image = TestModels.image(FabricClass.TEAR, 12);
        assertThat(ask("shirts", image, "Cache-Control", "no-store")
                        .get("cached")
                        .asBoolean())
                .isFalse();
        assertThat(ask("shirts", image, "Cache-Control", "max-age=0, No-Cache")
                        .get("cached")
                        .asBoolean())
                .isFalse();
        assertThat(ask("shirts", image, "Cache-Control", "max-age=0")
                        .get("cached")
                        .asBoolean())
                .isTrue();
        assertThat(ask("shirts", image, "Cache-Control", "no-cache")
                        .get("cached")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void shouldKeepNothingOfAModelThatIsSwitchedOff() throws Exception {
        byte[] image = TestModels.image(FabricClass.TEAR, 13);
        assertThat(ask("shoes", image).get("cached").asBoolean()).isFalse();
        assertThat(ask("shoes", image).get("cached").asBoolean()).isFalse();
        JsonNode cache = server.get("/v1/models/shoes/metrics")
                .json()
                .get("versions")
                .get(0)
                .get("cache");
        assertThat(cache.get("hits").asInt()).isZero();
        assertThat(cache.get("misses").asInt()).isZero();
    }

    @Test
    void shouldCountHitsAndMissesAndEveryResponse() throws Exception {
        byte[] image = TestModels.image(FabricClass.TEAR, 14);
        JsonNode before = version();
        ask("shirts", image);
        ask("shirts", image);
        ask("shirts", image);
        JsonNode after = version();
        assertThat(difference(before.get("requests"), after.get("requests"), "total"))
                .isEqualTo(3);
        assertThat(difference(before.get("cache"), after.get("cache"), "hits")).isEqualTo(2);
        assertThat(difference(before.get("cache"), after.get("cache"), "misses"))
                .isEqualTo(1);
        assertThat(server.management("/metrics").body())
                .contains("fovea_cache_hits_total{model=\"shirts\",version=\"1\"}")
                .contains("fovea_cache_misses_total{model=\"shirts\",version=\"1\"}");
    }

    /** Version 1 of the shirts, after at least one response. */
    private static JsonNode version() throws Exception {
        ask("shirts", TestModels.image(FabricClass.NONE, 15), "Cache-Control", "no-store");
        return server.get("/v1/models/shirts/metrics").json().get("versions").get(0);
    }

    /** One request of {@link #version()} lies between. */
    private static int difference(JsonNode before, JsonNode after, String field) {
        int grown = after.get(field).asInt() - before.get(field).asInt();
        return field.equals("total") ? grown - 1 : grown;
    }

    @Test
    void shouldReadItsSettings() {
        Settings usual = SettingsReader.read(Path.of("nowhere"), Map.of(), Map.of());
        assertThat(usual.cache().local().bytes()).isEqualTo(64_000_000);
        assertThat(usual.cache().local().covers("shirts")).isTrue();
        assertThat(usual.cache().redis()).isEmpty();
        Settings given = SettingsReader.read(
                Path.of("nowhere"),
                Map.of("cache.redis-url", "redis://cache", "cache.redis-ttl", "60s"),
                Map.of("FOVEA_CACHE_MAX_SIZE", "0MB"));
        assertThat(given.cache().local().covers("shirts")).isFalse();
        assertThat(given.cache().redis().orElseThrow().ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> SettingsReader.read(
                        Path.of("nowhere"),
                        Map.of("cache.redis-url", "http://:secret@cache", "cache.max-size", "many"),
                        Map.of()))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("cache.max-size: \"many\"")
                .hasMessageContaining("cache.redis-url: the address")
                .hasMessageNotContaining("secret");
    }
}
