package dev.fovea.server;

import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.AlertWatch;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Silences;
import dev.fovea.alerts.delivery.Dispatcher;
import dev.fovea.alerts.delivery.RouteCounts;
import dev.fovea.config.alerting.AlertsFile;
import dev.fovea.registry.leases.Leases;
import dev.fovea.storage.Home;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts of a server: who watches, who is told, and what is on record. */
public final class AlertParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

    /** Of several servers one delivers; a server that was killed is replaced after this time. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Alerts alerts;
    private final AlertStore store;
    private final AlertWatch watch;
    private final Dispatcher dispatcher;

    private AlertParts(Alerts alerts, AlertStore store, AlertWatch watch, Dispatcher dispatcher) {
        this.alerts = alerts;
        this.store = store;
        this.watch = watch;
        this.dispatcher = dispatcher;
    }

    /** Not started. Errors of {@code alerts.json} are logged, and the routes without errors are used. */
    static AlertParts of(Home home, List<ConditionSource> sources, InstantSource clock) {
        AlertsFile file = AlertsFile.read(home.root(), System.getenv());
        file.message().ifPresent(errors -> LOG.error("The other routes are used; correct and start again: {}", errors));
        AlertStore store = home.production().alerts();
        Alerts alerts = new Alerts(store, home.production().silences(), file.told(), file.rules(), clock);
        Leases leases = home.production().leases();
        return new AlertParts(
                alerts,
                store,
                new AlertWatch(alerts, sources),
                new Dispatcher(
                        alerts, store, file.routes(), file.serverUrl(), () -> leases.tryHold("alerts", LEASE), clock));
    }

    /** Alerts for a command: they change in the home, and a server tells of it. */
    public static Alerts alerts(Application application) {
        Home home = application.home();
        AlertsFile file = AlertsFile.read(home.root(), System.getenv());
        file.routes().forEach(route -> route.channel().close());
        return new Alerts(
                home.production().alerts(),
                home.production().silences(),
                file.told(),
                file.rules(),
                application.clock());
    }

    /** The silences of a home. */
    public static Silences silences(Application application) {
        return new Silences(application.home().production().silences(), application.clock());
    }

    void start() {
        watch.start(WATCH_EVERY);
        dispatcher.start();
    }

    /** Where conditions are reported, and alerts are read and acknowledged. */
    public Alerts alerts() {
        return alerts;
    }

    /** What became of the messages of each route. */
    SortedMap<String, RouteCounts> counts() {
        return dispatcher.counts();
    }

    /** How many deliveries wait, by route. */
    SortedMap<String, Long> waiting() {
        return store.waiting();
    }

    @Override
    public void close() {
        watch.close();
        dispatcher.close();
    }
}
