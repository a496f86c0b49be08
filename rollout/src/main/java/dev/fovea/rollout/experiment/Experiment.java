package dev.fovea.rollout.experiment;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Rollout;
import dev.fovea.rollout.RolloutStart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * An experiment with its state; immutable.
 *
 * @param id sorts by time
 * @param model whose traffic it shares out
 * @param control the version in production
 * @param mismatch between planned and found shares; once found it stays
 * @param result what was counted, since it is decided
 */
public record Experiment(
        String id,
        String model,
        int control,
        ExperimentDesign design,
        RolloutStart start,
        ExperimentState state,
        Optional<RatioMismatch> mismatch,
        Optional<ExperimentSums> result) {

    /** A new one. */
    public static Experiment started(
            String id, String model, int control, ExperimentDesign design, RolloutStart start) {
        return new Experiment(
                id, model, control, design, start, new ExperimentState.Sharing(), Optional.empty(), Optional.empty());
    }

    /** Who changes the registry for it, for the audit trail. */
    public String actor() {
        return "experiment " + id;
    }

    /** Whether it still controls traffic. */
    public boolean underWay() {
        return !(state instanceof ExperimentState.Closed);
    }

    /** How traffic is shared out. Each experiment shares requests out anew. */
    public Rollout.SplitTraffic split() {
        return Rollout.SplitTraffic.of(seed(), design.percents());
    }

    /** Decides which requests go where. */
    long seed() {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** The planned share of each version, the control among them, in percent. */
    public SortedMap<Integer, Double> shares() {
        return design.shares(control);
    }

    /** With what follows from what was counted so far. */
    public Experiment looked(ExperimentSums sums, Instant now) {
        if (!(state instanceof ExperimentState.Sharing)) {
            return this;
        }
        Experiment seen = mismatch.isPresent() ? this : with(RatioMismatch.of(shares(), sums, now));
        ExperimentReading reading = ExperimentReading.of(seen, sums);
        Optional<ExperimentOutcome> outcome = reading.decision(seen)
                .or(() -> Optional.of(now)
                        .filter(time -> !time.isBefore(start.at().plus(design.longest())))
                        .map(time -> reading.undecided(seen)));
        return outcome.map(decision -> seen.decided(decision, sums)).orElse(seen);
    }

    /** Decided by evidence or by a person. */
    Experiment decided(ExperimentOutcome outcome, ExperimentSums sums) {
        state.decision().ifPresent(before -> {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The experiment of %s cannot be ended again: it is %s (%s)."
                            .formatted(model, before.label(), before.reason()));
        });
        return new Experiment(
                id, model, control, design, start, new ExperimentState.Closing(outcome), mismatch, Optional.of(sums));
    }

    /** Over, since the registry has followed or a person has changed traffic. */
    Experiment ended(ExperimentOutcome outcome, ExperimentSums sums, Instant at) {
        return underWay()
                ? new Experiment(
                        id,
                        model,
                        control,
                        design,
                        start,
                        new ExperimentState.Closed(outcome, at),
                        mismatch,
                        result.or(() -> Optional.of(sums)))
                : this;
    }

    private Experiment with(Optional<RatioMismatch> found) {
        return new Experiment(id, model, control, design, start, state, found, result);
    }
}
