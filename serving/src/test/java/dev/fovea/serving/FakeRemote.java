package dev.fovea.serving;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.RemoteModel;
import dev.fovea.remote.RemotePrediction;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.MonthlyCost;
import dev.fovea.remote.guard.RemoteStatus;
import dev.fovea.remote.protocol.RemoteLabel;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A service that says what it is told to say, and remembers how long it was allowed. */
public final class FakeRemote implements RemoteModel {

    public final ConcurrentLinkedQueue<Duration> allowed = new ConcurrentLinkedQueue<>();
    public volatile Optional<String> label = Optional.of("green");
    public volatile Optional<ErrorCode> failing = Optional.empty();
    volatile boolean closed;

    @Override
    public RemotePrediction predict(byte[] image, Duration within) {
        allowed.add(within);
        failing.ifPresent(code -> {
            throw new FoveaException(code, "It was told to fail.");
        });
        return new RemotePrediction(
                label.map(said -> List.of(new RemoteLabel(said, 0.9))).orElse(List.of()), List.of(), 0);
    }

    @Override
    public RemoteStatus status() {
        return new RemoteStatus(
                "vision",
                RemoteStatus.Circuit.CLOSED,
                0,
                MonthlyCost.none(YearMonth.of(2026, 11)),
                Budget.free(),
                Map.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
