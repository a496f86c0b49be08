package dev.fovea.monitoring.objectives.history;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Counts how the requests of each model go, and adds the counts to the history every five seconds and on close, so that
 * no more is lost when the process is killed.
 *
 * <p>Requests' threads count without a lock. The thread {@code service-levels} takes the counts and stores them; while
 * that fails they wait in memory. The lock guards what waits; requests never take it.
 *
 * <p>The processor time of the process is shared among the models by their busy time, which is the sum of the stages'
 * times without the queue's. A model gets at most its busy time on all processors, so that what a quiet server does
 * beside is not counted for the few requests of those seconds.
 */
public final class ServiceLevelRecorder implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Short slots are kept so long; the longest window of a burn rate is three days. */
    private static final Duration SHORT_KEPT = Duration.ofDays(4);

    private static final Duration KEPT = Duration.ofDays(400);
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);
    private static final RecurringWork.Words WORDS = new RecurringWork.Words(
            "The history of service levels cannot be stored and waits in memory",
            "The history of service levels is stored again.");

    private final ServiceLevelStore store;
    private final String server;
    private final InstantSource clock;
    private final LongSupplier cpuNanos;
    private final int processors;
    private final ConcurrentMap<String, ServiceTally> tallies = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SlotKey, ServiceCounts> waiting = new LinkedHashMap<>();
    private final RecurringWork loop = new RecurringWork("service-levels", WORDS, EVERY, this::turn);
    private Instant takenAt;
    private Instant cleanAt = Instant.MIN;
    private long cpuTaken;

    private record SlotKey(String model, Instant start) {}

    /**
     * Not started.
     *
     * @param server its name among those that share the store; the same after a restart
     * @param cpuNanos processor time of the process so far
     */
    public ServiceLevelRecorder(
            ServiceLevelStore store, String server, InstantSource clock, LongSupplier cpuNanos, int processors) {
        this.store = store;
        this.server = server;
        this.clock = clock;
        this.cpuNanos = cpuNanos;
        this.processors = processors;
        this.takenAt = clock.instant();
        this.cpuTaken = cpuNanos.getAsLong();
    }

    /** Begins to store. */
    public void start() {
        loop.start();
    }

    /**
     * A request has its response.
     *
     * @param nanos from its arrival
     * @param busyNanos times of its stages, without the queue's
     */
    public void answered(String model, long nanos, long busyNanos) {
        ServiceTally tally = tally(model);
        tally.answered(nanos);
        tally.busy(busyNanos);
    }

    /** A request for a model that exists failed. */
    public void failed(String model, ErrorCode code) {
        tally(model).failed(code, 1);
    }

    /** A fallback answered a request whose failure was counted; {@code nanos} from the request's arrival. */
    public void fellBack(String model, ErrorCode code, long nanos) {
        tally(model).fellBack(code, nanos);
    }

    /** An answer that was counted with a time took longer, because it was escalated. */
    public void retimed(String model, long counted, long nanos) {
        tally(model).retime(counted, nanos);
    }

    /** A remote model was called for a request; {@code micros} is the price in millionths of the currency. */
    public void called(String model, long micros) {
        tally(model).called(micros);
    }

    /**
     * Stores what was counted so far, so that it can be read. While that fails, the counts stay and nothing is thrown.
     */
    public void catchUp() {
        try {
            save();
        } catch (FoveaException e) {
            System.getLogger(ServiceLevelRecorder.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "The thread that stores the counts every few seconds reports this",
                            e);
        }
    }

    /** The same; throws when that fails. */
    void save() {
        lock.lock();
        try {
            take();
            if (waiting.isEmpty()) {
                return;
            }
            List<ServiceLevelStore.ModelSlot> slots = new ArrayList<>();
            waiting.forEach((key, counts) -> slots.add(new ServiceLevelStore.ModelSlot(
                    key.model(), new ServiceSlot(key.start(), ServiceSlot.SHORT, counts))));
            store.add(server, slots);
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Stores what was counted and stops. */
    @Override
    public void close() {
        loop.close();
        var _ = loop.attempt();
    }

    private ServiceTally tally(String model) {
        ServiceTally known = tallies.get(model); // computeIfAbsent may lock even when it is there
        return known != null ? known : tallies.computeIfAbsent(model, absent -> new ServiceTally());
    }

    /** Returns the time to the next turn, so that none reaches over the end of a slot. */
    private Duration turn() {
        save();
        Instant now = clock.instant();
        if (!now.isBefore(cleanAt) || cleanAt.isAfter(now.plus(CLEAN_EVERY))) { // also after a clock was set back
            cleanAt = now.plus(CLEAN_EVERY);
            store.rollUp(server, now.minus(SHORT_KEPT));
            store.removeBefore(now.minus(KEPT));
        }
        return EVERY.minusMillis(Math.floorMod(now.toEpochMilli(), EVERY.toMillis()));
    }

    /** What was counted since the last time belongs to the slot of that time, also when the clock was set back. */
    private void take() {
        Instant now = clock.instant();
        Instant start = ServiceSlot.startOf(takenAt.isBefore(now) ? takenAt : now);
        takenAt = now;
        Map<String, ServiceTally.Taken> taken = new TreeMap<>();
        tallies.forEach((model, tally) -> taken.put(model, tally.take()));
        long cpu = cpuNanos.getAsLong();
        long used = Math.max(0, cpu - cpuTaken);
        cpuTaken = cpu;
        long busy =
                taken.values().stream().mapToLong(ServiceTally.Taken::busyNanos).sum();
        taken.forEach((model, one) -> {
            ServiceCounts counts = withCpu(one.counts(), share(one.busyNanos(), busy, used));
            if (!counts.equals(ServiceCounts.NONE)) {
                waiting.merge(new SlotKey(model, start), counts, ServiceCounts::plus);
            }
        });
    }

    private long share(long own, long all, long used) {
        if (all == 0) {
            return 0;
        }
        double share = (double) used * ((double) own / (double) all);
        return Math.round(Math.min(share, (double) own * processors));
    }

    private static ServiceCounts withCpu(ServiceCounts counts, long cpuNanos) {
        return counts.plus(new ServiceCounts(LatencyHistogram.EMPTY, 0, 0, 0, new ServiceUse(cpuNanos, 0, 0)));
    }
}
