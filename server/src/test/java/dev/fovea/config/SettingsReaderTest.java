package dev.fovea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.config.binding.SettingKey;
import dev.fovea.runtime.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @TempDir
    private Path home;

    @Test
    void shouldHaveTheDefaultsOfTheRooms() {
        Settings settings = read(Map.of());
        assertThat(settings.runtime()).isEqualTo(RuntimeSettings.forThisMachine());
        assertThat(settings.server()).isEqualTo(new ServerSettings("127.0.0.1", 8080, 8081, 8082, 1024));
        assertThat(settings.limits().maxRequestSize().bytes()).isEqualTo(64 << 20);
        assertThat(settings.cache().redisTtl()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void shouldTakeTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Files.writeString(
                home.resolve("fovea.properties"),
                "server.port=1\nbatching.max-queue-delay=1ms\nbatching.max-batch-size=3\n");
        Settings settings = SettingsReader.read(
                home,
                Map.of("server.port", "3"),
                Map.of("FOVEA_SERVER_PORT", "2", "FOVEA_BATCHING_MAX_QUEUE_DELAY", "2ms"));
        assertThat(settings.server().port()).isEqualTo(3);
        assertThat(settings.server().managementPort()).isEqualTo(4);
        assertThat(settings.runtime().batch().maxDelay()).isEqualTo(Duration.ofMillis(2));
        assertThat(settings.runtime().batch().maxBatch()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOVEA_SERVER_PORT | eighty | server.port: \"eighty\" (FOVEA_SERVER_PORT) must be a whole number from 0 to 65535",
                "FOVEA_SERVER_PORT | 99999999999 | server.port: \"99999999999\" (FOVEA_SERVER_PORT) must be a whole number",
                "FOVEA_SERVER_PORT | tcp://10.96.12.7:80 | server.port: \"tcp://10.96.12.7:80\" (FOVEA_SERVER_PORT) must be",
                "FOVEA_INFERENCE_ALLOW_SPINNING | TRUE | inference.allow-spinning: \"TRUE\" (FOVEA_INFERENCE_ALLOW_SPINNING) must be true or false",
                "FOVEA_BATCHING_MAX_QUEUE_DELAY | 5 | must be a duration from 0ms to 10s, such as 250ms, 30s, 2m, 1h or 7d",
                "FOVEA_BATCHING_MAX_QUEUE_DELAY | 1m | must be a duration from 0ms to 10s",
                "FOVEA_LIMITS_MAX_IMAGE_SIZE | 20 | must be a size from 1B to 1GiB, such as 500kB, 64MB or 64MiB",
                "FOVEA_LIMITS_MAX_IMAGE_SIZE | 2GB | must be a size from 1B to 1GiB",
                "FOVEA_LIMITS_MAX_IMAGE_SIZE | 999999999999999999GiB | must be a size from 1B to 1GiB",
                "FOVEA_DATASETS_ROOTS | /no/such/directory | must be a list of directories of this machine",
                "FOVEA_AUTH_API_KEYS | ada:short | auth.api-keys: a key of 5 characters is too short; use 16 or more",
                "FOVEA_AUTH_API_KEYS | consensus:0123456789abcdef | auth.api-keys: the name of a key, in NAME:KEY, must be able to label. \"consensus\" cannot name",
                "FOVEA_AUTH_API_KEYS | :0123456789abcdef | auth.api-keys: the name of a key",
                "FOVEA_AUTH_API_KEYS | ada:0123456789abcdef,0123456789abcdef | auth.api-keys: two entries have the same key",
                "FOVEA_AUTH_API_KEYS | short | auth.api-keys: a key of 5 characters is too short; use 16 or more",
                "FOVEA_SERVER_MANAGEMENT_PORT | 8080 | server.management-port: 8080 is server.port too; choose another",
                "FOVEA_SERVER_GRPC_PORT | 8081 | server.grpc-port: 8081 is another port of this server too",
                "FOVEA_SERVER_HOST | no such host | server.host: no such host is no address of this machine",
                "FOVEA_BATCHING_MAX_BATCH | 8 | did you mean FOVEA_BATCHING_MAX_BATCH_SIZE?",
                "FOVEA_SERVER_PROT | 80 | FOVEA_SERVER_PROT: no setting has this environment variable; did you mean FOVEA_SERVER_PORT?",
            })
    void shouldRefuseAWrongValueWithItsRule(String variable, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .hasMessageContaining("The configuration has 1 error:")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "batching.max-bach-size, batching.max-batch-size",
        "max-batch-size, batching.max-batch-size",
        "port, server.port",
        "max-batch, batching.max-batch-size",
        "batching.stall-timeout, inference.stall-timeout",
        "cache-redis, cache.redis-url"
    })
    void shouldSuggestTheKeyThatWasMeant(String given, String meant) throws IOException {
        assertThatThrownBy(() -> SettingsReader.read(home, Map.of(given, "1"), Map.of()))
                .hasMessageContaining("%s: not a key (command line); did you mean %s?".formatted(given, meant));
        Files.writeString(home.resolve("fovea.properties"), given + "=1\n");
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining("%s: not a key (fovea.properties); did you mean %s?".formatted(given, meant));
    }

    @Test
    void shouldReportAllErrorsAtOnce() {
        assertThatThrownBy(() -> SettingsReader.read(
                        home,
                        Map.of("server.host", "0.0.0.0", "batching.max-batch-size", "0", "nothing", "1"),
                        Map.of("FOVEA_CACHE_MAX_SIZE", "many", "FOVEA_CACHE_SIZE", "1MB")))
                .hasMessageContaining("5 errors")
                .hasMessageContaining("1. auth.api-keys: none is set")
                .hasMessageContaining("2. batching.max-batch-size: \"0\"")
                .hasMessageContaining("3. cache.max-size: \"many\"")
                .hasMessageContaining("4. nothing: not a key")
                .hasMessageContaining("5. FOVEA_CACHE_SIZE: ");
    }

    @Test
    void shouldPassOverVariablesThatAreNoSettings() {
        assertThat(read(Map.of("FOVEA_HOME", "/data", "FOVEA_API_KEY", "k", "INTEROP_PYTHON", "python3")))
                .isEqualTo(read(Map.of()));
    }

    /** All that Kubernetes injects into a pod for Services of these names with a port called {@code http}. */
    @ParameterizedTest
    @CsvSource({
        "fovea",
        "fovea-server",
        "fovea-server-management",
        "fovea-server-grpc",
        "fovea-cache",
        "fovea-inference"
    })
    void shouldTakeNothingOfKubernetesForASetting(String service) {
        String name = service.toUpperCase(Locale.ROOT).replace('-', '_');
        Map<String, String> injected = new HashMap<>(Map.of(
                name + "_SERVICE_HOST", "10.96.12.7",
                name + "_SERVICE_PORT", "80",
                name + "_SERVICE_PORT_HTTP", "80",
                name + "_PORT", "tcp://10.96.12.7:80",
                name + "_PORT_80_TCP", "tcp://10.96.12.7:80",
                name + "_PORT_80_TCP_PROTO", "tcp",
                name + "_PORT_80_TCP_PORT", "80",
                name + "_PORT_80_TCP_ADDR", "10.96.12.7"));
        assertThat(read(injected)).isEqualTo(read(Map.of()));
        injected.put(name + "_PORT", "udp://[fd00:10:96::7]:80");
        assertThat(read(injected)).isEqualTo(read(Map.of()));
    }

    /** A pod's own {@code env} replaces what Kubernetes injects under the same name. */
    @Test
    void shouldTakeAPortOfThePodsOwnBesideAServiceOfThatName() {
        Map<String, String> environment =
                Map.of("FOVEA_SERVER_SERVICE_HOST", "10.96.12.7", "FOVEA_SERVER_PORT", "9000");
        assertThat(read(environment).server().port()).isEqualTo(9000);
    }

    @Test
    void shouldHaveOneVariableForEachKey() {
        List<String> variables =
                SettingsReader.KEYS.stream().map(SettingKey::variable).toList();
        assertThat(variables)
                .hasSizeGreaterThan(30)
                .doesNotHaveDuplicates()
                .contains("FOVEA_SERVER_PORT", "FOVEA_BATCHING_MAX_QUEUE_DELAY")
                .doesNotContain("FOVEA_HOME", "FOVEA_API_KEY")
                .noneMatch(variable -> variable.contains("_SERVICE_"));
    }

    @Test
    void shouldShowNoSecrets() {
        Settings settings = read(
                Map.of("FOVEA_AUTH_API_KEYS", "0123456789abcdef", "FOVEA_CACHE_REDIS_URL", "redis://user:secret@host"));
        assertThat(settings.toString()).doesNotContain("0123456789abcdef", "secret");
    }

    private Settings read(Map<String, String> environment) {
        return SettingsReader.read(home, Map.of(), environment);
    }
}
