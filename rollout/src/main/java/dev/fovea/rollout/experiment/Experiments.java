package dev.fovea.rollout.experiment;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.rollout.RolloutStart;
import dev.fovea.rollout.RolloutStart.TrafficChange;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.serving.pool.Releases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Experiments as people start, watch and end them; the same for commands and the API. Thread-safe. */
public final class Experiments {

    private static final int TRAIL = 50;

    /** Units with a value below which a figure is not estimated. */
    private static final long LEAST_VALUED = 20;

    private final Registry registry;
    private final ExperimentStore store;
    private final ExperimentSteering steering;
    private final UnitCount units;
    private final InstantSource clock;

    /** Port: how many units a model had in a time: request keys, and requests without one. */
    @FunctionalInterface
    public interface UnitCount {

        /** From a time to before another. */
        long of(String model, Instant from, Instant to);
    }

    /** On a registry. */
    public Experiments(
            Registry registry, Releases releases, ExperimentStore store, UnitCount units, InstantSource clock) {
        this.registry = registry;
        this.store = store;
        this.units = units;
        this.steering = new ExperimentSteering(registry, releases, store, clock);
        this.clock = clock;
    }

    /**
     * Computes how long one takes, from what is stated and, for the rest, from the traffic and the figures so far.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code ARGUMENT_INVALID}; {@code STATE_CONFLICT} where the figure
     *     has too few values to be measured
     */
    public ExperimentPlan.Outlook plan(String name, ExperimentDesign design, ExperimentPlan.KnownUsual known) {
        int control = registry.model(name).promotion().map(Promotion::version).orElse(0);
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofDays(known.days()));
        double counted = known.isMeasured(design.metric().kind()) ? (double) units.of(name, from, now) : 0;
        ExperimentPlan plan = new ExperimentPlan(
                design.shares(control),
                control,
                known.stated(design.metric().kind())
                        .orElseGet(() -> measured(name, design.metric(), known, from, counted)),
                design.effect(),
                design.error());
        return new ExperimentPlan.Outlook(plan, known.perDay().orElse(counted / known.days()), known.power());
    }

    private ExperimentPlan.UsualValue measured(
            String name, ExperimentMetric metric, ExperimentPlan.KnownUsual known, Instant from, double units) {
        Moments valued = store.usual(name, metric, from);
        boolean isConversion = metric.kind() == ExperimentMetric.FigureKind.CONVERSION;
        if (valued.count() < LEAST_VALUED || units < valued.count()) {
            throw conflict(
                    "The figure %s of %s has %,d units with a value among %,.0f in %d days; it takes %d to measure it. State it: %s."
                            .formatted(
                                    metric.figure(),
                                    name,
                                    valued.count(),
                                    units,
                                    known.days(),
                                    LEAST_VALUED,
                                    isConversion ? "rate 0.04" : "mean 3 and deviation 8"));
        }
        double average = valued.sum() / units;
        return isConversion
                ? ExperimentPlan.UsualValue.rate(average)
                : ExperimentPlan.UsualValue.number(average, Math.sqrt(valued.squares() / units - average * average));
    }

    /**
     * Starts one: traffic is shared out when this returns.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code ARGUMENT_INVALID};
     *     {@code STATE_CONFLICT} for a variant in production, without production, beside a canary, a rollout or another
     *     experiment; and why a variant cannot be loaded
     */
    public Experiment start(String name, ExperimentDesign design, String who, String reason) {
        Registry.requireReason(reason);
        RegisteredModel model = registry.model(name);
        int control = control(model, design);
        switch (model.rollout()) {
            case Rollout.None() -> {}
            case Rollout.CanaryTraffic(int version, double percent) ->
                throw conflict(
                        "Version %1$d of %2$s is a canary of %3$s %%. End it first: fovea canary %2$s %1$d 0, or the rollout that made it: fovea rollout stop %2$s."
                                .formatted(version, name, percent));
            case Rollout.SplitTraffic ignored -> throw running(name);
        }
        Experiment experiment = Experiment.started(
                UlidCreator.getMonotonicUlid().toString(),
                name,
                control,
                design,
                new RolloutStart(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        who,
                        reason,
                        TrafficChange.newest(registry.audit(name, TRAIL))));
        store.add(experiment);
        try {
            return steering.apply(experiment);
        } catch (FoveaException e) {
            store.change(
                    experiment.id(),
                    current -> current.ended(
                            new ExperimentOutcome.LeftUndecided("it could not start: " + e.getMessage()),
                            new ExperimentSums(Collections.emptySortedMap(), ValueCounts.NONE),
                            clock.instant()));
            throw e;
        }
    }

    private static int control(RegisteredModel model, ExperimentDesign design) {
        int control = model.promotion()
                .orElseThrow(() -> conflict(
                        "%1$s has no version in production to compare with. Promote one first: fovea promote %1$s N."
                                .formatted(model.name())))
                .version();
        for (int variant : design.percents().keySet()) {
            model.active(variant);
            if (variant == control) {
                throw conflict(
                        "Version %d of %s is in production and takes part anyway, with the share that is left. Name other versions: \"fovea models %s\" lists them."
                                .formatted(variant, model.name(), model.name()));
            }
        }
        Rollout.SplitTraffic.of(0, design.percents()); // refuses shares that leave production nothing
        return control;
    }

    /** A model's, newest first. */
    public List<Experiment> list(String model, int limit) {
        registry.model(model);
        return store.list(model, limit);
    }

    /** The active one of a model, else its last; {@code NOT_FOUND} where there was none. */
    public Experiment latest(String model) {
        return list(model, 1).stream()
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "%1$s had no experiment yet. Plan one: fovea experiment plan %1$s.".formatted(model)));
    }

    /** What was counted in an experiment: so far, or until it was decided. */
    public ExperimentSums sums(Experiment experiment) {
        return experiment.result().orElseGet(() -> store.sums(experiment, clock.instant()));
    }

    /** Gives production all traffic again. */
    public Experiment stop(String model, String who, String reason) {
        Registry.requireReason(reason);
        registry.model(model);
        Experiment experiment = active(model)
                .orElseThrow(() -> conflict(
                        "%1$s has no experiment under way. Start one: fovea experiment start %1$s, after fovea experiment plan %1$s."
                                .formatted(model)));
        ExperimentSums sums = store.sums(experiment, clock.instant());
        ExperimentOutcome outcome = new ExperimentOutcome.Stopped(who, reason.isBlank() ? "stopped by " + who : reason);
        return steering.apply(store.change(experiment.id(), current -> current.decided(outcome, sums)));
    }

    /** A model's active one. */
    public Optional<Experiment> active(String model) {
        return store.active().stream()
                .filter(experiment -> experiment.model().equals(model))
                .findFirst();
    }

    ExperimentSteering steering() {
        return steering;
    }

    ExperimentStore store() {
        return store;
    }

    private static FoveaException running(String name) {
        return conflict(
                "An experiment of %1$s is under way. Show it: fovea experiment show %1$s. Stop it: fovea experiment stop %1$s."
                        .formatted(name));
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
