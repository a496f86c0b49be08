package dev.fovea.storage;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.catalog.ImageStore;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.PilotStore;
import dev.fovea.labels.wrong.ConfirmationStore;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.pipeline.queue.JobStore;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Leftovers;
import dev.fovea.registry.ModelStore;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.runtime.tuning.Tunings;
import dev.fovea.serving.shadow.ShadowStore;
import dev.fovea.storage.catalog.ImagePacks;
import dev.fovea.storage.catalog.SqlCatalog;
import dev.fovea.storage.catalog.SqlConfirmations;
import dev.fovea.storage.catalog.SqlEmbeddings;
import dev.fovea.storage.catalog.SqlItems;
import dev.fovea.storage.catalog.SqlLabels;
import dev.fovea.storage.catalog.SqlPilots;
import dev.fovea.storage.catalog.SqlVersions;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.run.SqlRuns;
import dev.fovea.storage.s3.CopiedPrefix;
import dev.fovea.storage.s3.S3Settings;
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
import dev.fovea.storage.sql.SqlShadowStore;
import dev.fovea.storage.sql.SqlTunings;
import dev.fovea.storage.sql.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The home: a directory, by default {@code ~/.fovea}, with {@code fovea.db}, {@code blobs/}, {@code bundles/} and
 * {@code tmp/}; rows may be in PostgreSQL instead, and blobs and bundles in S3. Any number of processes may open the
 * same home. Its components are thread-safe and usable until it is closed.
 */
public final class Home implements AutoCloseable {

    private final HomeSettings settings;
    private final HomeStores stores;
    private final Database database;
    private final Damage damage = new Damage();

    private Home(HomeSettings settings, HomeStores stores) {
        this.settings = settings;
        this.stores = stores;
        this.database = stores.database();
    }

    /** The default home. */
    public static Path usual() {
        return Path.of(System.getProperty("user.home"), ".fovea");
    }

    /**
     * Opens a home, creates it if missing, and removes leftovers of crashed processes; {@code HOME_TOO_NEW} if a newer
     * program wrote it, {@code HOME_TOO_OLD} if its models are no longer supported, {@code STORAGE_FAILED} if it cannot
     * be read and written.
     *
     * @param program version of this program, stored for messages of older ones
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
            Home home = new Home(settings, stores);
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
        return settings.root();
    }

    /** The store of images and other single files. */
    public BlobStore blobs() {
        return stores.blobs();
    }

    /** The store of models. */
    public BundleStore bundles() {
        return stores.bundles();
    }

    /** An unused name in {@code tmp/}; the next opening removes leftovers of dead processes. */
    public Path scratch() {
        return stores.workspace().next();
    }

    /**
     * Copies the objects below a prefix of the object store that has the blobs into {@code tmp/}; errors as of
     * {@link CopiedPrefix#of}.
     *
     * @param address {@code s3://bucket/prefix}
     * @param maxImageBytes larger images are left out
     * @throws FoveaException {@code ARGUMENT_INVALID} where blobs are in a directory
     */
    public CopiedPrefix copyPrefix(String address, long maxImageBytes, IngestProgress progress) {
        S3Settings source = stores.objects()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s cannot be read: the blobs of this home are in a directory, so that it knows no object store. Set blobs.url (FOVEA_BLOBS_URL), or copy the objects to a folder and add that."
                                .formatted(address)))
                .at(address);
        return CopiedPrefix.of(source, scratch(), maxImageBytes, progress);
    }

    /** {@code STORAGE_FAILED} where no small file or no row can be written; {@code STORAGE_UNAVAILABLE}. */
    public void requireWritable() {
        stores.workspace().requireWritable();
        database.requireWritable();
    }

    /** The lock of the only server of a home on SQLite, else {@code STATE_CONFLICT}; PostgreSQL may have many. */
    public ServerLock serverLock() {
        return database instanceof SqliteDatabase ? ServerLock.take(settings.root()) : ServerLock.NONE;
    }

    /** Whether a server runs on the home; unknown on PostgreSQL. */
    public boolean isServed() {
        return database instanceof SqliteDatabase && ServerLock.isTaken(settings.root());
    }

    /** Files that cannot be deleted now are deleted at the next opening. */
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
        return leftovers(InstantSource.system());
    }

    /** The same at another time. */
    Leftovers leftovers(InstantSource clock) {
        return new LeftoverFiles(database, stores.blobs(), stores.bundles(), clock);
    }

    /** The registry's rows. */
    public ModelStore models() {
        return new SqlModelStore(database, damage);
    }

    /** Image lists and their reports. */
    public DatasetStore datasets() {
        return new SqlDatasetStore(database, damage);
    }

    /** Curated data sets. */
    public DatasetCatalog catalog() {
        return new SqlCatalog(database, stores.blobs());
    }

    /** The images of curated data sets. */
    public ItemStore items() {
        return new SqlItems(database);
    }

    /** The cache of embeddings. */
    public EmbeddingStore embeddings() {
        return embeddings(SqlEmbeddings.MAX_BYTES);
    }

    /** The same with room for so many bytes. */
    EmbeddingStore embeddings(long maxBytes) {
        return new SqlEmbeddings(database, maxBytes);
    }

    /** Who labels which image. */
    public LabelStore labels() {
        return new SqlLabels(database);
    }

    /** Pilots of labelling. */
    public PilotStore pilots() {
        return new SqlPilots(database);
    }

    /** Decisions about suspect parts of labels. */
    public ConfirmationStore confirmations() {
        return new SqlConfirmations(database);
    }

    /** The versions of curated data sets. */
    public VersionStore versions() {
        return new SqlVersions(database, stores.blobs());
    }

    /** The bytes of images of curated data sets. */
    public ImageStore images() {
        return new ImagePacks(database, stores.blobs());
    }

    /** Evaluations with their images. */
    public EvaluationStore evaluations() {
        return new SqlEvaluationStore(database, stores.blobs(), damage);
    }

    /** The journal's rows. */
    public JobStore jobs() {
        return new SqlJobStore(database, damage);
    }

    /** Runs of trainings. */
    public RunStore runs() {
        return new SqlRuns(database, damage);
    }

    /**
     * Monitoring's rows.
     *
     * @param server name of the server; distinguishes servers that share the home
     */
    public MonitoringStore monitoring(String server) {
        return new SqlMonitoringStore(database, database instanceof SqliteDatabase ? "" : server, damage);
    }

    /** Tuned runtime settings of models by machine. */
    public Tunings tunings() {
        return new SqlTunings(database, damage);
    }

    /** Versions in shadow. */
    public ShadowStore shadows() {
        return new SqlShadowStore(database, damage);
    }

    /** Costs of remote services. */
    public CostStore costs() {
        return new SqlCostStore(database);
    }

    /** Stores for models in production. */
    public ProductionStores production() {
        return new ProductionStores(stores, damage, stores.traffic(settings), leftovers());
    }

    /** All stores of this home, for a copy. */
    HomeStores stores() {
        return stores;
    }

    /** Closes connections; acknowledged writes are durable already. */
    @Override
    public void close() {
        stores.close();
    }
}
