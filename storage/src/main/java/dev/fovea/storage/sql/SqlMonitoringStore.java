package dev.fovea.storage.sql;

import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.registry.VersionId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Monitoring's state on SQL. */
public final class SqlMonitoringStore implements MonitoringStore {

    /** Before bytes whose checksum is with them; states of before begin with a small number. */
    private static final byte CHECKED = 'C';

    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final Database database;
    private final String server;
    private final Damage damage;

    /**
     * The store of one server.
     *
     * @param server distinguishes it from others that share the database
     */
    public SqlMonitoringStore(Database database, String server, Damage damage) {
        this.database = database;
        this.server = server;
        this.damage = damage;
    }

    @Override
    public void save(List<Saved> states) {
        long now = Columns.micros(Instant.now());
        database.write(transaction -> {
            for (Saved saved : states) {
                transaction.update(
                        """
                        INSERT INTO monitoring_state (server, model, version, saved, state)
                        SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (
                            SELECT 1 FROM deleted_version WHERE model = ? AND number = ?)
                        ON CONFLICT (server, model, version) DO UPDATE SET saved = excluded.saved, state = excluded.state
                        """,
                        server,
                        saved.id().model(),
                        saved.id().version(),
                        now,
                        checked(saved.state()),
                        saved.id().model(),
                        saved.id().version());
            }
            return states.size();
        });
    }

    @Override
    public List<Saved> load() {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The metrics of %s:%s".formatted(row.getString("model"), row.getString("version")),
                "They start from zero; no action is needed.",
                "SELECT model, version, state FROM monitoring_state WHERE server = ? ORDER BY model, version",
                row -> new Saved(
                        new VersionId(Columns.text(row, "model"), Columns.whole(row, "version", 1, Integer.MAX_VALUE)),
                        unchecked(bytes(row))),
                server));
    }

    private static byte[] bytes(ResultSet row) throws SQLException {
        if (row.getObject("state") instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalArgumentException("its state is not binary");
    }

    private static byte[] checked(byte[] state) {
        return ByteBuffer.allocate(HEADER_BYTES + state.length)
                .put(CHECKED)
                .putInt(checksum(state))
                .put(state)
                .array();
    }

    private static byte[] unchecked(byte[] stored) {
        if (stored.length == 0 || stored[0] != CHECKED) {
            return stored;
        }
        byte[] state = Arrays.copyOfRange(stored, Math.min(HEADER_BYTES, stored.length), stored.length);
        if (stored.length < HEADER_BYTES || ByteBuffer.wrap(stored).getInt(1) != checksum(state)) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        return state;
    }

    private static int checksum(byte[] state) {
        CRC32C crc = new CRC32C();
        crc.update(state);
        return (int) crc.getValue();
    }
}
