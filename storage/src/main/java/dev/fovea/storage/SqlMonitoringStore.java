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
        database.write(transaction -> {
            for (Saved saved : states) {
                transaction.update("""
                        INSERT INTO monitoring_state (model, version, saved, state) VALUES (?, ?, ?, ?)
                        ON CONFLICT (model, version) DO UPDATE SET saved = excluded.saved, state = excluded.state
                        """, saved.id().model(), saved.id().version(), now, saved.state());
            }
            return states.size();
        });
    }

    @Override
    public List<Saved> load() {
        return database.read(transaction -> transaction.list(
                "SELECT model, version, state FROM monitoring_state ORDER BY model, version",
                row -> new Saved(new VersionId(row.getString("model"), row.getInt("version")), row.getBytes("state"))));
    }
}
