package dev.fovea.remote;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.guard.AttemptDeadline;
import dev.fovea.remote.guard.CostMeter;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.Exchange;
import dev.fovea.remote.guard.Pause;
import dev.fovea.remote.guard.RemoteStatus;
import dev.fovea.remote.guard.RetryAfter;
import dev.fovea.remote.guard.RetryRule;
import dev.fovea.remote.guard.ServiceGuard;
import dev.fovea.remote.protocol.AttemptFailed;
import dev.fovea.remote.protocol.AttemptProblem;
import dev.fovea.remote.protocol.ErrorResponse;
import dev.fovea.remote.protocol.OutgoingRequest;
import dev.fovea.remote.protocol.Protocol;
import dev.fovea.remote.protocol.RemoteFindings;
import dev.fovea.remote.protocol.ServiceResponse;
import io.github.resilience4j.core.IntervalFunction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * A service behind its limits. A call passes the {@link ServiceGuard} once; each attempt passes the circuit breaker and
 * is recorded by the {@link CostMeter} before it is sent. It has no lock of its own.
 */
public final class GuardedModel implements RemoteModel {

    private static final double DOUBLING = 2;
    private static final double SPREAD = 0.5;
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);

    private final RemoteSettings settings;
    private final Clock clock;
    private final Pause pause;
    private final Protocol protocol;
    private final Exchange exchange;
    private final ServiceGuard guard;
    private final CostMeter meter;
    private final Translation translation;
    private final IntervalFunction backoffs;

    public GuardedModel(RemoteSettings settings, CostStore costs, Clock clock, Pause pause) {
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.protocol = Protocol.of(settings.provider(), clock);
        this.exchange = new Exchange(settings.limits().connectTimeout());
        this.guard = new ServiceGuard(settings.title(), settings.limits(), clock);
        this.meter = new CostMeter(settings.name(), settings.title(), settings.budget(), costs, clock);
        this.translation = new Translation(settings.mapping());
        RetryRule retry = settings.limits().retry();
        this.backoffs = IntervalFunction.ofExponentialRandomBackoff(
                retry.initialBackoff(), DOUBLING, SPREAD, retry.maxBackoff());
    }

    @Override
    public RemotePrediction predict(byte[] image, Duration allowed) {
        if (image.length > protocol.maxImageBytes()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The image has %,d bytes; %s takes at most %,d. Send a smaller one."
                            .formatted(image.length, settings.title(), protocol.maxImageBytes()));
        }
        if (!allowed.isPositive()) {
            throw new FoveaException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before the request to %s. Allow more time.".formatted(settings.title()));
        }
        AttemptDeadline deadline = AttemptDeadline.in(allowed);
        guard.enter();
        try {
            return send(protocol.request(image), deadline);
        } finally {
            guard.leave();
        }
    }

    private RemotePrediction send(OutgoingRequest request, AttemptDeadline deadline) {
        double spent = 0;
        for (int attempts = 1; ; attempts++) {
            try {
                RemoteFindings findings = attempt(request, deadline);
                return translation.of(findings, spent + meter.price());
            } catch (AttemptFailed failure) {
                spent += failure.problem().reached() ? meter.price() : 0;
                pauseOrFail(failure, attempts, deadline);
            }
        }
    }

    private RemoteFindings attempt(OutgoingRequest request, AttemptDeadline deadline) {
        Duration within = deadline.leftUpTo(settings.limits().requestTimeout());
        guard.begin();
        try {
            RemoteFindings findings = recorded(request, within);
            guard.succeeded();
            return findings;
        } catch (AttemptFailed failure) {
            if (failure.problem() == AttemptProblem.TIMEOUT && within.compareTo(minTimeout()) < 0) {
                guard.withdrawn();
            } else {
                guard.failed(failure);
            }
            throw failure;
        } catch (RuntimeException e) {
            guard.withdrawn();
            throw e;
        }
    }

    /** A timeout shorter than this does not count as a failure of the service. */
    private Duration minTimeout() {
        Duration limit = settings.limits().requestTimeout();
        return limit.compareTo(MIN_TIMEOUT) < 0 ? limit : MIN_TIMEOUT;
    }

    /** Records the attempt, sends it, and removes the record if it never reached the service. */
    private RemoteFindings recorded(OutgoingRequest request, Duration within) {
        CostMeter.Reservation reservation = meter.reserve();
        try {
            return read(exchange.send(request, within));
        } catch (AttemptFailed failure) {
            if (!failure.problem().reached()) {
                meter.release(reservation);
            }
            throw failure.without(settings.provider().secrets());
        }
    }

    private RemoteFindings read(ServiceResponse response) {
        if (response.isSuccess()) {
            return protocol.findings(response);
        }
        ErrorResponse errorResponse = errorResponse(response);
        throw new AttemptFailed(
                errorResponse.problem(),
                "returned HTTP %d%s"
                        .formatted(
                                response.status(),
                                errorResponse.text().isBlank() ? "" : ": \"%s\"".formatted(errorResponse.text())),
                response.header("Retry-After")
                        .map(after -> RetryAfter.of(after, clock.instant()))
                        .orElse(Duration.ZERO));
    }

    /** The error response of the service or of a proxy before it. */
    private ErrorResponse errorResponse(ServiceResponse response) {
        try {
            return protocol.errorResponse(response);
        } catch (AttemptFailed unreadable) {
            return new ErrorResponse(
                    AttemptProblem.of(response.status()), new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    private void pauseOrFail(AttemptFailed failure, int attempts, AttemptDeadline deadline) {
        if (!failure.problem().isRetryable()
                || attempts >= settings.limits().retry().maxAttempts()) {
            throw failed(failure, attempts, "");
        }
        Duration backoff = Duration.ofMillis(backoffs.apply(attempts));
        if (failure.pause().compareTo(backoff) > 0) {
            backoff = failure.pause();
        }
        if (backoff.compareTo(deadline.left()) >= 0) {
            throw failed(
                    failure,
                    attempts,
                    " The deadline leaves no time for the backoff of %d ms.".formatted(backoff.toMillis()));
        }
        try {
            pause.take(backoff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The call was interrupted before its response.", e);
        }
    }

    private FoveaException failed(AttemptFailed failure, int attempts, String note) {
        return new FoveaException(
                ErrorCode.REMOTE_FAILED,
                "%s failed%s: it %s.%s %s"
                        .formatted(
                                settings.title(),
                                attempts == 1 ? "" : " %d times".formatted(attempts),
                                failure.text(),
                                note,
                                failure.problem().remedy()),
                failure);
    }

    @Override
    public RemoteStatus status() {
        return new RemoteStatus(
                settings.name(),
                guard.circuit(),
                guard.running(),
                meter.thisMonth(),
                settings.budget(),
                translation.unmapped());
    }

    @Override
    public void close() {
        exchange.close();
    }
}
