package dev.fovea.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.guard.BreakerRule;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.guard.RetryAfter;
import dev.fovea.remote.guard.RetryRule;
import dev.fovea.remote.protocol.Protocol;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.ErrorText;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What may be configured, and that nothing secret is shown. */
class ConfigurationTest {

    private static final Credentials.KeyCredential KEY = new Credentials.KeyCredential(Models.SECRET);

    @Test
    void shouldHideCredentialsInEveryText() {
        Credentials.AwsKeys keys = new Credentials.AwsKeys("AKIDEXAMPLE", Models.SECRET, Optional.of("session"));
        assertThat(KEY + " " + new Credentials.Bearer(Models.SECRET) + " " + keys)
                .isEqualTo("ApiKey[hidden] Bearer[hidden] AwsKeys[hidden]");
        assertThat(new RemoteSettings(
                                "pets",
                                AwsRekognition.in("eu-central-1", keys),
                                Models.MAPPING,
                                RemoteLimits.DEFAULT,
                                Models.BUDGET)
                        .toString())
                .contains("https://rekognition.eu-central-1.amazonaws.com")
                .doesNotContain(Models.SECRET)
                .doesNotContain("AKIDEXAMPLE")
                .doesNotContain("session]");
        assertThat(Protocol.of(Models.google(URI.create("https://x")), Clock.systemUTC())
                        .request(Models.IMAGE)
                        .toString())
                .doesNotContain(Models.SECRET);
    }

    @Test
    void shouldNotShowAKeyThatIsRefused() {
        assertThat(refused(() -> new Credentials.KeyCredential(Models.SECRET + "\n")))
                .hasMessageContaining("line break")
                .hasMessageNotContaining(Models.SECRET);
        assertThat(refused(() -> new Credentials.Bearer("")).getMessage()).contains("access token is empty");
    }

    @Test
    void shouldSendNoKeyUnencryptedExceptToLoopback() {
        URI plain = URI.create("http://vision.example.com");
        assertThat(refused(() -> new GoogleVision(plain, KEY, Set.of(DetectionFeature.LABELS))))
                .hasMessageContaining("would send a key unencrypted. Use https.");
        OpenInferenceProvider.Input input = new OpenInferenceProvider.Input("image", List.of(1));
        OpenInferenceProvider.Output output = new OpenInferenceProvider.Output.ClassificationOutput("scores", 1);
        new OpenInferenceProvider(plain, Optional.empty(), "pets", Optional.empty(), input, output);
        refused(() -> new OpenInferenceProvider(
                plain, Optional.of(new Credentials.Bearer(Models.SECRET)), "pets", Optional.empty(), input, output));
        new AzureVision(URI.create("http://127.0.0.1:5000"), KEY, Set.of(DetectionFeature.LABELS));
    }

    @Test
    void shouldRefuseInvalidAddresses() {
        for (String address : List.of(
                "vision.googleapis.com", "ftp://x", "https:///path", "https://user:s3cr3t@x", "https://x?key=s3cr3t")) {
            assertThat(refused(() -> new AzureVision(URI.create(address), KEY, Set.of(DetectionFeature.LABELS))))
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        refused(() -> new GoogleVision(GoogleVision.ENDPOINT, KEY, Set.of()));
        refused(() -> AwsRekognition.in("eu-central-1.evil.com/", new Credentials.AwsKeys("a", "b", Optional.empty())));
        refused(() -> new LabelMapping(Map.of(), 0));
        refused(() -> new LabelMapping(Map.of("Dog", "animal", "dog ", "pet"), 0));
        refused(() -> new LabelMapping(Map.of("dog", "animal"), Double.NaN));
        refused(() -> new Budget(-1, 0, "USD"));
        refused(() -> new Budget(Double.NaN, 0, "USD"));
        refused(() ->
                new RemoteLimits(Duration.ZERO, Duration.ofSeconds(1), 1, RetryRule.DEFAULT, BreakerRule.DEFAULT));
        refused(() -> new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        refused(() -> new BreakerRule(10, 11, 0.5, Duration.ofSeconds(1), 1));
        refused(() -> new OpenInferenceProvider.Input("image", List.of(1, 2)));
        refused(() -> new OpenInferenceProvider.Output.Logits("scores", List.of()));
    }

    @Test
    void shouldMapLabelsToThemselves() {
        LabelMapping same = LabelMapping.same(List.of("Dog", "Cat"), 0.1);
        assertThat(same.of(" dog")).contains("Dog");
        assertThat(same.of("cow")).isEmpty();
    }

    @Test
    void shouldCountPricesByTheirDecimals() {
        assertThat(new Budget(0.0015, 0.3, "USD").priceMicros()).isEqualTo(1500);
        assertThat(new Budget(0.0000001, 0.3, "USD").priceMicros()).isEqualTo(1);
        assertThat(new Budget(1, 0.3000009, "USD").ceilingMicros()).isEqualTo(300_000);
    }

    @Test
    void shouldReadRetryAfterInBothItsForms() {
        Instant now = Instant.parse("2026-11-30T23:59:00Z");
        assertThat(RetryAfter.of("120", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("Tue, 01 Dec 2026 00:00:00 GMT", now)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryAfter.of("Tue, 01 Dec 2020 00:00:00 GMT", now)).isZero();
        assertThat(RetryAfter.of("soon", now)).isZero();
    }

    @Property
    void shouldShortenTextOfServices(@ForAll String text) {
        String safe = ErrorText.safe(text + Models.SECRET + text, List.of(Models.SECRET));
        assertThat(safe.length()).isLessThanOrEqualTo(201);
        assertThat(safe).doesNotContain(Models.SECRET).doesNotContain("\n").doesNotContain("\r");
    }

    private static FoveaException refused(ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(FoveaException.class);
        FoveaException refusal = catchThrowableOfType(FoveaException.class, construction);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
        return refusal;
    }
}
