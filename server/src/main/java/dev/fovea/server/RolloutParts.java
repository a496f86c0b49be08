package dev.fovea.server;

import dev.fovea.registry.Registry;
import dev.fovea.registry.leases.Leases;
import dev.fovea.rollout.RolloutController;
import dev.fovea.rollout.RolloutRecorder;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.experiment.ExperimentController;
import dev.fovea.rollout.experiment.ExperimentRecorder;
import dev.fovea.rollout.experiment.Experiments;
import dev.fovea.rollout.experiment.LoggedRequests;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.pool.Releases;
import dev.fovea.storage.Home;
import dev.fovea.storage.traffic.StoredPredictions;
import dev.fovea.traffic.LoggedRouting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The parts of a server that decide rollouts and experiments. */
final class RolloutParts implements AutoCloseable {

    private final Rollouts rollouts;
    private final RolloutController controller;
    private final Experiments experiments;
    private final ExperimentController experimentController;
    private final RequestLookup lookup;

    /** What the server counts on the threads of requests. */
    record Recorders(RolloutRecorder rollouts, ExperimentRecorder experiments) {}

    /** Which count nothing yet. */
    static Recorders recorders() {
        return new Recorders(new RolloutRecorder(), new ExperimentRecorder());
    }

    /** Not started. */
    RolloutParts(Home home, Registry registry, Releases releases, Recorders recorders, InstantSource clock) {
        this.rollouts = rollouts(home, registry, releases, clock);
        this.experiments = experiments(home, registry, releases, clock);
        this.lookup = new RequestLookup(home);
        String server = UUID.randomUUID().toString();
        Leases leases = home.production().leases();
        this.controller = new RolloutController(rollouts, recorders.rollouts(), leases, server, System::nanoTime);
        this.experimentController =
                new ExperimentController(experiments, recorders.experiments(), lookup, leases, server, clock);
    }

    /** Rollouts of a home through releases. */
    static Rollouts rollouts(Home home, Registry registry, Releases releases, InstantSource clock) {
        return new Rollouts(registry, releases, home.production().rollouts(), clock);
    }

    /** Experiments of a home through releases. */
    static Experiments experiments(Home home, Registry registry, Releases releases, InstantSource clock) {
        return new Experiments(
                registry,
                releases,
                home.production().experiments(),
                (model, from, to) -> units(home, model, from, to),
                clock);
    }

    private static long units(Home home, String model, Instant from, Instant to) {
        try (StoredPredictions predictions = home.production().traffic().predictions()) {
            return predictions.units(model, from, to);
        }
    }

    Rollouts rollouts() {
        return rollouts;
    }

    Experiments experiments() {
        return experiments;
    }

    void start() {
        controller.start();
        experimentController.start();
    }

    @Override
    public void close() {
        controller.close();
        experimentController.close();
        lookup.close();
    }

    /** Requests in the prediction log, which is opened for the first of them. Used by one thread at a time. */
    private static final class RequestLookup implements LoggedRequests, AutoCloseable {

        private final Home home;
        private Optional<StoredPredictions> predictions = Optional.empty();

        RequestLookup(Home home) {
            this.home = home;
        }

        @Override
        public Map<String, LoggedRequest> find(String model, Set<String> ids, Instant from) {
            if (predictions.isEmpty()) {
                predictions = Optional.of(home.production().traffic().predictions());
            }
            Map<String, LoggedRequest> found = new HashMap<>();
            predictions.get().find(model, ids, from, row -> {
                if (row.routing().role() == LoggedRouting.Role.REQUESTED) {
                    found.put(
                            row.request().id(),
                            new LoggedRequest(
                                    row.version().version(),
                                    Optional.ofNullable(row.request().tags().get(RequestDetails.KEY_TAG)),
                                    row.time()));
                }
            });
            return found;
        }

        @Override
        public void close() {
            predictions.ifPresent(StoredPredictions::close);
        }
    }
}
