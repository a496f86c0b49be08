package dev.fovea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
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

    private static final String SECRET = "s3cr3t-k3y-never-shown";
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", SECRET, "ID", "AKIDEXAMPLE");
    private static final String BUDGET =
            "\"budget\": {\"price_per_call\": 0.0015, \"monthly_ceiling\": 50, \"currency\": \"USD\"}";
    private static final String REST = "\"labels\": {\"Rip\": \"tear\"}, " + BUDGET;

    @TempDir
    private Path home;

    @Test
    void shouldReadEveryProviderWithWhatItNeeds() throws IOException {
        List<RemoteEntry> entries = read("""
                {"a": {"provider": {"type": "google", "api_key_env": "KEY", "features": ["labels", "objects"]},
                       "min_confidence": 0.5, "fallback": {"label": "none"}, %1$s},
                 "b": {"provider": {"type": "aws", "region": "eu-central-1",
                                    "access_key_id_env": "ID", "secret_access_key_env": "KEY"},
                       "limits": {"request_timeout": "1500ms", "circuit_breaker": {"window": 4, "min_calls": 3}}, %1$s},
                 "c": {"provider": {"type": "azure", "endpoint": "https://x.cognitiveservices.azure.com",
                                    "token_env": "KEY"},
                       "fallback": {"model": "fabric"}, %1$s},
                 "d": {"provider": {"type": "oip", "endpoint": "http://triton:8000", "model": "resnet",
                       "input": {"name": "image", "shape": [1]},
                       "output": {"name": "scores", "kind": "logits", "labels": ["hole", "tear"]}}}}
                """.formatted(REST));
        List<RemoteSettings> settings = entries.stream()
                .map(entry -> entry.settings(new KeyRing(ENVIRONMENT)))
                .toList();
        assertThat(settings).extracting(RemoteSettings::name).containsExactly("a", "b", "c", "d");
        assertThat(settings.get(0).provider()).isInstanceOfSatisfying(GoogleVision.class, google -> {
            assertThat(google.endpoint()).isEqualTo(GoogleVision.ENDPOINT);
            assertThat(google.features()).containsExactlyInAnyOrder(DetectionFeature.values());
            assertThat(google.secrets()).containsExactly(SECRET);
        });
        assertThat(settings.get(0).budget()).isEqualTo(new Budget(0.0015, 50, "USD"));
        assertThat(entries.get(0).fallback()).contains(new Fallback.Label("none"));
        assertThat(settings.get(0).limits()).isEqualTo(RemoteLimits.DEFAULT);
        assertThat(settings.get(1).provider()).isInstanceOf(AwsRekognition.class);
        assertThat(settings.get(1).limits().requestTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.get(1).limits().connectTimeout()).isEqualTo(RemoteLimits.DEFAULT.connectTimeout());
        assertThat(settings.get(1).limits().circuitBreaker().minCalls()).isEqualTo(3);
        assertThat(entries.get(2).fallback()).contains(new Fallback.FallbackModel(ModelRef.parse("fabric")));
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
                "{\"provider\": {\"type\": \"gogle\"}} | vision.provider.type is \"gogle\"; it must be one of google, aws, azure, oip",
                "{\"provider\": {\"type\": \"google\"}, REST} | vision: provider needs either api_key_env or token_env",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": 7}} | vision.provider.api_key_env must be a text but is 7",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\", \"key\": \"x\"}, REST} | vision.provider.key is not known",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\", \"features\": [\"faces\"]}, REST} | vision.provider.features[0] must be one of labels, objects but is \"faces\"",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"labels\": {\"a\": 1}} | vision.labels.a must be a text",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"labels\": {\"a\": null}} | vision.labels.a is missing",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"labels\": {}, BUDGET} | vision: labels is empty",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, BUDGET} | vision: labels is missing",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"labels\": {\"a\": \"b\"}} | vision: budget is missing",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"budget\": {\"price_per_call\": 1}} | vision.budget.monthly_ceiling is missing",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"budget\": {\"price_per_call\": -1, \"monthly_ceiling\": 1, \"currency\": \"\"}} | vision: price_per_call is -1.0; it must be 0 to 1e12",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"min_confidence\": 2, REST} | vision: min_confidence is 2.0; it must be 0 to 1",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"retry\": {\"max_attempts\": 0}}, REST} | vision: max_attempts is 0; it must be positive",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"retry\": {\"max_attempt\": 2}}, REST} | vision.limits.retry.max_attempt is not known",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"retry\": 3}, REST} | vision.limits.retry must be an object",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"connect_timeout\": 5}, REST} | vision.limits.connect_timeout must be a duration, such as 250ms or 30s, but is 5",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"connect_timeout\": \"5 s\"}, REST} | vision.limits.connect_timeout must be a duration, such as 250ms or 30s, but is \"5 s\"",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"limits\": {\"connect_timeout\": \"0s\"}, REST} | vision: connect_timeout is 0 ms; it must be positive",
                "{\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, \"fallback\": {}, REST} | vision: fallback needs either a model or a label",
                "{\"provider\": {\"type\": \"aws\"}} | vision.provider.region is missing",
                "{\"provider\": {\"type\": \"azure\", \"api_key_env\": \"KEY\"}} | vision.provider.endpoint is missing",
                "{\"provider\": {\"type\": \"oip\", \"endpoint\": \"http://x\", \"model\": \"m\"}} | vision.provider.input is missing",
                "{\"provider\": {\"type\": \"oip\", \"endpoint\": \"http://x\", \"model\": \"m\", \"input\": {\"name\": \"x\", \"shape\": [2]}}} | vision: input.shape of \"x\" is [2]; it must hold one image",
                "[] | vision must be an object",
            })
    void shouldNameTheFieldOfEveryError(String service, String error) throws IOException {
        assertInvalid("{\"vision\": %s}".formatted(service.replace("REST", REST).replace("BUDGET", BUDGET)))
                .hasMessageContaining(error);
    }

    @Test
    void shouldReportTheErrorsOfAllServicesTogether() throws IOException {
        assertInvalid("{\"one\": {}, \"Two\": {}, \"three\": {\"provider\": {\"type\": \"aws\"}}}")
                .hasMessageContaining("has 3 errors")
                .hasMessageContaining("1. one.provider is missing")
                .hasMessageContaining("2. The model name \"Two\"")
                .hasMessageContaining("3. three.provider.region is missing");
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
        read("{\"vision\": {\"provider\": {\"type\": \"google\", \"api_key_env\": \"OTHER\"}, %s}}".formatted(REST));
        assertThatThrownBy(() -> open(List.of()))
                .hasMessageContaining("vision: api_key_env names the environment variable OTHER, which is not set");
        read(
                "{\"vision\": {\"provider\": {\"type\": \"google\", \"endpoint\": \"http://far.away\", \"api_key_env\": \"KEY\"}, %s}}"
                        .formatted(REST));
        assertThatThrownBy(() -> open(List.of()))
                .hasMessageContaining("vision: endpoint \"http://far.away\" would send a key unencrypted")
                .hasMessageNotContaining(SECRET);
        assertThat(new KeyRing(ENVIRONMENT).toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseTheNameOfARegisteredModel() throws IOException {
        read("{\"shirts\": {\"provider\": {\"type\": \"google\", \"api_key_env\": \"KEY\"}, %s}}".formatted(REST));
        assertThatThrownBy(() -> open(List.of(RegisteredModel.unregistered("shirts"))))
                .hasMessageContaining("shirts: a registered model has this name. Rename the service.");
        open(List.of(RegisteredModel.unregistered("trousers")));
    }

    /** A service that cannot be called, or a broken file, leaves the other models served. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"vision\": {\"provider\": {\"type\": \"google\", \"api_key_env\": \"FOVEA_TEST_NOT_SET\"}, REST}}",
                "{\"vision\": {\"provider\": {\"type\": \"other\"}, REST}}",
                "{\"vision\": ",
                "\u0000\u0001"
            })
    void shouldStartWithoutServicesThatItCannotCallAndSayWhy(String json) throws Exception {
        Files.writeString(home.resolve(RemotesFile.NAME), json.replace("REST", REST));
        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            assertThatThrownBy(() -> server.application().remotes().find("vision"))
                    .hasMessageContainingAll("\"vision\"", RemotesFile.NAME, "1 error", "start the server again");
        }
    }

    private void open(List<RegisteredModel> models) {
        RemotesFile.open(home, models, CostStore.inMemory(), ENVIRONMENT, errors -> {
                    throw new FoveaException(ErrorCode.CONFIGURATION_INVALID, errors);
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
