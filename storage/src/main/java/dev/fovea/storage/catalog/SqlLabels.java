package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabelStore;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.PrefillOffer;
import dev.fovea.labels.queue.QueueScore;
import dev.fovea.labels.queue.SettledImages;
import dev.fovea.labels.queue.Settlement.VotingRule;
import dev.fovea.labels.queue.Vote;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The labelling queue, its leases and votes on SQL. */
public final class SqlLabels implements LabelStore {

    private final Database database;

    public SqlLabels(Database database) {
        this.database = database;
    }

    @Override
    public LabellingSettings settings(long dataset) {
        return database.read(transaction -> transaction
                .first(
                        "SELECT settings FROM labelling WHERE dataset = ?",
                        row -> StoredColumn.parsed(row, 1, LabelRows::settings),
                        dataset)
                .orElse(LabellingSettings.DEFAULT));
    }

    @Override
    public void store(long dataset, LabellingSettings settings) {
        int _ = database.write(transaction -> {
            SqlCatalog.requirePresent(transaction, dataset);
            return transaction.update(
                    "INSERT INTO labelling (dataset, settings, queued) VALUES (?, ?, 0)"
                            + " ON CONFLICT (dataset) DO UPDATE SET settings = excluded.settings",
                    dataset,
                    LabelRows.write(settings));
        });
    }

    @Override
    public List<LabelLease> lease(LeaseRequest request) {
        return database.write(transaction -> {
            queue(transaction, request.dataset());
            return LabelRows.leases(transaction, new LabelChoice(transaction, request).lease());
        });
    }

    /** Queues the unlabelled images that were added since the last time. */
    static void queue(Transaction transaction, long dataset) throws SQLException {
        SqlCatalog.requirePresent(transaction, dataset);
        transaction.update(
                "INSERT INTO labelling (dataset, settings, queued) VALUES (?, ?, 0) ON CONFLICT DO NOTHING",
                dataset,
                LabelRows.write(LabellingSettings.DEFAULT));
        long queued = transaction.number("SELECT queued FROM labelling WHERE dataset = ?", dataset);
        long last = transaction.number("SELECT coalesce(max(id), 0) FROM item WHERE dataset = ?", dataset);
        if (last > queued) {
            transaction.update("""
                    INSERT INTO label_task (item, dataset, hash, state, urgent, extra, score, disputed)
                    SELECT i.id, i.dataset, i.hash, 'OPEN', 0, 0, 0, 0 FROM item i
                    WHERE i.dataset = ? AND i.labelled = 0 AND i.removed IS NULL AND i.id > ?
                    ON CONFLICT DO NOTHING
                    """, dataset, queued);
            transaction.update("UPDATE labelling SET queued = ? WHERE dataset = ?", last, dataset);
        }
    }

    @Override
    public void suggest(Map<String, PrefillOffer> suggestions) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        suggestions.forEach((lease, suggestion) -> rows.add(Arrays.asList(
                AnnotationJson.write(suggestion.prefill().value()),
                suggestion.prefill().model(),
                lease)));
        int _ = database.write(transaction -> {
            transaction.batch("UPDATE label_lease SET prefill = ?, prefill_model = ? WHERE id = ?", rows);
            return 0;
        });
    }

    @Override
    public List<String> renew(long dataset, Collection<String> leases, int perImage, Instant now, Instant expires) {
        return database.write(transaction -> {
            List<String> renewed = new ArrayList<>();
            for (String lease : leases) {
                if (isRenewable(transaction, dataset, lease, perImage, now)) {
                    transaction.update(
                            "UPDATE label_lease SET expires = ? WHERE id = ?", CatalogRows.micros(expires), lease);
                    renewed.add(lease);
                }
            }
            return renewed;
        });
    }

    private static boolean isRenewable(Transaction transaction, long dataset, String lease, int perImage, Instant now)
            throws SQLException {
        return transaction
                .first(
                        "SELECT l.expires > ? OR (l.reason = 'HONEYPOT') OR (t.state = 'OPEN' AND " + LabelChoice.PEOPLE
                                + " < " + LabelChoice.NEEDED
                                + ") FROM label_lease l JOIN label_task t ON t.item = l.item"
                                + " WHERE l.id = ? AND l.dataset = ? AND l.state = 'OPEN'",
                        row -> row.getBoolean(1),
                        CatalogRows.micros(now),
                        CatalogRows.micros(now),
                        perImage,
                        lease,
                        dataset)
                .orElse(false);
    }

    @Override
    public int giveBack(long dataset, Collection<String> leases) {
        return database.write(transaction -> {
            int open = 0;
            for (String lease : leases) {
                open += transaction.update(
                        "UPDATE label_lease SET state = 'RETURNED' WHERE id = ? AND dataset = ? AND state = 'OPEN'",
                        lease,
                        dataset);
            }
            return open;
        });
    }

    @Override
    public ItemAnnotation record(
            long dataset,
            ContentHash image,
            NewAnnotation annotation,
            Optional<String> lease,
            int perImage,
            Instant now,
            VotingRule rule) {
        return database.write(transaction ->
                new VoteWriter(transaction, dataset, perImage, rule).record(image, annotation, lease, now));
    }

    @Override
    public int withdraw(long dataset, String origin, int perImage, VotingRule rule) {
        return database.write(transaction -> new VoteWriter(transaction, dataset, perImage, rule).withdraw(origin));
    }

    @Override
    public ItemAnnotation decide(long dataset, ContentHash image, NewAnnotation annotation) {
        return database.write(transaction -> VoteWriter.decide(transaction, dataset, image, annotation));
    }

    @Override
    public SettledImages settle(long dataset, Collection<ContentHash> images, int perImage, VotingRule rule) {
        return database.write(transaction -> {
            VoteWriter writer = new VoteWriter(transaction, dataset, perImage, rule);
            SettledImages changed = SettledImages.NONE;
            for (ContentHash image : images) {
                changed = changed.plus(writer.again(image));
            }
            return changed;
        });
    }

    @Override
    public void honeypots(long dataset, Map<ContentHash, Optional<AnnotationValue>> known) {
        int _ = database.write(transaction -> {
            for (Map.Entry<ContentHash, Optional<AnnotationValue>> entry : known.entrySet()) {
                var item = SqlItems.required(transaction, dataset, entry.getKey());
                VoteWriter.requireTask(transaction, dataset, item);
                transaction.update(
                        "UPDATE label_task SET known = ? WHERE item = ?",
                        entry.getValue().map(AnnotationJson::write),
                        item.id());
            }
            return 0;
        });
    }

    @Override
    public Map<ContentHash, AnnotationValue> honeypots(long dataset) {
        return database.read(transaction -> {
            Map<ContentHash, AnnotationValue> known = new LinkedHashMap<>();
            transaction.list(
                    "SELECT hash, known FROM label_task WHERE dataset = ? AND known IS NOT NULL ORDER BY item",
                    row -> known.put(StoredColumn.hash(row, 1), StoredColumn.parsed(row, 2, AnnotationJson::read))
                            == null,
                    dataset);
            return known;
        });
    }

    @Override
    public void score(long dataset, Map<ContentHash, QueueScore> scores) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        scores.forEach((image, each) ->
                rows.add(Arrays.asList(each.score(), each.reason().orElse(null), dataset, image.bytes())));
        int _ = database.write(transaction -> {
            queue(transaction, dataset);
            transaction.batch(LabelRows.SCORE, rows);
            return 0;
        });
    }

    @Override
    public int again(long dataset, Collection<ContentHash> images, ChoiceReason reason, int perImage) {
        return database.write(transaction -> {
            int queued = 0;
            for (ContentHash image : images) {
                queued += LabelDemands.again(transaction, dataset, image, reason, perImage) ? 1 : 0;
            }
            return queued;
        });
    }

    @Override
    public int first(long dataset, Collection<ContentHash> images, ChoiceReason reason) {
        return database.write(transaction -> {
            queue(transaction, dataset);
            return LabelDemands.first(transaction, dataset, images, reason);
        });
    }

    @Override
    public List<Vote> votes(long dataset) {
        return database.read(transaction -> LabelRows.votesIn(transaction, dataset));
    }

    @Override
    public List<Vote> votes(long dataset, String person) {
        return database.read(transaction -> LabelRows.votesBy(transaction, dataset, person));
    }

    @Override
    public List<Vote> votes(long dataset, ContentHash image) {
        return database.read(transaction -> LabelRows.votesOn(
                transaction, SqlItems.required(transaction, dataset, image).id()));
    }

    @Override
    public List<Disputed> disputed(long dataset, long after, int size) {
        return database.read(transaction -> transaction.list(
                "SELECT item, hash, confidence FROM label_task WHERE dataset = ? AND disputed = 1 AND item > ?"
                        + " AND EXISTS (SELECT 1 FROM item i WHERE i.id = label_task.item AND i.removed IS NULL)"
                        + " ORDER BY item LIMIT ?",
                row -> new Disputed(StoredColumn.whole(row, 1), StoredColumn.hash(row, 2), StoredColumn.number(row, 3)),
                dataset,
                after,
                size));
    }

    @Override
    public LabelDemand demand(long dataset, int perImage, Instant now) {
        return database.write(transaction -> {
            queue(transaction, dataset);
            return LabelDemands.of(transaction, dataset, perImage, now);
        });
    }

    @Override
    public LabelNeed need(long dataset) {
        return database.read(transaction -> LabelDemands.need(transaction, dataset));
    }

    @Override
    public void need(long dataset, LabelNeed need) {
        int _ = database.write(transaction -> {
            queue(transaction, dataset);
            return LabelDemands.store(transaction, dataset, need);
        });
    }
}
