package dev.fovea.storage;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.pipeline.jobs.JobStore;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Leftovers;
import dev.fovea.registry.ModelStore;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.runtime.tuning.Tunings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory in which everything is kept, {@code ~/.fovea} unless another is given: {@code fovea.db},
 * {@code blobs/}, {@code bundles/} and {@code tmp/}. Any number of processes may have the same home open. What it gives
 * out is safe for threads and works until it is closed.
 */
public final class Home implements AutoCloseable {

    private final Path root;
    private final Database database;
    private final Damage damage = new Damage();
    private final Workspace workspace;
    private final BlobStore blobs;
    private final BundleDirectories bundles;

    private Home(Path root, Database database, DurableFiles files) {
        this.root = root;
        this.database = database;
        this.workspace = new Workspace(root.resolve("tmp"));
        this.blobs = new BlobStore(root.resolve("blobs"), workspace, files);
        this.bundles = new BundleDirectories(root.resolve("bundles"), workspace, files);
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
     */
    public static Home open(Path root, String program) {
        return open(root, program, new DurableFiles());
    }

    static Home open(Path root, String program, DurableFiles files) {
        prepare(root);
        Database database = new Database(root.resolve("fovea.db"));
        boolean opened = false;
        try {
            new Schema(database, root, program).bringUp();
            new Workspace(root.resolve("tmp")).sweep();
            Home home = new Home(root, database, files);
            home.removeLeftovers();
            opened = true;
            return home;
        } catch (IOException e) {
            throw StorageFailure.of("Opening the home", root, e);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** Where images and other single files are kept. */
    public BlobStore blobs() {
        return blobs;
    }

    /** Where models are kept. */
    public BundleStore bundles() {
        return bundles;
    }

    /**
     * A name in {@code tmp/} that nobody uses; what is left there by a process that died is swept at the next opening.
     */
    public Path scratch() {
        return workspace.next();
    }

    /** Writes a small file and removes it; {@code STORAGE_FAILED} when the disk is full or does not let it. */
    public void requireWritable() {
        workspace.requireWritable();
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
        return new LeftoverFiles(database, blobs, bundles);
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
        return new SqlEvaluationStore(database, blobs, damage);
    }

    /** The journal's rows. */
    public JobStore jobs() {
        return new SqlJobStore(database, damage);
    }

    /** Monitoring's rows. */
    public MonitoringStore monitoring() {
        return new SqlMonitoringStore(database, damage);
    }

    /** How models run best on which machine. */
    public Tunings tunings() {
        return new SqlTunings(database, damage);
    }

    /** What services elsewhere have cost. */
    public CostStore costs() {
        return new SqlCostStore(database);
    }

    /** Closes the database; nothing that was acknowledged waits for it. */
    @Override
    public void close() {
        database.close();
    }

    private static void prepare(Path root) {
        try {
            for (String room : new String[] {"blobs", "bundles", "tmp"}) {
                Files.createDirectories(root.resolve(room));
            }
            Files.delete(Files.createTempFile(root.resolve("tmp"), "writable", ""));
        } catch (IOException e) {
            throw StorageFailure.of("Opening the home", root, e);
        }
    }
}
