package dev.fovea.rollout.experiment;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import dev.fovea.registry.leases.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The loop of experiments in a server: stores which units were exposed here, and, in one server of a home, joins values
 * to units, looks at the sums of all servers, and carries out what follows. One thread owns it. It rests twenty times
 * as long as it worked, so that a large experiment costs no more than a twentieth of a core.
 */
public final class ExperimentController implements AutoCloseable {

    private static final String LEASE = "experiments";
    private static final Duration LEASE_DURATION = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(20);
    private static final int REST_PER_WORK = 20;
    private static final System.Logger LOG = System.getLogger(ExperimentController.class.getName());

    private final Experiments experiments;
    private final ExperimentRecorder recorder;
    private final ValueIntake intake;
    private final Leases leases;
    private final String server;
    private final InstantSource clock;
    private final Map<String, Stretch> stretches = new HashMap<>(); // by experiment
    private final RecurringWork loop;

    /**
     * What was stored of requests without a key.
     *
     * @param started of the stretch of time
     * @param before what was counted before it
     * @param stored what was counted when it was stored last
     */
    private record Stretch(
            Instant started, SortedMap<Integer, ExposureCounts> before, SortedMap<Integer, ExposureCounts> stored) {}

    /**
     * Not started.
     *
     * @param requests of the prediction log
     * @param server a name that no other process has, also not an earlier one
     */
    public ExperimentController(
            Experiments experiments,
            ExperimentRecorder recorder,
            LoggedRequests requests,
            Leases leases,
            String server,
            InstantSource clock) {
        this.experiments = experiments;
        this.recorder = recorder;
        this.intake = new ValueIntake(experiments.store(), requests);
        this.leases = leases;
        this.server = server;
        this.clock = clock;
        this.loop = new RecurringWork(
                "experiments",
                new RecurringWork.Words("Experiments stand still", "Experiments go on."),
                INTERVAL,
                this::timedTurn);
    }

    /** Starts the loop. */
    public void start() {
        loop.start();
    }

    private Duration timedTurn() {
        long started = System.nanoTime();
        turn();
        Duration pause = Duration.ofNanos(REST_PER_WORK * (System.nanoTime() - started));
        return pause.compareTo(INTERVAL) < 0
                ? INTERVAL
                : pause.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : pause;
    }

    /** One turn of the loop, which {@link #start} repeats. */
    public void turn() {
        List<Experiment> active = experiments.store().active();
        recorder.follow(active);
        active.forEach(this::store);
        stretches.keySet().retainAll(active.stream().map(Experiment::id).toList());
        if (!active.isEmpty() && leases.tryHold(LEASE, LEASE_DURATION)) {
            active.forEach(this::look);
        }
    }

    private void store(Experiment experiment) {
        Instant now = clock.instant();
        Map<String, Integer> waiting = recorder.waiting(experiment);
        if (!waiting.isEmpty()) {
            experiments.store().expose(experiment.id(), now, waiting);
            recorder.stored(experiment, Set.copyOf(waiting.keySet()));
        }
        SortedMap<Integer, ExposureCounts> counted = recorder.counts(experiment);
        Stretch last =
                stretches.getOrDefault(experiment.id(), new Stretch(Instant.MIN, new TreeMap<>(), new TreeMap<>()));
        if (counted.equals(last.stored()) || counted.values().stream().allMatch(ExposureCounts.NONE::equals)) {
            return;
        }
        Instant started = startOfStretch(experiment, now);
        SortedMap<Integer, ExposureCounts> before = started.equals(last.started()) ? last.before() : last.stored();
        Map<Integer, ExposureCounts> since = new TreeMap<>();
        counted.forEach(
                (version, count) -> since.put(version, count.since(before.getOrDefault(version, ExposureCounts.NONE))));
        experiments.store().count(experiment.id(), server, started, since);
        stretches.put(experiment.id(), new Stretch(started, before, counted));
    }

    private static Instant startOfStretch(Experiment experiment, Instant now) {
        long seconds = ExperimentStore.stretch(experiment.design()).toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
    }

    private void look(Experiment experiment) {
        Instant now = clock.instant();
        intake.take(experiment, now);
        ExperimentSums sums = experiments.store().sums(experiment, now);
        Experiment after = experiment.looked(sums, now);
        if (!after.equals(experiment)) {
            after = experiments.store().change(experiment.id(), current -> current.looked(sums, now));
            LOG.log(
                    System.Logger.Level.INFO,
                    "Experiment of {0}: {1}",
                    after.model(),
                    ExperimentText.state(after, sums));
        }
        Experiment applied = experiments.steering().apply(after);
        if (!applied.underWay() && after.state() instanceof ExperimentState.Sharing) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Experiment of {0}: {1}",
                    after.model(),
                    ExperimentText.state(applied, sums));
        }
    }

    /** Stores what was counted, gives the lease to another server, and stops. */
    @Override
    public void close() {
        loop.close();
        try {
            experiments.store().active().forEach(this::store);
            leases.release(LEASE);
        } catch (FoveaException e) {
            LOG.log(System.Logger.Level.WARNING, "The last figures of experiments are lost: " + e.getMessage());
        }
    }
}
