package dev.fovea.alerts.delivery;

import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.Alerts;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailure;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Delivers alerts: one virtual thread per route, so that a receiver that hangs holds up no other. Each looks for what
 * is due twice a second, in the store and among what could not be written. Of several servers that share a store, one
 * delivers at a time. A message of a process that was killed after it sent it, and before it wrote so, is sent again by
 * the next one, with the same id.
 */
public final class Dispatcher implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final System.Logger LOG = System.getLogger("fovea.alerts");

    private final AlertStore store;
    private final Alerts alerts;
    private final BooleanSupplier turn;
    private final List<RouteWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    /**
     * Not started.
     *
     * @param server address of the console, for links
     * @param turn whether it is this process that delivers, among those that share the store
     */
    public Dispatcher(
            Alerts alerts,
            AlertStore store,
            List<AlertRoute> routes,
            Optional<URI> server,
            BooleanSupplier turn,
            InstantSource clock) {
        this.alerts = alerts;
        this.store = store;
        this.turn = turn;
        Backoff backoff = new Backoff(RandomGenerator.getDefault());
        routes.forEach(route -> workers.add(new RouteWorker(route, server, backoff, clock)));
    }

    /** Delivers from now on. */
    public void start() {
        for (RouteWorker worker : workers) {
            threads.add(
                    Thread.ofVirtual().name("alerts-" + worker.route().name()).start(() -> work(worker)));
        }
    }

    /** Sends what is due on all routes, on this thread. */
    void turn() {
        for (RouteWorker worker : workers) {
            turn(worker);
        }
    }

    private void work(RouteWorker worker) {
        RecurringFailure failure = new RecurringFailure();
        while (!closing) {
            try {
                turn(worker);
                var _ = failure.ends();
            } catch (RuntimeException e) { // the thread must go on
                if (!closing && failure.begins(e)) {
                    LOG.log(
                            e instanceof FoveaException ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                            "Alerts on the route %s are not delivered for now: %s"
                                    .formatted(worker.route().name(), e.getMessage()));
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void turn(RouteWorker worker) {
        boolean _ = worker.turn(alerts.unwritten());
        if (turn.getAsBoolean()) {
            boolean _ = worker.turn(store);
            worker.refresh(alerts::open);
        }
    }

    /** What became of the messages of each route, by its name. */
    public SortedMap<String, RouteCounts> counts() {
        SortedMap<String, RouteCounts> counts = new TreeMap<>();
        workers.forEach(worker -> counts.put(worker.route().name(), worker.counts()));
        return counts;
    }

    /** Ends at once: what was not delivered waits in the store for the next start. */
    @Override
    public void close() {
        closing = true;
        threads.forEach(Thread::interrupt);
        workers.forEach(worker -> worker.route().channel().close());
    }
}
