package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.fovea.serving.cache.CacheKey;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

@Timeout(120)
class RedisCacheTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final byte[] ANSWER = {7, 8, 9};

    private static CacheKey key(int number) {
        return CacheKey.of("bundle", new byte[] {(byte) number, (byte) (number >> 8)});
    }

    private static RedisCache open(RedisServer server) {
        return RedisCache.open(RedisSettings.of("redis://127.0.0.1:" + server.port(), DAY));
    }

    /** Waits for what another thread brings about. */
    private static void until(BooleanSupplier holds) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(holds::getAsBoolean);
    }

    @Test
    void shouldGiveToOneProcessWhatAnotherPut() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisCache one = open(server);
                RedisCache other = open(server)) {
            until(() -> {
                one.put(key(1), ANSWER);
                return other.get(key(1)).isPresent();
            });
            assertThat(other.get(key(1)))
                    .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(ANSWER));
            until(() -> one.get(key(1)).isPresent());
            assertThat(other.get(key(2))).isEmpty();
        }
    }

    @Test
    void shouldGoToTheDatabaseAndWithThePasswordOfTheAddressAndSetTheTime() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "sesame");
                RedisCache answers = RedisCache.open(RedisSettings.of(
                        "redis://:sesame@127.0.0.1:%d/3".formatted(server.port()), Duration.ofSeconds(1000)));
                Jedis client = new Jedis("127.0.0.1", server.port())) {
            client.auth("sesame");
            client.select(3);
            until(() -> {
                answers.put(key(1), ANSWER);
                return client.dbSize() == 1;
            });
            assertThat(client.ttl("fovea:prediction:" + key(1))).isBetween(900L, 1000L);
        }
    }

    @Test
    void shouldSurviveRestartOfRedis() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisCache answers = open(server)) {
            until(() -> {
                answers.put(key(1), ANSWER);
                return answers.get(key(1)).isPresent();
            });
            server.kill();
            for (int i = 0; i < 100_000; i++) {
                assertThat(answers.get(key(1))).isEmpty();
                answers.put(key(i), ANSWER);
            }
            assertThat(answers.isWell()).isFalse();
            server.restart();
            until(answers::isWell);
            until(() -> {
                answers.put(key(1), ANSWER);
                return answers.get(key(1)).isPresent();
            });
        }
    }

    @Test
    void shouldCostLittleWhenRedisHangsAndComeBackWithIt() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisCache answers = open(server)) {
            until(() -> {
                answers.put(key(1), ANSWER);
                return answers.get(key(1)).isPresent();
            });
            server.hang();
            try {
                // at 10 ms each, which is the limit of a read, these would take a quarter of an hour
                for (int i = 0; i < 100_000; i++) {
                    assertThat(answers.get(key(i))).isEmpty();
                    answers.put(key(i), ANSWER);
                }
                assertThat(answers.isWell()).isFalse();
            } finally {
                server.resume();
            }
            until(answers::isWell);
            until(() -> answers.get(key(1)).isPresent());
        }
    }

    @Test
    void shouldOpenWhereNoRedisIs() throws Exception {
        RedisServer server = RedisServer.start();
        server.close();
        try (RedisCache answers = open(server)) {
            answers.put(key(1), ANSWER);
            until(() -> {
                assertThat(answers.get(key(1))).isEmpty();
                return !answers.isWell();
            });
        }
    }

    @Test
    void shouldReturnNothingAfterClose() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            RedisCache answers = open(server);
            answers.close();
            answers.put(key(1), ANSWER);
            assertThat(answers.get(key(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:6379", "http://host", "redis://", "redis:// x", "redis://:secret@/0"})
    void shouldRefuseInvalidAddressWithoutRepeatingIt(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisSettings.of(address, DAY))
                .withMessageContaining("redis://user:password@host:6379/0")
                .withMessageNotContaining("secret");
    }

    @Test
    void shouldKnowTheUsualPortAndShowNoPassword() {
        RedisSettings settings = RedisSettings.of("rediss://user:secret@cache.example/2", DAY);
        assertThat(settings).hasToString("rediss://cache.example:6379");
        assertThat(settings.address().getPath()).isEqualTo("/2");
    }
}
