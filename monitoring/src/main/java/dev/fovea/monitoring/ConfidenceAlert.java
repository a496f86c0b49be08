package dev.fovea.monitoring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Watches the mean confidence of one version against the baseline of its promotion. The mean is that of the last full
 * window and moves on by tenths of a window, so a lasting fall is seen at most 1.1 windows after it began. Not
 * thread-safe.
 */
final class ConfidenceAlert {

    private final AlertRule rule;
    private final RecentMean recent;
    private Baseline baseline = new Baseline.None();
    private AlertState state = new AlertState.Quiet();

    ConfidenceAlert(AlertRule rule) {
        this.rule = rule;
        this.recent = new RecentMean(AlertRule.BLOCKS, rule.block());
    }

    /**
     * Sets the baseline of a promotion: the mean of the last full window, else that of the evaluation, else the first
     * full window to come. A promotion that is known already changes nothing.
     */
    void promoted(Instant promotion, Optional<Double> evaluated) {
        if (promotedAt().filter(promotion::equals).isPresent()) {
            return;
        }
        baseline = recent.mean()
                .or(() -> evaluated)
                .<Baseline>map(mean -> new Baseline.Known(promotion, mean))
                .orElseGet(() -> new Baseline.Awaited(promotion));
        state = new AlertState.Quiet();
    }

    /** Takes in the confidence of one answer. */
    void answered(double confidence, Instant now) {
        if (Double.isFinite(confidence) && recent.add(confidence)) {
            recent.mean().ifPresent(mean -> judge(mean, now));
        }
    }

    Baseline baseline() {
        return baseline;
    }

    AlertState state() {
        return state;
    }

    private void judge(double mean, Instant now) {
        switch (baseline) {
            case Baseline.None() -> {}
            case Baseline.Awaited(Instant promoted) -> baseline = new Baseline.Known(promoted, mean);
            case Baseline.Known known -> state = next(known.mean(), mean, now);
        }
    }

    private AlertState next(double expected, double mean, Instant now) {
        return switch (state) {
            case AlertState.Quiet quiet ->
                mean < expected * (1 - rule.raiseBelow()) ? new AlertState.Raised(now, expected, mean) : quiet;
            case AlertState.Raised raised ->
                mean >= expected * (1 - rule.clearAbove())
                        ? new AlertState.Quiet()
                        : new AlertState.Raised(raised.since(), expected, mean);
        };
    }

    private Optional<Instant> promotedAt() {
        return switch (baseline) {
            case Baseline.None() -> Optional.empty();
            case Baseline.Awaited(Instant promoted) -> Optional.of(promoted);
            case Baseline.Known known -> Optional.of(known.promoted());
        };
    }

    void write(DataOutputStream out) throws IOException {
        recent.write(out);
        switch (baseline) {
            case Baseline.None() -> out.writeByte(0);
            case Baseline.Awaited(Instant promoted) -> {
                out.writeByte(1);
                writeInstant(out, promoted);
            }
            case Baseline.Known(Instant promoted, double mean) -> {
                out.writeByte(2);
                writeInstant(out, promoted);
                out.writeDouble(mean);
            }
        }
        switch (state) {
            case AlertState.Quiet() -> out.writeBoolean(false);
            case AlertState.Raised(Instant since, double expected, double current) -> {
                out.writeBoolean(true);
                writeInstant(out, since);
                out.writeDouble(expected);
                out.writeDouble(current);
            }
        }
    }

    static ConfidenceAlert read(AlertRule rule, DataInputStream in) throws IOException {
        ConfidenceAlert alert = new ConfidenceAlert(rule);
        alert.recent.restore(in);
        alert.baseline = switch (in.readByte()) {
            case 0 -> new Baseline.None();
            case 1 -> new Baseline.Awaited(readInstant(in));
            case 2 -> new Baseline.Known(readInstant(in), in.readDouble());
            default -> throw new IOException("a baseline of an unknown kind");
        };
        if (in.readBoolean()) {
            alert.state = new AlertState.Raised(readInstant(in), in.readDouble(), in.readDouble());
        }
        return alert;
    }

    private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
