package dev.fovea.storage;

import dev.fovea.registry.Leases;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqlLeases;
import dev.fovea.storage.sql.SqliteDatabase;
import java.util.UUID;

/** The stores for models in production that servers of a home share. */
public final class ProductionStores {

    private final Database database;

    ProductionStores(Database database) {
        this.database = database;
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
