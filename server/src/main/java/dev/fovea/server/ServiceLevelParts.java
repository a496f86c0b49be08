package dev.fovea.server;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.monitoring.objectives.ObjectiveBurns;
import dev.fovea.monitoring.objectives.ServiceLevels;
import dev.fovea.monitoring.objectives.history.ServiceLevelRecorder;
import dev.fovea.storage.Home;
import dev.fovea.storage.ProductionStores;
import java.lang.management.ManagementFactory;
import java.time.Clock;

/** The parts of a server that count requests for the history of service levels, and watch error budgets. */
public final class ServiceLevelParts implements AutoCloseable {

    private final ServiceLevelRecorder recorder;
    private final ObjectiveBurns burns;

    /**
     * Not started.
     *
     * @param server its name, the same after a restart
     */
    ServiceLevelParts(Home home, String server, Clock clock) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ProductionStores stores = home.production();
        this.recorder = new ServiceLevelRecorder(
                stores.serviceLevels(),
                server,
                clock,
                system::getProcessCpuTime,
                Runtime.getRuntime().availableProcessors());
        this.burns = new ObjectiveBurns(stores.objectives(), stores.serviceLevels(), clock);
    }

    /** Objectives and what was kept of them, in an application. */
    public static ServiceLevels levels(Application application, AccuracyParts accuracy) {
        ProductionStores stores = application.home().production();
        return new ServiceLevels(
                application.registry(),
                stores.objectives(),
                stores.serviceLevels(),
                accuracy.accuracy(),
                application.clock());
    }

    /** Counts requests. */
    ServiceLevelRecorder recorder() {
        return recorder;
    }

    /** How fast error budgets burn. */
    ObjectiveBurns burns() {
        return burns;
    }

    @Override
    public void close() {
        recorder.close();
    }
}
