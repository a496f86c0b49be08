package dev.fovea.storage.traffic;

import dev.fovea.registry.leases.Leases;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.Workspace;
import dev.fovea.storage.s3.S3Objects;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/** The prediction log of a home. */
public final class TrafficStores {

    private final TrafficFiles files;
    private final DurableFiles.ChannelOpener opener;

    private TrafficStores(TrafficFiles files, DurableFiles.ChannelOpener opener) {
        this.files = files;
        this.opener = opener;
    }

    /** With Parquet files in the home. */
    public static TrafficStores in(Path home, Workspace workspace) {
        return in(home, workspace, TrafficStores::create);
    }

    static TrafficStores in(Path home, Workspace workspace, DurableFiles.ChannelOpener opener) {
        return new TrafficStores(TrafficFiles.in(home, workspace), opener);
    }

    /**
     * With Parquet files in S3.
     *
     * @param cacheBytes of local copies
     */
    public static TrafficStores in(Path home, Workspace workspace, S3Objects objects, long cacheBytes) {
        TrafficFiles local = TrafficFiles.in(home, workspace);
        Path cache = home.resolve("cache").resolve("traffic");
        return new TrafficStores(
                new TrafficFiles(
                        local.segments(),
                        new S3Parts(objects, cache, workspace, cacheBytes, InstantSource.system()),
                        local.damaged(),
                        workspace),
                TrafficStores::create);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The log of a server, which writes it; to be closed. */
    public TrafficLog write(TrafficSettings settings, Leases leases, InstantSource clock) {
        return start(settings, leases, clock);
    }

    /** Questions to the log of a command; to be closed. */
    public TrafficQueries queries() {
        return new DuckTrafficQueries(new TrafficReader(files), true);
    }

    /** Predictions by request and by time; to be closed. */
    public StoredPredictions predictions() {
        return new StoredPredictions(new TrafficReader(files));
    }

    /** Where it is, for a copy. */
    TrafficFiles files() {
        return files;
    }

    ParquetTrafficLog start(TrafficSettings settings, Leases leases, InstantSource clock) {
        return ParquetTrafficLog.start(files, settings, leases, clock, opener);
    }
}
