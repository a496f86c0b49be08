package dev.fovea.storage;

import dev.fovea.serving.cache.CacheKey;
import dev.fovea.serving.cache.SharedCache;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A prediction cache in Redis. A read runs on a virtual thread of its own, and its caller waits only a few milliseconds
 * for it; writes wait in a bounded queue for the one thread that sends them, and are dropped when it is full. After
 * some failures Redis is paused; the writing thread, and no request, tests the connection.
 */
public final class RedisCache implements SharedCache {

    private static final System.Logger LOG = System.getLogger(RedisCache.class.getName());

    private static final String PREFIX = "fovea:prediction:";

    /** Timeout of a read. */
    private static final Duration READ_LIMIT = Duration.ofMillis(10);

    /** Socket timeout, and timeout for a connection. */
    private static final int CONNECTION_MS = 250;

    private static final int CONNECTIONS = 16;

    /** About 64 MB of the largest predictions. */
    private static final int MOST_WRITES = 256;

    private static final int WINDOW = 20;
    private static final int LEAST = 5;
    private static final float FAILURES_PERCENT = 50;
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final RedisSettings settings;
    private final RedisClient client;
    private final CircuitBreaker circuit;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Write> writes = new ArrayBlockingQueue<>(MOST_WRITES);
    private final Thread writer = Thread.ofVirtual().name("shared-cache").unstarted(this::write);
    private volatile boolean closing;

    private record Write(byte[] key, byte[] prediction) {}

    private RedisCache(RedisSettings settings, RedisClient client) {
        this.settings = settings;
        this.client = client;
        this.circuit = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURES_PERCENT)
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        circuit.getEventPublisher()
                .onStateTransition(event -> say(event.getStateTransition().getToState()));
    }

    /** Opens a cache, whether or not Redis is available; the caller closes it. */
    public static RedisCache open(RedisSettings settings) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(READ_LIMIT);
        pool.setJmxEnabled(false);
        URI address = settings.address();
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECTION_MS)
                .socketTimeoutMillis(CONNECTION_MS)
                .clientName("fovea")
                .user(JedisURIHelper.getUser(address))
                .password(JedisURIHelper.getPassword(address))
                .database(JedisURIHelper.getDBIndex(address))
                .ssl(JedisURIHelper.isRedisSSLScheme(address));
        RedisClient client = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(address))
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
        RedisCache cache = new RedisCache(settings, client);
        cache.writer.start();
        return cache;
    }

    @Override
    public Optional<byte[]> get(CacheKey key) {
        if (!isWell() || closing) {
            return Optional.empty();
        }
        byte[] name = name(key);
        Future<Optional<byte[]>> read = readers.submit(() -> Optional.ofNullable(client.get(name)));
        try {
            Optional<byte[]> prediction = read.get(READ_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            circuit.onSuccess(0, TimeUnit.NANOSECONDS);
            return prediction;
        } catch (ExecutionException | TimeoutException e) {
            // a late response is ignored; its thread ends with the socket timeout
            circuit.onError(0, TimeUnit.NANOSECONDS, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void put(CacheKey key, byte[] prediction) {
        if (isWell()) {
            // writes to a full queue are dropped
            var _ = writes.offer(new Write(name(key), prediction));
        }
    }

    /** Whether Redis is used, not paused. */
    boolean isWell() {
        return circuit.getState() == CircuitBreaker.State.CLOSED;
    }

    private static byte[] name(CacheKey key) {
        return (PREFIX + key).getBytes(StandardCharsets.US_ASCII);
    }

    private void write() {
        SetParams expiry = SetParams.setParams().ex(settings.ttl().toSeconds());
        // connects before the first request, which saves it the time
        tried(client::ping);
        while (!closing) {
            try {
                @Nullable Write next = writes.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (!isWell()) {
                    writes.clear();
                    probe();
                } else if (next != null) {
                    tried(() -> client.set(next.key(), next.prediction(), expiry));
                }
            } catch (InterruptedException e) {
                // only close interrupts
                return;
            }
        }
    }

    private void probe() {
        if (circuit.tryAcquirePermission()) {
            tried(client::ping);
        }
    }

    private void tried(Runnable call) {
        try {
            call.run();
            circuit.onSuccess(0, TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            circuit.onError(0, TimeUnit.NANOSECONDS, e);
        }
    }

    private void say(CircuitBreaker.State state) {
        switch (state) {
            case OPEN ->
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Redis at {0} does not respond in time and is paused; responses are cached in this process only.",
                        settings);
            case CLOSED -> LOG.log(System.Logger.Level.INFO, "Redis at {0} responds again.", settings);
            case HALF_OPEN, DISABLED, METRICS_ONLY, FORCED_OPEN -> {
                // not logged
            }
        }
    }

    /** Ends at once; what was not written is lost. */
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        readers.shutdownNow();
        client.close();
    }
}
