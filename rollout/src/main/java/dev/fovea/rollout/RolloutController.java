package dev.fovea.rollout;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import dev.fovea.registry.leases.Leases;
import dev.fovea.rollout.evidence.TrialSums;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The loop of rollouts in a server: stores what was counted here, and, in one server of a home, looks at what all have
 * counted and carries out what follows. One thread owns it. At an interval of 250 ms, candidates are rolled back within
 * a second of the request that crosses a guard: storing here, looking in the server that leads, and following take one
 * interval each.
 */
public final class RolloutController implements AutoCloseable {

    private static final String LEASE = "rollouts";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration QUIET_INTERVAL = Duration.ofSeconds(1);

    /** A pause of the process does not count as time in a step. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(RolloutController.class.getName());

    private final Rollouts rollouts;
    private final RolloutRecorder recorder;
    private final Leases leases;
    private final String server;
    private final LongSupplier nanos;
    private final Map<String, TrialSums> stored = new HashMap<>();
    private final Map<String, Long> looked = new HashMap<>();
    private final RecurringWork loop;

    /**
     * Not started.
     *
     * @param server a name that no other process has, also not an earlier one
     * @param nanos a monotonic clock
     */
    public RolloutController(
            Rollouts rollouts, RolloutRecorder recorder, Leases leases, String server, LongSupplier nanos) {
        this.rollouts = rollouts;
        this.recorder = recorder;
        this.leases = leases;
        this.server = server;
        this.nanos = nanos;
        this.loop = new RecurringWork(
                "rollouts",
                new RecurringWork.Words("Rollouts stand still", "Rollouts go on."),
                QUIET_INTERVAL,
                () -> turn() ? INTERVAL : QUIET_INTERVAL);
    }

    /** Starts the loop. */
    public void start() {
        loop.start();
    }

    /** One turn of the loop, which {@link #start} repeats; whether there are rollouts. */
    public boolean turn() {
        List<StagedRollout> active = rollouts.store().active();
        recorder.follow(active);
        active.forEach(this::store);
        if (!active.isEmpty() && leases.tryHold(LEASE, LEASE_DURATION)) {
            active.forEach(this::look);
        } else {
            looked.clear();
        }
        looked.keySet().retainAll(ids(active));
        stored.keySet().retainAll(ids(active));
        return !active.isEmpty();
    }

    private static List<String> ids(List<StagedRollout> active) {
        return active.stream().map(StagedRollout::id).toList();
    }

    private void store(StagedRollout rollout) {
        recorder.sums(rollout)
                .filter(sums -> !sums.equals(stored.getOrDefault(rollout.id(), TrialSums.NONE)))
                .ifPresent(sums -> {
                    rollouts.store().count(rollout.id(), server, sums);
                    stored.put(rollout.id(), sums);
                });
    }

    private void look(StagedRollout rollout) {
        long now = nanos.getAsLong();
        Duration passed = Duration.ofNanos(now - looked.getOrDefault(rollout.id(), now));
        Duration counted = passed.compareTo(LONGEST_TURN) > 0 ? LONGEST_TURN : passed;
        TrialSums sums = rollouts.store().sums(rollout);
        StagedRollout after = rollouts.store().change(rollout.id(), current -> current.looked(sums, counted));
        looked.put(rollout.id(), now);
        if (!after.state().getClass().equals(rollout.state().getClass())
                || !after.percent().equals(rollout.percent())) {
            LOG.log(System.Logger.Level.INFO, "Rollout of {0}: {1}", after.candidate(), RolloutText.state(after));
        }
        StagedRollout applied = rollouts.steering().apply(after);
        if (!applied.underWay() && after.underWay()) {
            LOG.log(System.Logger.Level.INFO, "Rollout of {0}: {1}", after.candidate(), RolloutText.state(applied));
        }
    }

    /** Stores what was counted, gives the lease to another server, and stops. */
    @Override
    public void close() {
        loop.close();
        try {
            rollouts.store().active().forEach(this::store);
            leases.release(LEASE);
        } catch (FoveaException e) {
            LOG.log(System.Logger.Level.WARNING, "The last figures of rollouts are lost: " + e.getMessage());
        }
    }
}
