package dev.fovea.server;

import dev.fovea.monitoring.accuracy.HeldOutPredictions;
import dev.fovea.monitoring.accuracy.LabelPlanning;
import dev.fovea.monitoring.accuracy.LiveAccuracy;
import dev.fovea.pipeline.jobs.VersionHeldOut;
import dev.fovea.pipeline.retention.LabelRequests;
import dev.fovea.server.conditions.AccuracyConditions;
import dev.fovea.storage.Home;
import dev.fovea.storage.ProductionStores;
import dev.fovea.storage.traffic.StoredPredictions;
import dev.fovea.traffic.truth.Kpis;
import dev.fovea.traffic.truth.Truths;

/** The parts that know how right models are in production. */
public final class AccuracyParts implements AutoCloseable {

    private final StoredPredictions predictions;
    private final Truths truths;
    private final Kpis kpis;
    private final LiveAccuracy accuracy;
    private final LabelPlanning planning;
    private final LabelRequests requests;

    private AccuracyParts(Application application, StoredPredictions predictions) {
        this.predictions = predictions;
        Home home = application.home();
        ProductionStores stores = home.production();
        HeldOutPredictions heldOut = new VersionHeldOut(home.bundles(), home.evaluations());
        this.truths = new Truths(application.registry(), stores.truths(), predictions);
        this.kpis = new Kpis(stores.kpis(), predictions);
        this.accuracy = new LiveAccuracy(truths, predictions, heldOut, stores.labelPlans(), stores.keptImages());
        this.requests = new LabelRequests(application.labelling(), stores.keptImages(), predictions);
        this.planning =
                new LabelPlanning(truths, predictions, heldOut, stores.labelPlans(), requests, application.clock());
    }

    /** The parts of an application; to be closed before it. */
    public static AccuracyParts of(Application application) {
        return new AccuracyParts(
                application, application.home().production().traffic().predictions());
    }

    /** Whether labels show that accuracy is below its objective; each look opens the log and closes it again. */
    static AccuracyConditions conditions(Application application) {
        return new AccuracyConditions(
                application.registry(),
                application.home().production().objectives(),
                (version, window) -> {
                    try (AccuracyParts parts = AccuracyParts.of(application)) {
                        return parts.accuracy().known(version, window);
                    }
                },
                application.clock());
    }

    /** True labels of predicted images. */
    public Truths truths() {
        return truths;
    }

    /** How right versions are in production. */
    public LiveAccuracy accuracy() {
        return accuracy;
    }

    /** Draws what to label. */
    public LabelPlanning planning() {
        return planning;
    }

    /** Sends images of traffic to labelling. */
    public LabelRequests requests() {
        return requests;
    }

    /** Business figures. */
    public Kpis kpis() {
        return kpis;
    }

    @Override
    public void close() {
        predictions.close();
    }
}
