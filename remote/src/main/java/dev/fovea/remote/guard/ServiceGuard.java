package dev.fovea.remote.guard;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.protocol.AttemptFailed;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets calls through to a service or refuses them at once: the concurrency limit and the circuit breaker. */
public final class ServiceGuard {

    private final String title;
    private final RemoteLimits limits;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private volatile String lastFailure = "";

    public ServiceGuard(String title, RemoteLimits limits, Clock clock) {
        this.title = title;
        this.limits = limits;
        this.bulkhead = Bulkhead.of(
                title,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(limits.maxConcurrency())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        BreakerRule rule = limits.circuitBreaker();
        this.breaker = CircuitBreaker.of(
                title,
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindow(
                                rule.window(), rule.minCalls(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold((float) (100 * rule.failureRate()))
                        .waitDurationInOpenState(rule.openDuration())
                        .permittedNumberOfCallsInHalfOpenState(rule.halfOpenCalls())
                        .build());
    }

    /** Counts a call in; {@code REMOTE_SUSPENDED} when the concurrency limit is reached. */
    public void enter() {
        if (!bulkhead.tryAcquirePermission()) {
            throw new FoveaException(
                    ErrorCode.REMOTE_SUSPENDED,
                    "%s has %d calls running, its limit. Try again soon, or raise max_concurrency."
                            .formatted(title, limits.maxConcurrency()));
        }
    }

    /** Counts a call out. */
    public void leave() {
        bulkhead.onComplete();
    }

    /** Begins one attempt; {@code REMOTE_SUSPENDED} when the circuit is open. Exactly one of the next three ends it. */
    public void begin() {
        if (!breaker.tryAcquirePermission()) {
            throw new FoveaException(
                    ErrorCode.REMOTE_SUSPENDED,
                    "The circuit of %s is open: too many calls failed, the last because it %s. It half-opens after %d ms."
                            .formatted(
                                    title,
                                    lastFailure,
                                    limits.circuitBreaker().openDuration().toMillis()));
        }
    }

    /** The attempt succeeded. */
    public void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** The attempt failed. */
    public void failed(AttemptFailed failure) {
        if (failure.problem().serviceFailed()) {
            lastFailure = failure.text();
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        } else {
            succeeded();
        }
    }

    /** The attempt says nothing about the service: it was not made, or its timeout was too short. */
    public void withdrawn() {
        breaker.releasePermission();
    }

    public int running() {
        return limits.maxConcurrency() - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    public RemoteStatus.Circuit circuit() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> RemoteStatus.Circuit.OPEN;
            case HALF_OPEN -> RemoteStatus.Circuit.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> RemoteStatus.Circuit.CLOSED;
        };
    }
}
