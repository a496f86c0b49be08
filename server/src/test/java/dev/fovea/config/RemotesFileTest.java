package dev.fovea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.remote.RemoteSettings;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.server.FoveaServer;
import dev.fovea.server.RunningServer;
import dev.fovea.serving.routing.Remotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemotesFileTest {

    private static final String SECRET = "s3cr3t-k3y-that-nobody-may-see";
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", SECRET, "ID", "AKIDEXAMPLE");
    private static final String REST = "\"labels\": {\"Rip\": \"tear\"}, \"price_per_call\": 0.0015, "
            + "\"monthly_ceiling\": 50, \"currency\": \"USD\"";

    @TempDir
    private Path home;

    @Test
    void shouldReadEveryProviderWithWhatItNeeds() throws IOException {
        List<RemoteEntry> entries = read("""
                {"a": {"provider": "google", "key_env": "KEY", "wanted": ["labels", "objects"],
                       "minimum_confidence": 0.5, "fallback": {"answer": "none"}, %1$s},
                 "b": {"provider": "aws", "region": "eu-central-1", "access_key_env": "ID", "secret_key_env": "KEY",
                       "limits": {"request_ms": 1500, "breaker": {"window": 4, "least": 3}}, %1$s},
                 "c": {"provider": "azure", "endpoint": "https://x.cognitiveservices.azure.com", "token_env": "KEY", %1$s},
                 "d": {"provider": "oip", "endpoint": "http://triton:8000", "model": "resnet",
                       "input": {"name": "image"},
                       "output": {"name": "scores", "kind": "logits", "labels": ["hole", "tear"]}}}
                """.formatted(REST));
        List<RemoteSettings> settings = entries.stream()
                .map(entry -> entry.settings(new KeyRing(ENVIRONMENT)))
                .toList();
        assertThat(settings).extracting(RemoteSettings::name).containsExactly("a", "b", "c", "d");
        assertThat(settings.get(0).provider()).isInstanceOfSatisfying(GoogleVision.class, google -> {
            assertThat(google.endpoint()).isEqualTo(GoogleVision.ENDPOINT);
            assertThat(google.wanted()).containsExactlyInAnyOrder(DetectionFeature.values());
            assertThat(google.secrets()).containsExactly(SECRET);
        });
        assertThat(settings.get(0).budget()).isEqualTo(new Budget(0.0015, 50, "USD"));
        assertThat(entries.get(0).fallback()).contains(new Fallback.Label("none"));
        assertThat(settings.get(1).provider()).isInstanceOf(AwsRekognition.class);
        assertThat(settings.get(1).limits().request()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.get(1).limits().connect()).isEqualTo(RemoteLimits.USUAL.connect());
        assertThat(settings.get(1).limits().breaker().minTries()).isEqualTo(3);
        assertThat(settings.get(2).provider()).isInstanceOf(AzureVision.class);
        assertThat(settings.get(3).provider()).isInstanceOf(OpenInferenceProvider.class);
        assertThat(settings.get(3).budget()).isEqualTo(Budget.free());
        assertThat(entries.get(3).labels()).isEqualTo(Set.of("hole", "tear"));
    }

    @Test
    void shouldHaveNoServicesWithoutAFile() {
        assertThat(RemotesFile.read(home)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | vision.provider is missing",
                "{\"provider\": \"gogle\"} | vision.provider is \"gogle\"; it must be one of google, aws, azure, oip",
                "{\"provider\": \"google\"} | vision.key_env is missing",
                "{\"provider\": \"google\", \"key_env\": 7} | vision.key_env must be a text",
                "{\"provider\": \"google\", \"key\": \"x\", \"key_env\": \"KEY\", REST} | vision.key is not known",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"wanted\": [\"faces\"], REST} | vision.wanted holds \"faces\"",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"labels\": {\"a\": 1}} | vision.labels.a must be a text",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"labels\": {}} | vision.labels: No label is mapped",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"labels\": {\"a\": \"b\"}} | vision.price_per_call is missing",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"limits\": {\"tries\": 0}, REST} | vision.limits: 0 tries",
                "{\"provider\": \"google\", \"key_env\": \"KEY\", \"limits\": {\"trys\": 2}, REST} | vision.limits.trys is not known",
                "{\"provider\": \"aws\"} | vision.region is missing",
                "{\"provider\": \"azure\"} | vision.endpoint is missing",
                "{\"provider\": \"oip\", \"endpoint\": \"http://x\", \"model\": \"m\"} | vision.input is missing",
                "[] | vision must be an object",
            })
    void shouldNameTheFieldOfEveryError(String service, String error) throws IOException {
        assertInvalid("{\"vision\": %s}".formatted(service.replace("REST", REST)))
                .hasMessageContaining(error);
    }

    @Test
    void shouldTellTheErrorsOfAllServicesTogether() throws IOException {
        assertInvalid("{\"one\": {}, \"Two\": {}, \"three\": {\"provider\": \"aws\"}}")
                .hasMessageContaining("has 3 errors")
                .hasMessageContaining("1. one.provider is missing")
                .hasMessageContaining("2. The model name \"Two\"")
                .hasMessageContaining("3. three.region is missing");
    }

    @Test
    void shouldSayWhereTheTextStopsBeingJson() throws IOException {
        assertInvalid("{\"vision\": {").hasMessageContaining("remotes.json is not JSON");
        assertInvalid("{\"vision\": {\"provider\": \"aws\", \"provider\": \"aws\"}}")
                .hasMessageContaining("has the field \"provider\" twice")
                .hasMessageContaining("line 1");
    }

    @Test
    void shouldNameTheVariableThatIsNotSetAndShowNoKey() throws IOException {
        read("{\"vision\": {\"provider\": \"google\", \"key_env\": \"OTHER\", %s}}".formatted(REST));
        assertThatThrownBy(() -> open(List.of()))
                .hasMessageContaining("vision.key_env names the environment variable OTHER, which is not set");
        read("{\"vision\": {\"provider\": \"google\", \"endpoint\": \"http://far.away\", \"key_env\": \"KEY\", %s}}"
                .formatted(REST));
        assertThatThrownBy(() -> open(List.of()))
                .hasMessageContaining("vision.endpoint")
                .hasMessageNotContaining(SECRET);
        assertThat(new KeyRing(ENVIRONMENT).toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseTheNameOfARegisteredModel() throws IOException {
        read("{\"shirts\": {\"provider\": \"google\", \"key_env\": \"KEY\", %s}}".formatted(REST));
        assertThatThrownBy(() -> open(List.of(RegisteredModel.unregistered("shirts"))))
                .hasMessageContaining("shirts: a registered model has this name too");
        open(List.of(RegisteredModel.unregistered("trousers")));
    }

    /** A service that cannot be asked, or a file that is none, costs nobody else's answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"vision\": {\"provider\": \"google\", \"key_env\": \"FOVEA_TEST_NOT_SET\", REST}}",
                "{\"vision\": {\"provider\": \"nobody\", REST}}",
                "{\"vision\": ",
                "\u0000\u0001"
            })
    void shouldStartAServerWithoutServicesThatItCannotAskAndSayWhy(String json) throws Exception {
        Files.writeString(home.resolve(RemotesFile.NAME), json.replace("REST", REST));
        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            assertThatThrownBy(() -> server.part(Remotes.class).find("vision"))
                    .hasMessageContainingAll("\"vision\"", RemotesFile.NAME, "1 error", "start the server again");
        }
    }

    private void open(List<RegisteredModel> models) {
        RemotesFile.open(home, models, CostStore.inMemory(), ENVIRONMENT, trouble -> {
                    throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, trouble);
                })
                .close();
    }

    private List<RemoteEntry> read(String json) throws IOException {
        Files.writeString(home.resolve(RemotesFile.NAME), json);
        return RemotesFile.read(home);
    }

    private AbstractThrowableAssert<?, ?> assertInvalid(String json) throws IOException {
        Files.writeString(home.resolve(RemotesFile.NAME), json);
        return assertThatThrownBy(() -> RemotesFile.read(home))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
    }
}
