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
                        .maxConcurrentCalls(limits.concurrency())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        BreakerRule rule = limits.breaker();
        this.breaker = CircuitBreaker.of(
                title,
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindow(
                                rule.window(), rule.minTries(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold((float) (100 * rule.failureRate()))
                        .waitDurationInOpenState(rule.rest())
                        .permittedNumberOfCallsInHalfOpenState(rule.probes())
                        .build());
    }

    /** Counts a call in; {@code REMOTE_SUSPENDED} when as many as may run do. */
    public void enter() {
        if (!bulkhead.tryAcquirePermission()) {
            throw new FoveaException(
                    ErrorCode.REMOTE_SUSPENDED,
                    "%s is not asked: %d calls are under way, as many as may be. Try again soon, or raise its limit."
                            .formatted(title, limits.concurrency()));
        }
    }

    /** Counts a call out. */
    public void leave() {
        bulkhead.onComplete();
    }

    /** Begins one try; {@code REMOTE_SUSPENDED} when the circuit is open. Exactly one of the next three ends it. */
    public void begin() {
        if (!breaker.tryAcquirePermission()) {
            throw new FoveaException(
                    ErrorCode.REMOTE_SUSPENDED,
                    "%s is not asked: too many of its last tries failed, the last because it %s. It is tried again after %d ms of rest."
                            .formatted(
                                    title, lastFailure, limits.breaker().rest().toMillis()));
        }
    }

    /** The try succeeded. */
    public void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** The try failed. */
    public void failed(AttemptFailed failure) {
        if (failure.problem().serviceFailed()) {
            lastFailure = failure.text();
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        } else {
            succeeded();
        }
    }

    /** The try says nothing about the service: it was not made, or its caller did not wait. */
    public void withdrawn() {
        breaker.releasePermission();
    }

    public int running() {
        return limits.concurrency() - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    public RemoteStatus.Circuit circuit() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> RemoteStatus.Circuit.OPEN;
            case HALF_OPEN -> RemoteStatus.Circuit.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> RemoteStatus.Circuit.CLOSED;
        };
    }
}
