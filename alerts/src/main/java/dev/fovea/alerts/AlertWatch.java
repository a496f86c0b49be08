package dev.fovea.alerts;

import dev.fovea.fault.RecurringFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the sources every few seconds which conditions hold, on a thread of its own, {@code alerts}. */
public final class AlertWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("fovea.alerts");

    private final Alerts alerts;
    private final List<ConditionSource> sources;
    private final RecurringFailure failure = new RecurringFailure();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("alerts").daemon().factory());

    /** Not started. */
    public AlertWatch(Alerts alerts, List<ConditionSource> sources) {
        this.alerts = alerts;
        this.sources = List.copyOf(sources);
    }

    /** Asks at once, and from now on. */
    public void start(Duration every) {
        var _ = timer.scheduleWithFixedDelay(this::turn, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: a timer that throws never runs again. */
    private void turn() {
        try {
            for (ConditionSource source : sources) {
                alerts.reportAll(source.prefix(), source.holding());
            }
            alerts.settle();
            var _ = failure.ends();
        } catch (RuntimeException e) {
            if (failure.begins(e)) {
                LOG.log(System.Logger.Level.ERROR, "Alerts are not watched for now, and are tried again", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
