package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.BlobDirectory;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.BundleDirectories;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.files.StoredBundles;
import dev.fovea.storage.files.Workspace;
import dev.fovea.storage.s3.LocalCache;
import dev.fovea.storage.s3.S3Blobs;
import dev.fovea.storage.s3.S3Bundles;
import dev.fovea.storage.s3.S3Objects;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.PostgresDatabase;
import dev.fovea.storage.sql.SqliteDatabase;
import dev.fovea.storage.traffic.TrafficStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The stores of a home, by its settings.
 *
 * @param database rows
 * @param blobs thumbnails of evaluations
 * @param bundles models
 * @param workspace the local {@code tmp/}
 * @param objects the connection to S3, where blobs and bundles are there
 */
record HomeStores(
        Database database, BlobStore blobs, StoredBundles bundles, Workspace workspace, Optional<S3Objects> objects)
        implements AutoCloseable {

    /**
     * Opens database and blobs.
     *
     * @throws FoveaException {@code CONFIGURATION_INVALID} with all wrong settings numbered, {@code STORAGE_FAILED},
     *     {@code STORAGE_UNAVAILABLE}
     */
    static HomeStores open(HomeSettings settings, DurableFiles files) {
        Path root = settings.root();
        prepare(settings);
        List<FoveaException> failures = new ArrayList<>();
        Optional<Database> database = opened(
                () -> settings.database()
                        .<Database>map(PostgresDatabase::open)
                        .orElseGet(() -> new SqliteDatabase(root.resolve("fovea.db"))),
                failures);
        Optional<Optional<S3Objects>> objects = opened(() -> settings.blobs().map(S3Objects::open), failures);
        if (database.isEmpty() || objects.isEmpty()) {
            database.ifPresent(Database::close);
            objects.flatMap(there -> there).ifPresent(S3Objects::close);
            throw together(failures);
        }
        Workspace workspace = new Workspace(root.resolve("tmp"));
        return objects.get()
                .map(s3 -> {
                    LocalCache cache = new LocalCache(
                            root.resolve("cache"),
                            workspace,
                            files,
                            settings.blobs().orElseThrow().cacheBytes(),
                            InstantSource.system());
                    return new HomeStores(
                            database.get(),
                            new S3Blobs(s3, cache),
                            new S3Bundles(s3, cache),
                            workspace,
                            Optional.of(s3));
                })
                .orElseGet(() -> new HomeStores(
                        database.get(),
                        new BlobDirectory(root.resolve("blobs"), workspace, files),
                        new BundleDirectories(root.resolve("bundles"), workspace, files),
                        workspace,
                        Optional.empty()));
    }

    /** The prediction log: Parquet files are where bundles are, segments always here. */
    TrafficStores traffic(HomeSettings settings) {
        return objects.map(s3 -> TrafficStores.in(
                        settings.root(),
                        workspace,
                        s3,
                        settings.blobs().orElseThrow().cacheBytes()))
                .orElseGet(() -> TrafficStores.in(settings.root(), workspace));
    }

    private static <T> Optional<T> opened(Supplier<T> opening, List<FoveaException> failures) {
        try {
            return Optional.of(opening.get());
        } catch (FoveaException e) {
            failures.add(e);
            return Optional.empty();
        }
    }

    /** Reports all wrong settings together. */
    private static FoveaException together(List<FoveaException> failures) {
        List<FoveaException> wrong = failures.stream()
                .filter(e -> e.code() == ErrorCode.CONFIGURATION_INVALID)
                .toList();
        if (wrong.isEmpty()) {
            return failures.getFirst();
        }
        StringBuilder message = new StringBuilder(
                "The configuration has %d error%s:".formatted(wrong.size(), wrong.size() == 1 ? "" : "s"));
        for (int i = 0; i < wrong.size(); i++) {
            message.append("%n  %d. %s".formatted(i + 1, wrong.get(i).getMessage()));
        }
        return new FoveaException(ErrorCode.CONFIGURATION_INVALID, message.toString(), wrong.getFirst());
    }

    private static void prepare(HomeSettings settings) {
        Path root = settings.root();
        try {
            Stream<String> rooms =
                    settings.blobs().isPresent() ? Stream.of("tmp") : Stream.of("blobs", "bundles", "tmp");
            for (String room : rooms.toList()) {
                Files.createDirectories(root.resolve(room));
            }
            Files.delete(Files.createTempFile(root.resolve("tmp"), "writable", ""));
        } catch (IOException e) {
            throw StorageFailure.of("Opening the home", root, e);
        }
    }

    @Override
    public void close() {
        database.close();
        objects.ifPresent(S3Objects::close);
    }
}
