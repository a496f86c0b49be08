package dev.fovea.storage;

import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.SilenceStore;
import dev.fovea.monitoring.drift.DriftStore;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.Leftovers;
import dev.fovea.registry.leases.Leases;
import dev.fovea.rollout.RolloutStore;
import dev.fovea.rollout.experiment.ExperimentStore;
import dev.fovea.storage.alerts.SqlAlerts;
import dev.fovea.storage.alerts.SqlSilences;
import dev.fovea.storage.drift.SqlDrift;
import dev.fovea.storage.drift.SqlSketches;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.objectives.SqlObjectives;
import dev.fovea.storage.objectives.SqlServiceLevels;
import dev.fovea.storage.retention.SqlKeepStore;
import dev.fovea.storage.retention.SqlKeptImages;
import dev.fovea.storage.rollout.SqlExperiments;
import dev.fovea.storage.rollout.SqlRollouts;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqlLeases;
import dev.fovea.storage.sql.SqliteDatabase;
import dev.fovea.storage.traffic.TrafficStores;
import dev.fovea.storage.truth.SqlKpis;
import dev.fovea.storage.truth.SqlLabelPlans;
import dev.fovea.storage.truth.SqlTruths;
import dev.fovea.traffic.retention.KeepStore;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.truth.KpiStore;
import dev.fovea.traffic.truth.LabelPlanStore;
import dev.fovea.traffic.truth.TruthStore;
import java.util.UUID;

/** The stores for models in production that servers of a home share. */
public final class ProductionStores {

    private final Database database;
    private final Damage damage;
    private final TrafficStores traffic;
    private final BlobStore blobs;
    private final Leftovers leftovers;

    ProductionStores(HomeStores stores, Damage damage, TrafficStores traffic, Leftovers leftovers) {
        this.database = stores.database();
        this.damage = damage;
        this.traffic = traffic;
        this.blobs = stores.blobs();
        this.leftovers = leftovers;
    }

    /** The prediction log. */
    public TrafficStores traffic() {
        return traffic;
    }

    /** Policies for images of traffic, and the images that may be kept. */
    public KeepStore retention() {
        return new SqlKeepStore(database, damage, blobs, leftovers);
    }

    /** Images of traffic that are kept in data sets. */
    public KeptImageStore keptImages() {
        return new SqlKeptImages(database, leftovers);
    }

    /** Sketches of traffic. */
    public SketchStore sketches() {
        return new SqlSketches(database, damage);
    }

    /** The knowledge of drift detection. */
    public DriftStore drift() {
        return new SqlDrift(database, damage);
    }

    /** What was promised of models. */
    public ObjectiveStore objectives() {
        return new SqlObjectives(database, damage);
    }

    /** How requests went. */
    public ServiceLevelStore serviceLevels() {
        return new SqlServiceLevels(database, damage);
    }

    /** Plans of what to label. */
    public LabelPlanStore labelPlans() {
        return new SqlLabelPlans(database, damage);
    }

    /** Business figures. */
    public KpiStore kpis() {
        return new SqlKpis(database, damage);
    }

    /** True labels of predicted images. */
    public TruthStore truths() {
        return new SqlTruths(database, damage);
    }

    /** Staged rollouts. */
    public RolloutStore rollouts() {
        return new SqlRollouts(database, damage);
    }

    /** Experiments. */
    public ExperimentStore experiments() {
        return new SqlExperiments(database, damage);
    }

    /** Alerts and their deliveries. */
    public AlertStore alerts() {
        return new SqlAlerts(database, damage);
    }

    /** What is not told for a while. */
    public SilenceStore silences() {
        return new SqlSilences(database, damage);
    }

    /**
     * Leases of a server; call it once per process. On SQLite the only server of a home always has the same name, so
     * that it takes its leases up at once after a crash.
     */
    public Leases leases() {
        String owner =
                database instanceof SqliteDatabase ? "" : UUID.randomUUID().toString();
        return new SqlLeases(database, owner, System::nanoTime);
    }
}
