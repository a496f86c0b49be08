package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.queue.Pilot;
import dev.fovea.labels.queue.PilotStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Pilots on SQL. Their images are tasks of the queue, more urgent than all others. */
public final class SqlPilots implements PilotStore {

    /** How urgent the images of a pilot are; other urgent ones have 1. */
    static final int URGENT = 2;

    private final Database database;

    public SqlPilots(Database database) {
        this.database = database;
    }

    @Override
    public Pilot start(long dataset, Collection<ContentHash> images, int people, String author, Instant now) {
        return database.write(transaction -> {
            SqlLabels.queue(transaction, dataset);
            Optional<Pilot> before = newest(transaction, dataset);
            if (before.isPresent() && isRunning(transaction, dataset, before.get())) {
                String name = transaction
                        .first("SELECT name FROM dataset WHERE id = ?", row -> StoredColumn.text(row, 1), dataset)
                        .orElseThrow();
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "Pilot %d of the data set \"%s\" is running. Let people finish it, or end it: fovea design %s --end-pilot, DELETE /v1/datasets/%s/pilot."
                                .formatted(before.get().number(), name, name, name));
            }
            int number = before.map(Pilot::number).orElse(0) + 1;
            transaction.update(
                    "INSERT INTO label_pilot (dataset, number, people, author, drawn) VALUES (?, ?, ?, ?, ?)",
                    dataset,
                    number,
                    people,
                    author,
                    CatalogRows.micros(now));
            for (ContentHash image : images) {
                DatasetItem item = SqlItems.required(transaction, dataset, image);
                VoteWriter.requireTask(transaction, dataset, item);
                transaction.update(
                        "UPDATE label_task SET state = 'OPEN', urgent = ?, reason = 'PILOT', pilot = ?, pilot_people = ?"
                                + " WHERE item = ?",
                        URGENT,
                        number,
                        people,
                        item.id());
            }
            return newest(transaction, dataset).orElseThrow();
        });
    }

    @Override
    public Optional<Pilot> newest(long dataset) {
        return database.read(transaction -> newest(transaction, dataset));
    }

    private static Optional<Pilot> newest(Transaction transaction, long dataset) throws SQLException {
        Optional<Pilot> found = transaction.first(
                "SELECT number, people, author, drawn, ended FROM label_pilot WHERE dataset = ? ORDER BY number DESC LIMIT 1",
                row -> new Pilot(
                        StoredColumn.small(row, "number"),
                        StoredColumn.small(row, "people"),
                        List.of(),
                        StoredColumn.text(row, "author"),
                        StoredColumn.instant(row, "drawn"),
                        StoredColumn.optionalInstant(row, "ended")),
                dataset);
        return found.isEmpty() ? found : Optional.of(withImages(transaction, dataset, found.get()));
    }

    private static Pilot withImages(Transaction transaction, long dataset, Pilot pilot) throws SQLException {
        List<ContentHash> images = transaction.list(
                "SELECT t.hash FROM label_task t JOIN item i ON i.id = t.item"
                        + " WHERE t.dataset = ? AND t.pilot = ? AND i.removed IS NULL ORDER BY t.hash",
                row -> StoredColumn.hash(row, 1),
                dataset,
                pilot.number());
        return new Pilot(pilot.number(), pilot.people(), images, pilot.author(), pilot.drawn(), pilot.ended());
    }

    private static boolean isRunning(Transaction transaction, long dataset, Pilot pilot) throws SQLException {
        return pilot.ended().isEmpty()
                && transaction.number(
                                "SELECT count(*) FROM label_task t JOIN item i ON i.id = t.item"
                                        + " WHERE t.dataset = ? AND t.pilot = ? AND t.state = 'OPEN' AND i.removed IS NULL",
                                dataset,
                                pilot.number())
                        > 0;
    }

    @Override
    public boolean end(long dataset, Instant now) {
        return database.write(transaction -> {
            Optional<Pilot> newest = newest(transaction, dataset);
            if (newest.isEmpty() || !isRunning(transaction, dataset, newest.get())) {
                return false;
            }
            transaction.update(
                    "UPDATE label_pilot SET ended = ? WHERE dataset = ? AND number = ?",
                    CatalogRows.micros(now),
                    dataset,
                    newest.get().number());
            transaction.update(
                    "UPDATE label_task SET urgent = 0, reason = NULL, pilot_people = NULL"
                            + " WHERE dataset = ? AND pilot = ? AND state = 'OPEN'",
                    dataset,
                    newest.get().number());
            return true;
        });
    }
}
