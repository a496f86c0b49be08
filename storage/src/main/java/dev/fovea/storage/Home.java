package dev.fovea.storage;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.pipeline.queue.JobStore;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Leftovers;
import dev.fovea.registry.ModelStore;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.runtime.tuning.Tunings;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.LeftoverFiles;
import dev.fovea.storage.sql.Schema;
import dev.fovea.storage.sql.SqlCostStore;
import dev.fovea.storage.sql.SqlDatasetStore;
import dev.fovea.storage.sql.SqlEvaluationStore;
import dev.fovea.storage.sql.SqlJobStore;
import dev.fovea.storage.sql.SqlModelStore;
import dev.fovea.storage.sql.SqlMonitoringStore;
import dev.fovea.storage.sql.SqlTunings;
import dev.fovea.storage.sql.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where everything is kept: a directory, {@code ~/.fovea} unless another is given, with {@code fovea.db},
 * {@code blobs/}, {@code bundles/} and {@code tmp/}; rows may be in PostgreSQL instead, and blobs and bundles in S3.
 * Any number of processes may have the same home open. What it gives out is safe for threads and works until it is
 * closed.
 */
public final class Home implements AutoCloseable {

    private final Path root;
    private final HomeStores stores;
    private final Database database;
    private final Damage damage = new Damage();

    private Home(Path root, HomeStores stores) {
        this.root = root;
        this.stores = stores;
        this.database = stores.database();
    }

    /** Where the home is when nobody says otherwise. */
    public static Path usual() {
        return Path.of(System.getProperty("user.home"), ".fovea");
    }

    /**
     * Opens a home, makes it if there is none, and clears away what crashed processes left half done;
     * {@code HOME_TOO_NEW} if a newer program wrote it, {@code HOME_TOO_OLD} if its models are read no more,
     * {@code STORAGE_FAILED} if it cannot be read and written.
     *
     * @param program this program's version, remembered for messages of older ones
     * @throws FoveaException also {@code CONFIGURATION_INVALID} and {@code STORAGE_UNAVAILABLE} of PostgreSQL and S3
     */
    public static Home open(HomeSettings settings, String program) {
        return open(settings, program, new DurableFiles());
    }

    /** The same with SQLite and everything else in the directory. */
    public static Home open(Path root, String program) {
        return open(HomeSettings.in(root), program);
    }

    static Home open(HomeSettings settings, String program, DurableFiles files) {
        Path root = settings.root();
        HomeStores stores = HomeStores.open(settings, files);
        boolean opened = false;
        try {
            new Schema(stores.database(), program).bringUp();
            stores.workspace().sweep();
            Home home = new Home(root, stores);
            home.removeLeftovers();
            opened = true;
            return home;
        } catch (IOException e) {
            throw StorageFailure.of("Opening the home", root, e);
        } finally {
            if (!opened) {
                stores.close();
            }
        }
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** Where images and other single files are kept. */
    public BlobStore blobs() {
        return stores.blobs();
    }

    /** Where models are kept. */
    public BundleStore bundles() {
        return stores.bundles();
    }

    /**
     * A name in {@code tmp/} that nobody uses; what is left there by a process that died is swept at the next opening.
     */
    public Path scratch() {
        return stores.workspace().next();
    }

    /**
     * Writes a small file and removes it, and looks whether the database takes changes.
     *
     * @throws FoveaException {@code STORAGE_FAILED} for a full disk or missing rights, {@code STORAGE_UNAVAILABLE}
     */
    public void requireWritable() {
        stores.workspace().requireWritable();
        database.requireWritable();
    }

    /**
     * The lock that one server takes where only one can work on a home; PostgreSQL may have many.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when another server has it
     */
    public ServerLock serverLock() {
        return database instanceof SqliteDatabase ? ServerLock.take(root) : ServerLock.NONE;
    }

    /** Whether a server is known to work on the home; of several on PostgreSQL that is not known. */
    public boolean isServed() {
        return database instanceof SqliteDatabase && ServerLock.isTaken(root);
    }

    /** What a full disk or a file in use keeps from going is tried again at the next opening. */
    private void removeLeftovers() {
        try {
            leftovers().remove();
        } catch (FoveaException e) {
            System.getLogger(Home.class.getName())
                    .log(System.Logger.Level.DEBUG, "Files of deleted versions stay for now", e);
        }
    }

    /** Files of deleted versions. */
    public Leftovers leftovers() {
        return new LeftoverFiles(database, stores.blobs(), stores.bundles());
    }

    /** The registry's rows. */
    public ModelStore models() {
        return new SqlModelStore(database, damage);
    }

    /** Data set versions and their reports. */
    public DatasetStore datasets() {
        return new SqlDatasetStore(database, damage);
    }

    /** Evaluations with their images. */
    public EvaluationStore evaluations() {
        return new SqlEvaluationStore(database, stores.blobs(), damage);
    }

    /** The journal's rows. */
    public JobStore jobs() {
        return new SqlJobStore(database, damage);
    }

    /**
     * Monitoring's rows.
     *
     * @param server whose figures; told apart where several servers share the home
     */
    public MonitoringStore monitoring(String server) {
        return new SqlMonitoringStore(database, database instanceof SqliteDatabase ? "" : server, damage);
    }

    /** How models run best on which machine. */
    public Tunings tunings() {
        return new SqlTunings(database, damage);
    }

    /** What services elsewhere have cost. */
    public CostStore costs() {
        return new SqlCostStore(database);
    }

    /** Everything this home is made of, to be copied. */
    HomeStores stores() {
        return stores;
    }

    /** Closes connections; nothing that was acknowledged waits for it. */
    @Override
    public void close() {
        stores.close();
    }
}
