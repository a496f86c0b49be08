package dev.fovea.storage;

import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;

/** Monitoring's state on SQL. */
final class SqlMonitoringStore implements MonitoringStore {

    private final Database database;

    SqlMonitoringStore(Database database) {
        this.database = database;
    }

    @Override
    public void save(List<Saved> states) {
        long now = Columns.micros(Instant.now());
        database.write(handle -> {
            states.forEach(saved -> handle.createUpdate(
                            """
                            INSERT INTO monitoring_state (model, version, saved, state)
                            VALUES (:model, :version, :saved, :state)
                            ON CONFLICT (model, version) DO UPDATE SET saved = excluded.saved, state = excluded.state
                            """)
                    .bind("model", saved.id().model())
                    .bind("version", saved.id().version())
                    .bind("saved", now)
                    .bind("state", saved.state())
                    .execute());
            return states.size();
        });
    }

    @Override
    public List<Saved> load() {
        return database.read(handle -> handle.createQuery(
                        "SELECT model, version, state FROM monitoring_state ORDER BY model, version")
                .map((row, context) -> new Saved(
                        new VersionId(row.getString("model"), row.getInt("version")), row.getBytes("state")))
                .list());
    }
}
