package dev.fovea.server;

import dev.fovea.registry.Leases;
import dev.fovea.registry.Registry;
import dev.fovea.rollout.RolloutController;
import dev.fovea.rollout.RolloutRecorder;
import dev.fovea.rollout.Rollouts;
import dev.fovea.serving.pool.Releases;
import dev.fovea.storage.Home;
import java.time.InstantSource;
import java.util.UUID;

/** The parts of a server that decide rollouts. */
final class RolloutParts implements AutoCloseable {

    private final Rollouts rollouts;
    private final RolloutController controller;

    /** Not started. */
    RolloutParts(Rollouts rollouts, RolloutRecorder recorder, Leases leases) {
        this.rollouts = rollouts;
        this.controller = new RolloutController(
                rollouts, recorder, leases, UUID.randomUUID().toString(), System::nanoTime);
    }

    /** Rollouts of a home through releases. */
    static Rollouts rollouts(Home home, Registry registry, Releases releases, InstantSource clock) {
        return new Rollouts(registry, releases, home.production().rollouts(), clock);
    }

    Rollouts rollouts() {
        return rollouts;
    }

    void start() {
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }
}
