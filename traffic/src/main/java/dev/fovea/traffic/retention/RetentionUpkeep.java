package dev.fovea.traffic.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import dev.fovea.registry.leases.Leases;
import java.time.Duration;
import java.util.Optional;

/**
 * The periodic work of the retention of images, in one server of a home at a time. One thread owns it. A server that
 * takes over does what a killed one left.
 */
public final class RetentionUpkeep implements AutoCloseable {

    private static final String LEASE = "retention";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Leases leases;
    private final RecurringWork loop;

    /** Not started. */
    public RetentionUpkeep(Leases leases, Runnable work) {
        this.leases = leases;
        this.loop = new RecurringWork(
                "retention-upkeep",
                new RecurringWork.Words("Kept images do not reach their data sets", "Kept images reach them again."),
                PAUSE,
                () -> {
                    if (leases.tryHold(LEASE, LEASE_DURATION)) {
                        work.run();
                    }
                    return PAUSE;
                });
    }

    /** Starts the loop. */
    public void start() {
        loop.start();
    }

    /** What keeps it from working, in words with the remedy. */
    public Optional<String> problem() {
        return loop.problem();
    }

    /** Ends after what is under way, and gives the lease to another server. */
    @Override
    public void close() {
        loop.close();
        try {
            leases.release(LEASE);
        } catch (FoveaException e) {
            System.getLogger(RetentionUpkeep.class.getName())
                    .log(System.Logger.Level.DEBUG, "The lease of the retention of images ends by itself", e);
        }
    }
}
