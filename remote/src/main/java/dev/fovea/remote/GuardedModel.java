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
 * A service behind its limits. A call passes the {@link ServiceGuard} once; each of its tries passes the circuit
 * breaker and is recorded by the {@link CostMeter} before it is sent. It has no lock of its own.
 */
public final class GuardedModel implements RemoteModel {

    private static final double DOUBLING = 2;
    private static final double SPREAD = 0.5;
    private static final Duration FAIR = Duration.ofSeconds(1);

    private final RemoteSettings settings;
    private final Clock clock;
    private final Pause pause;
    private final Protocol protocol;
    private final Exchange exchange;
    private final ServiceGuard gate;
    private final CostMeter meter;
    private final Translation translation;
    private final IntervalFunction pauses;

    public GuardedModel(RemoteSettings settings, CostStore costs, Clock clock, Pause pause) {
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.protocol = Protocol.of(settings.provider(), clock);
        this.exchange = new Exchange(settings.limits().connect());
        this.gate = new ServiceGuard(settings.title(), settings.limits(), clock);
        this.meter = new CostMeter(settings.name(), settings.title(), settings.budget(), costs, clock);
        this.translation = new Translation(settings.mapping());
        RetryRule retry = settings.limits().retry();
        this.pauses = IntervalFunction.ofExponentialRandomBackoff(retry.first(), DOUBLING, SPREAD, retry.longest());
    }

    @Override
    public RemotePrediction predict(byte[] image, Duration allowed) {
        if (image.length > protocol.largestImage()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The image has %,d bytes; %s takes at most %,d. Send a smaller one."
                            .formatted(image.length, settings.title(), protocol.largestImage()));
        }
        if (!allowed.isPositive()) {
            throw new FoveaException(
                    ErrorCode.DEADLINE_EXCEEDED, "No time was left to ask %s. Allow more.".formatted(settings.title()));
        }
        AttemptDeadline deadline = AttemptDeadline.in(allowed);
        gate.enter();
        try {
            return send(protocol.request(image), deadline);
        } finally {
            gate.leave();
        }
    }

    private RemotePrediction send(OutgoingRequest request, AttemptDeadline deadline) {
        double spent = 0;
        for (int tries = 1; ; tries++) {
            try {
                RemoteFindings findings = attempt(request, deadline);
                return translation.of(findings, spent + meter.price());
            } catch (AttemptFailed failure) {
                spent += failure.problem().reached() ? meter.price() : 0;
                pauseOrGiveUp(failure, tries, deadline);
            }
        }
    }

    private RemoteFindings attempt(OutgoingRequest request, AttemptDeadline deadline) {
        Duration within = deadline.leftUpTo(settings.limits().request());
        gate.begin();
        try {
            RemoteFindings findings = onRecord(request, within);
            gate.succeeded();
            return findings;
        } catch (AttemptFailed failure) {
            if (failure.problem() == AttemptProblem.TIMEOUT && within.compareTo(fairWait()) < 0) {
                gate.withdrawn();
            } else {
                gate.failed(failure);
            }
            throw failure;
        } catch (RuntimeException e) {
            gate.withdrawn();
            throw e;
        }
    }

    /** A timeout shorter than this does not count as a failure of the service. */
    private Duration fairWait() {
        Duration limit = settings.limits().request();
        return limit.compareTo(FAIR) < 0 ? limit : FAIR;
    }

    /** Puts the try on record, makes it, and takes it off again if it never reached the service. */
    private RemoteFindings onRecord(OutgoingRequest request, Duration within) {
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
                "answered %d%s"
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

    private void pauseOrGiveUp(AttemptFailed failure, int tries, AttemptDeadline deadline) {
        if (!failure.problem().isRetryable()
                || tries >= settings.limits().retry().tries()) {
            throw failed(failure, tries, "");
        }
        Duration rest = Duration.ofMillis(pauses.apply(tries));
        if (failure.pause().compareTo(rest) > 0) {
            rest = failure.pause();
        }
        if (rest.compareTo(deadline.left()) >= 0) {
            throw failed(
                    failure,
                    tries,
                    " There is no time for the pause of %d ms before another try.".formatted(rest.toMillis()));
        }
        try {
            pause.take(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The call was interrupted before it was answered.", e);
        }
    }

    private FoveaException failed(AttemptFailed failure, int tries, String note) {
        return new FoveaException(
                ErrorCode.REMOTE_FAILED,
                "%s failed%s: it %s.%s %s"
                        .formatted(
                                settings.title(),
                                tries == 1 ? "" : " %d times".formatted(tries),
                                failure.text(),
                                note,
                                failure.problem().remedy()),
                failure);
    }

    @Override
    public RemoteStatus status() {
        return new RemoteStatus(
                settings.name(),
                gate.circuit(),
                gate.running(),
                meter.thisMonth(),
                settings.budget(),
                translation.unmapped());
    }

    @Override
    public void close() {
        exchange.close();
    }
}
