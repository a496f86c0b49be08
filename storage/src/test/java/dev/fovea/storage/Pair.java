package dev.fovea.storage;

import dev.fovea.storage.s3.S3Settings;
import dev.fovea.storage.sql.PostgresSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a home is kept in: the two pairs on which every test of storage runs. */
enum Pair {
    SQLITE_AND_DIRECTORY {
        @Override
        HomeSettings in(Path root) {
            return HomeSettings.in(root);
        }

        @Override
        Path files(HomeSettings settings) {
            return settings.root();
        }
    },
    POSTGRESQL_AND_S3 {
        @Override
        HomeSettings in(Path root) {
            S3Settings blobs = S3Server.shared().create();
            return new HomeSettings(root, Optional.of(PostgresServer.shared().create()), Optional.of(blobs));
        }

        @Override
        Path files(HomeSettings settings) {
            return S3Server.shared().files(settings.blobs().orElseThrow());
        }
    };

    /** A new home; opened again with the same settings it is the same. */
    abstract HomeSettings in(Path root);

    /** Where {@code blobs/} and {@code bundles/} lie as files, laid out alike in both. */
    abstract Path files(HomeSettings settings);

    /** Settings as arguments of a child process. */
    static List<String> arguments(HomeSettings settings) {
        List<String> arguments = new ArrayList<>(List.of(settings.root().toString()));
        settings.database().ifPresent(database -> arguments.add(database.url()));
        settings.blobs()
                .ifPresent(blobs -> arguments.add("s3://%s/%s?endpoint=%s"
                        .formatted(
                                blobs.bucket(), blobs.prefix(), blobs.endpoint().orElseThrow())));
        return arguments;
    }

    /** The settings of a child process. */
    static HomeSettings settings(List<String> arguments) {
        Path root = Path.of(arguments.getFirst());
        if (arguments.size() == 1) {
            return HomeSettings.in(root);
        }
        Optional<String> user = Optional.of(PostgresServer.USER);
        return new HomeSettings(
                root,
                Optional.of(PostgresSettings.of(arguments.get(1), user, user)),
                Optional.of(S3Settings.of(
                        arguments.get(2),
                        Optional.of(new S3Settings.Keys(S3Server.ACCESS, S3Server.SECRET)),
                        S3Settings.DEFAULT_CACHE_BYTES)));
    }
}
