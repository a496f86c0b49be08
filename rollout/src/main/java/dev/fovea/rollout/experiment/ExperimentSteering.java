package dev.fovea.rollout.experiment;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.rollout.RolloutStart.TrafficChange;
import dev.fovea.serving.pool.Releases;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes the registry follow an experiment. The state is stored first, so that this may be repeated after a crash at any
 * point. A change of traffic by anybody else ends the experiment and stays as it is.
 */
final class ExperimentSteering {

    private static final int TRAIL = 50;
    private static final int LONGEST_REASON = 900;

    private final Registry registry;
    private final Releases releases;
    private final ExperimentStore store;
    private final InstantSource clock;

    ExperimentSteering(Registry registry, Releases releases, ExperimentStore store, InstantSource clock) {
        this.registry = registry;
        this.releases = releases;
        this.store = store;
        this.clock = clock;
    }

    /** Brings traffic to where the experiment wants it, and gives the experiment as it is then. */
    Experiment apply(Experiment experiment) {
        Optional<RegisteredModel> model = registry.find(experiment.model());
        if (model.isEmpty()) {
            return ended(experiment, new ExperimentOutcome.LeftUndecided("the model was deleted"));
        }
        return switch (experiment.state()) {
            case ExperimentState.Sharing() -> shared(experiment, model.get());
            case ExperimentState.Closing(ExperimentOutcome outcome) -> finished(experiment, outcome);
            case ExperimentState.Closed ignored -> experiment;
        };
    }

    private Experiment shared(Experiment experiment, RegisteredModel model) {
        int production = model.promotion().map(Promotion::version).orElse(0);
        if (production == experiment.control() && model.rollout().equals(experiment.split())) {
            return experiment;
        }
        Optional<Experiment> overruled = overruled(experiment);
        if (overruled.isEmpty()) {
            releases.split(
                    experiment.model(),
                    experiment.split(),
                    experiment.actor(),
                    experiment.start().reason());
        }
        return overruled.orElse(experiment);
    }

    private Experiment finished(Experiment experiment, ExperimentOutcome outcome) {
        Optional<Experiment> overruled = overruled(experiment);
        if (overruled.isPresent()) {
            return overruled.get();
        }
        if (experiment.design().promote()
                && outcome instanceof ExperimentOutcome.Better(int version, String ignored)
                && version != experiment.control()) {
            try {
                releases.promote(experiment.model(), version, experiment.actor(), shortened(outcome.reason()));
                return ended(experiment, outcome);
            } catch (FoveaException e) {
                if (e.code().blame() == ErrorCode.Blame.SERVER) {
                    throw e; // storage: tried again
                }
                releases.endSplit(experiment.model(), experiment.actor(), "it could not be promoted");
                return ended(
                        experiment,
                        new ExperimentOutcome.Better(
                                version,
                                "%s. It could not be promoted: %s".formatted(outcome.reason(), e.getMessage())));
            }
        }
        releases.endSplit(experiment.model(), experiment.actor(), shortened(outcome.reason()));
        return ended(experiment, outcome);
    }

    /** Over, where somebody else has changed traffic since the start. */
    private Optional<Experiment> overruled(Experiment experiment) {
        Optional<TrafficChange> newest = TrafficChange.newest(registry.audit(experiment.model(), TRAIL));
        return newest.filter(change -> !change.who().equals(experiment.actor())
                        && !newest.equals(experiment.start().before()))
                .map(change -> ended(
                        experiment,
                        experiment
                                .state()
                                .decision()
                                .orElseGet(() -> new ExperimentOutcome.LeftUndecided(change.text()))));
    }

    private Experiment ended(Experiment experiment, ExperimentOutcome outcome) {
        ExperimentSums sums = store.sums(experiment, clock.instant());
        return store.change(experiment.id(), current -> current.ended(outcome, sums, clock.instant()));
    }

    /** As the audit trail takes it. */
    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
