package dev.fovea.monitoring.alerts;

import dev.fovea.statistics.FallTest;
import dev.fovea.statistics.RunningMean;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Monitors the mean confidence of one version against the baseline of its promotion. The window moves in tenths. The
 * alert is raised when the mean falls by more than {@link AlertRule#raiseBelow} of the baseline and the fall is
 * significant at {@link AlertRule#falseAlarms}. See {@link FallTest}. Not thread-safe.
 */
public final class ConfidenceAlert {

    private final AlertRule rule;
    private final RecentMoments recent;
    private Baseline baseline = new Baseline.NoBaseline();
    private FallState state = new FallState.Quiet();
    /** Of the baseline; made when it is first needed. */
    private @Nullable FallTest test;

    public ConfidenceAlert(AlertRule rule) {
        this.rule = rule;
        this.recent = new RecentMoments(rule.reference() / rule.block(), rule.block());
    }

    /**
     * Sets the baseline of a promotion: the version's own last {@link AlertRule#reference} responses, else its
     * evaluation, else its next responses until there are so many. A promotion that is known already changes nothing,
     * unless its baseline is still awaited and an evaluation has come.
     */
    public void promoted(Instant promotion, Optional<RunningMean> evaluated) {
        Optional<RunningMean> usable = evaluated.filter(known -> known.count() >= AlertRule.MIN_EVALUATED);
        boolean isKnown = promotedAt().filter(promotion::equals).isPresent();
        if (isKnown && !(baseline instanceof Baseline.Awaited && usable.isPresent())) {
            return;
        }
        set(traffic()
                .or(() -> usable)
                .<Baseline>map(confidence -> new Baseline.Known(promotion, confidence))
                .orElseGet(() -> new Baseline.Awaited(promotion)));
        state = new FallState.Quiet();
    }

    /** Takes in the confidence of one response. */
    public void predicted(double confidence, Instant now) {
        if (Double.isFinite(confidence) && recent.add(confidence)) {
            recent.last(AlertRule.BLOCKS).ifPresent(window -> evaluate(window, now));
        }
    }

    public Baseline baseline() {
        return baseline;
    }

    public FallState state() {
        return state;
    }

    private Optional<RunningMean> traffic() {
        return recent.last(rule.reference() / rule.block());
    }

    private void set(Baseline next) {
        baseline = next;
        test = null;
    }

    private void evaluate(RunningMean window, Instant now) {
        switch (baseline) {
            case Baseline.NoBaseline() -> {}
            case Baseline.Awaited(Instant promoted) ->
                traffic().ifPresent(confidence -> set(new Baseline.Known(promoted, confidence)));
            case Baseline.Known known -> state = next(known.confidence(), window, now);
        }
    }

    private FallState next(RunningMean expected, RunningMean window, Instant now) {
        double fall = expected.mean() - window.mean();
        double threshold = Math.max(
                rule.raiseBelow() * expected.mean(), test(expected, window).margin(expected, window));
        return switch (state) {
            case FallState.Quiet quiet ->
                fall > threshold ? new FallState.Fallen(now, expected.mean(), window.mean()) : quiet;
            case FallState.Fallen raised ->
                fall <= AlertRule.CLEAR * threshold
                        ? new FallState.Quiet()
                        : new FallState.Fallen(raised.since(), expected.mean(), window.mean());
        };
    }

    private FallTest test(RunningMean expected, RunningMean window) {
        FallTest known = test;
        if (known == null) {
            known = FallTest.of(rule.falseAlarms(), rule.checks(), expected.count(), window.count());
            test = known;
        }
        return known;
    }

    private Optional<Instant> promotedAt() {
        return switch (baseline) {
            case Baseline.NoBaseline() -> Optional.empty();
            case Baseline.Awaited(Instant promoted) -> Optional.of(promoted);
            case Baseline.Known known -> Optional.of(known.promoted());
        };
    }

    public void write(DataOutputStream out) throws IOException {
        recent.write(out);
        switch (baseline) {
            case Baseline.NoBaseline() -> out.writeByte(0);
            case Baseline.Awaited(Instant promoted) -> {
                out.writeByte(1);
                writeInstant(out, promoted);
            }
            case Baseline.Known(Instant promoted, RunningMean confidence) -> {
                out.writeByte(2);
                writeInstant(out, promoted);
                out.writeDouble(confidence.mean());
                out.writeLong(confidence.count());
                out.writeDouble(confidence.squares());
            }
        }
        switch (state) {
            case FallState.Quiet() -> out.writeBoolean(false);
            case FallState.Fallen(Instant since, double expected, double current) -> {
                out.writeBoolean(true);
                writeInstant(out, since);
                out.writeDouble(expected);
                out.writeDouble(current);
            }
        }
    }

    public static ConfidenceAlert read(AlertRule rule, DataInputStream in) throws IOException {
        ConfidenceAlert alert = new ConfidenceAlert(rule);
        alert.recent.restore(in);
        alert.readState(in);
        return alert;
    }

    private void readState(DataInputStream in) throws IOException {
        baseline = switch (in.readByte()) {
            case 0 -> new Baseline.NoBaseline();
            case 1 -> new Baseline.Awaited(readInstant(in));
            case 2 -> new Baseline.Known(readInstant(in), confidence(in));
            default -> throw new IOException("a baseline of an unknown kind");
        };
        if (in.readBoolean()) {
            state = new FallState.Fallen(readInstant(in), in.readDouble(), in.readDouble());
        }
    }

    private static RunningMean confidence(DataInputStream in) throws IOException {
        double mean = in.readDouble();
        long count = in.readLong();
        double squares = in.readDouble();
        if (!(mean >= 0 && mean <= 1 && count >= AlertRule.MIN_EVALUATED && squares >= 0 && squares <= count)) {
            throw new IOException("a baseline of mean %s, count %d, squares %s".formatted(mean, count, squares));
        }
        return new RunningMean(count, mean, squares);
    }

    private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
