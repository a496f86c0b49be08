package dev.fovea.storage;

import dev.fovea.storage.s3.S3Settings;
import dev.fovea.storage.sql.PostgresSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a home is.
 *
 * @param root the directory; on PostgreSQL and S3 it has only the configuration, work under way and the cache
 * @param database where rows are; empty for SQLite in the directory
 * @param blobs where bundles and images of evaluations are; empty for the directory
 */
public record HomeSettings(Path root, Optional<PostgresSettings> database, Optional<S3Settings> blobs) {

    /** Everything in one directory. */
    public static HomeSettings in(Path root) {
        return new HomeSettings(root, Optional.empty(), Optional.empty());
    }
}
