package dev.fovea.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND = 1_000_000_000;

    @Property
    void shouldLetASecondsWorthThroughAtOnceAndTheRateFromThenOn(@ForAll @IntRange(min = 1, max = 1000) int perSecond) {
        RateLimit limit = new RateLimit(perSecond);
        int passed = 0;
        for (int request = 0; request < 3 * perSecond; request++) {
            passed += limit.wait("key", 0).isZero() ? 1 : 0;
        }
        assertThat(passed).isEqualTo(perSecond);
        int later = 0;
        for (int request = 0; request < 3 * perSecond; request++) {
            later += limit.wait("key", SECOND / 2).isZero() ? 1 : 0;
        }
        assertThat(later).isBetween(perSecond / 2 - 1, perSecond / 2 + 1);
        assertThat(limit.wait("another", 0)).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldSayHowLongUntilTheNextMayPass() {
        RateLimit limit = new RateLimit(2);
        limit.wait("key", 0);
        limit.wait("key", 0);
        assertThat(limit.wait("key", 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(limit.wait("key", SECOND / 2)).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldLimitNothingAtZero() {
        RateLimit limit = new RateLimit(0);
        for (int request = 0; request < 1000; request++) {
            assertThat(limit.wait("key", 0)).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void shouldAnswer429WithRetryAfterToAKeyThatSendsTooMuch() throws IOException, InterruptedException {
        Map<String, String> limited =
                Map.of("auth.api-keys", "0123456789abcdef,fedcba9876543210", "auth.rate-limit", "3");
        try (RunningServer server = RunningServer.with(RunningServer::shirts, limited)) {
            for (int request = 0; request < 3; request++) {
                assertThat(ask(server, "0123456789abcdef").status()).isEqualTo(200);
            }
            RunningServer.Reply refused = ask(server, "0123456789abcdef");
            for (int request = 0; refused.status() == 200 && request < 100; request++) {
                refused = ask(server, "0123456789abcdef");
            }
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("OVERLOADED");
            assertThat(refused.headers().get("retry-after")).isEqualTo("1");
            assertThat(ask(server, "fedcba9876543210").status()).isEqualTo(200);
        }
    }

    private static RunningServer.Reply ask(RunningServer server, String key) throws IOException, InterruptedException {
        return server.send(server.request("/v1/models")
                .header("Authorization", "Bearer " + key)
                .GET());
    }
}
