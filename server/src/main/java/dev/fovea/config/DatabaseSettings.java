package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import dev.fovea.storage.sql.PostgresSettings;
import java.util.Optional;
import java.util.stream.Stream;

/** Where rows are. */
public record DatabaseSettings(
        @Key(
                text =
                        "`postgresql://host:5432/database` of a PostgreSQL database that servers and commands share. Without it rows are in SQLite, in the home.")
        Optional<String> url,

        @Key(text = "User of the database, if `database.url` names none.")
        Optional<String> user,

        @Key(text = "Password of that user. Prefer the environment variable.")
        Optional<String> password)
        implements Checked {

    /** Empty for SQLite. */
    public Optional<PostgresSettings> postgres() {
        return url.map(address -> PostgresSettings.of(address, user, password));
    }

    @Override
    public Stream<String> errors() {
        try {
            postgres();
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of("database.url: " + e.getMessage());
        }
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "DatabaseSettings[%s]".formatted(postgres());
    }
}
