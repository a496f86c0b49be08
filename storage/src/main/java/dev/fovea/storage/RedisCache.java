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
 * Answers shared through Redis. A read runs on a virtual thread of its own, and its caller waits a few milliseconds for
 * it whatever the connection does; writes wait in a bounded queue for the one thread that sends them, and are dropped
 * when it is full. After some failures Redis is left alone; the writing thread, and no request, tries when it is back.
 */
public final class RedisCache implements SharedCache {

    private static final System.Logger LOG = System.getLogger(RedisCache.class.getName());

    private static final String PREFIX = "fovea:answer:";

    /** How long a caller waits for a read. */
    private static final Duration READ_LIMIT = Duration.ofMillis(10);

    /** How long a connection that says nothing is kept, and how long one is waited for. */
    private static final int CONNECTION_MS = 250;

    private static final int CONNECTIONS = 16;

    /** Some 64 MB of the largest answers. */
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

    private record Write(byte[] key, byte[] answer) {}

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

    /** Answers in the Redis of that address, whether or not it is there now; to be closed. */
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
        RedisCache answers = new RedisCache(settings, client);
        answers.writer.start();
        return answers;
    }

    @Override
    public Optional<byte[]> get(CacheKey key) {
        if (!isWell() || closing) {
            return Optional.empty();
        }
        byte[] name = name(key);
        Future<Optional<byte[]>> reply = readers.submit(() -> Optional.ofNullable(client.get(name)));
        try {
            Optional<byte[]> answer = reply.get(READ_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            circuit.onSuccess(0, TimeUnit.NANOSECONDS);
            return answer;
        } catch (ExecutionException | TimeoutException e) {
            // a late reply is nobody's; its thread ends with the connection's own limit
            circuit.onError(0, TimeUnit.NANOSECONDS, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void put(CacheKey key, byte[] answer) {
        if (isWell()) {
            // one that finds no room is lost, as it may be
            var _ = writes.offer(new Write(name(key), answer));
        }
    }

    /** Whether Redis is asked at all. */
    boolean isWell() {
        return circuit.getState() == CircuitBreaker.State.CLOSED;
    }

    private static byte[] name(CacheKey key) {
        return (PREFIX + key).getBytes(StandardCharsets.US_ASCII);
    }

    private void write() {
        SetParams expiry = SetParams.setParams().ex(settings.keep().toSeconds());
        // what the first connection costs, in time and in classes to load, is no request's business
        tried(client::ping);
        while (!closing) {
            try {
                @Nullable Write next = writes.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (!isWell()) {
                    writes.clear();
                    probe();
                } else if (next != null) {
                    tried(() -> client.set(next.key(), next.answer(), expiry));
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
                // nothing a reader of the log could use
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
