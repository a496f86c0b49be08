package dev.fovea.remote;

import dev.fovea.remote.guard.BreakerRule;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.guard.RetryRule;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remote models as tests configure them, with a clock that is set by hand and pauses that are noted and not taken. */
public final class Models {

    public static final byte[] IMAGE = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
    public static final Duration AMPLE = Duration.ofSeconds(30);
    public static final String SECRET = "s3cr3t-k3y-that-nobody-may-see";
    public static final LabelMapping MAPPING = new LabelMapping(Map.of("dog", "animal", "DOG BREED", "animal"), 0.5);
    static final RetryRule RETRY = new RetryRule(3, Duration.ofMillis(100), Duration.ofSeconds(1));
    public static final RemoteLimits LIMITS =
            new RemoteLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 4, RETRY, BreakerRule.DEFAULT);
    public static final Budget BUDGET = new Budget(0.0015, 1000, "USD");

    private Models() {}

    /** A clock that stands still until it is set. */
    public static final class HandClock extends Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-30T23:59:00Z");

        public void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    public final HandClock clock = new HandClock();
    public final CostStore costs = CostStore.inMemory();
    public final List<Duration> pauses = new CopyOnWriteArrayList<>();

    public static Models create() {
        return new Models();
    }

    public RemoteModel open(Provider provider) {
        return open(provider, LIMITS, BUDGET);
    }

    public RemoteModel open(Provider provider, RemoteLimits limits, Budget budget) {
        return new GuardedModel(
                new RemoteSettings("pets", provider, MAPPING, limits, budget), costs, clock, pauses::add);
    }

    public static GoogleVision google(URI uri) {
        return new GoogleVision(uri, new Credentials.KeyCredential(SECRET), EnumSet.allOf(DetectionFeature.class));
    }

    static AwsRekognition aws(URI uri) {
        return new AwsRekognition(
                uri, "eu-central-1", new Credentials.AwsKeys("AKIDEXAMPLE", SECRET, Optional.empty()));
    }

    static AzureVision azure(URI uri) {
        return new AzureVision(uri, new Credentials.KeyCredential(SECRET), EnumSet.allOf(DetectionFeature.class));
    }

    public static OpenInferenceProvider open(URI uri, OpenInferenceProvider.Output output) {
        return new OpenInferenceProvider(
                uri,
                Optional.of(new Credentials.Bearer(SECRET)),
                "pets",
                Optional.empty(),
                new OpenInferenceProvider.Input("image", List.of(1)),
                output);
    }
}
