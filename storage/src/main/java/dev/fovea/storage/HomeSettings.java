package dev.fovea.storage;

import dev.fovea.storage.s3.S3Settings;
import dev.fovea.storage.sql.PostgresSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The storage of a home.
 *
 * @param root the directory; on PostgreSQL and S3 it has only the configuration, work in progress and the cache
 * @param database address of the database; empty for SQLite in the directory
 * @param blobs address of bundles and images of evaluations; empty for the directory
 */
public record HomeSettings(Path root, Optional<PostgresSettings> database, Optional<S3Settings> blobs) {

    /** Everything in one directory. */
    public static HomeSettings in(Path root) {
        return new HomeSettings(root, Optional.empty(), Optional.empty());
    }
}
