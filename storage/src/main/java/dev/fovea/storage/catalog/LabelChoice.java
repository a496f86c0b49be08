package dev.fovea.storage.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelStore.LeaseRequest;
import dev.fovea.labels.queue.LeaseDraw;
import dev.fovea.labels.queue.LookAlikes;
import dev.fovea.labels.queue.QueueOrder;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses images for an annotator, within the transaction that leases them. */
final class LabelChoice {

    /** Whether a person neither labelled an image nor has it; takes the annotator, the time and the annotator. */
    private static final String NOT_SEEN = """
             AND NOT EXISTS (SELECT 1 FROM label_lease l WHERE l.item = t.item AND l.annotator = ?
                             AND (l.state = 'DONE' OR (l.state = 'OPEN' AND l.expires > ?)))
             AND NOT EXISTS (SELECT 1 FROM annotation a WHERE a.item = t.item AND a.annotator = ?)
             AND EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.removed IS NULL)
            """;

    /** Number of people who labelled an image or have it; takes the time. */
    static final String PEOPLE = """
            (SELECT count(DISTINCT p.annotator) FROM label_lease p WHERE p.item = t.item
             AND (p.state = 'DONE' OR (p.state = 'OPEN' AND p.expires > ?)))
            """;

    /** Number of people who are to label an image; takes the setting. */
    static final String NEEDED = "coalesce(t.pilot_people, ? + t.extra)";

    private final Transaction transaction;
    private final LeaseRequest request;
    private final long now;
    private final Set<String> leased = new HashSet<>();

    LabelChoice(Transaction transaction, LeaseRequest request) {
        this.transaction = transaction;
        this.request = request;
        this.now = CatalogRows.micros(request.now());
    }

    private record Task(
            long item,
            boolean urgent,
            Optional<ChoiceReason> reason,
            double score,
            boolean labelled,
            Optional<PerceptualHash> hash) {
        ChoiceReason reasonIn(QueueOrder order) {
            return reason.filter(_ -> urgent)
                    .orElse(order == QueueOrder.UNCERTAIN && score > 0 ? ChoiceReason.UNCERTAIN : ChoiceReason.RANDOM);
        }
    }

    /** Leases images; returns the ids of the leases in the order of the draws, so that honeypots do not stand out. */
    List<String> lease() throws SQLException {
        Queue<LeaseDraw> all = new ArrayDeque<>(request.draws());
        for (Task task : tasks(all.size(), " AND t.urgent = " + SqlPilots.URGENT)) {
            insert(all.remove(), task.item(), ChoiceReason.PILOT);
        }
        if (leased.isEmpty()) {
            choose();
        }
        return request.draws().stream()
                .map(LeaseDraw::id)
                .filter(leased::contains)
                .toList();
    }

    /** Outside a pilot. */
    private void choose() throws SQLException {
        Queue<LeaseDraw> left = new ArrayDeque<>();
        for (LeaseDraw draw : request.draws()) {
            Optional<Long> honeypot = draw.honeypot() ? honeypot(draw) : Optional.empty();
            if (honeypot.isPresent()) {
                insert(draw, honeypot.get(), ChoiceReason.HONEYPOT);
            } else {
                left.add(draw);
            }
        }
        boolean more = true;
        int given = 0;
        while (!left.isEmpty() && more) {
            List<Task> tasks = request.alike() ? alike(left.size()) : tasks(left.size(), "");
            more = tasks.size() == left.size();
            boolean stale = false;
            for (Task task : tasks) {
                if (task.labelled() && !task.urgent()) {
                    // labelled by an import since it was queued
                    transaction.update("UPDATE label_task SET state = 'SETTLED' WHERE item = ?", task.item());
                    stale = true;
                } else {
                    ChoiceReason reason = task.reasonIn(request.settings().order());
                    boolean follows = request.alike() && given > 0 && !task.urgent();
                    insert(left.remove(), task.item(), follows ? ChoiceReason.ALIKE : reason);
                    given++;
                }
            }
            more &= stale;
        }
    }

    /** The order of the ids of leases is random, and so is the choice among honeypots: the next hash after it. */
    private Optional<Long> honeypot(LeaseDraw draw) throws SQLException {
        byte[] from = ContentHash.ofText(draw.id()).bytes();
        for (String comparison : List.of(">=", "<")) {
            Optional<Long> found = transaction.first(
                    "SELECT t.item FROM label_task t WHERE t.dataset = ? AND t.known IS NOT NULL AND t.hash "
                            + comparison + " ?" + NOT_SEEN + " ORDER BY t.hash LIMIT 1",
                    row -> StoredColumn.whole(row, 1),
                    request.dataset(),
                    from,
                    request.annotator(),
                    now,
                    request.annotator());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Task> alike(int count) throws SQLException {
        List<Task> queue = tasks(Math.max(count, LookAlikes.COMPARED), "");
        Map<Long, Task> byItem = new LinkedHashMap<>();
        queue.forEach(task -> byItem.put(task.item(), task));
        return LookAlikes.page(
                        queue.stream()
                                .map(task -> new LookAlikes.QueuedImage(task.item(), task.hash()))
                                .toList(),
                        count)
                .stream()
                .flatMap(item -> Stream.ofNullable(byItem.get(item)))
                .toList();
    }

    private List<Task> tasks(int count, String which) throws SQLException {
        String order = request.settings().order() == QueueOrder.UNCERTAIN
                ? " ORDER BY t.urgent DESC, t.score DESC, t.hash"
                : " ORDER BY t.urgent DESC, t.hash";
        return transaction.list(
                "SELECT t.item, t.urgent, t.reason, t.score,"
                        + " EXISTS (SELECT 1 FROM annotation f WHERE f.item = t.item AND f.in_force = 1) labelled, m.perceptual_hash"
                        + " FROM label_task t JOIN image m ON m.hash = t.hash WHERE t.dataset = ? AND t.state = 'OPEN' AND t.known IS NULL"
                        + which
                        + NOT_SEEN
                        + " AND " + PEOPLE + " < " + NEEDED + order + " LIMIT ?",
                row -> new Task(
                        StoredColumn.whole(row, "item"),
                        StoredColumn.small(row, "urgent") > 0,
                        StoredColumn.optional(row, "reason", ChoiceReason::valueOf),
                        StoredColumn.number(row, "score"),
                        row.getBoolean("labelled"),
                        ItemRows.perceptualHash(row)),
                request.dataset(),
                request.annotator(),
                now,
                request.annotator(),
                now,
                request.settings().perImage(),
                count);
    }

    private void insert(LeaseDraw draw, long item, ChoiceReason reason) throws SQLException {
        transaction.update(
                "INSERT INTO label_lease (id, dataset, item, annotator, reason, state, expires, prefill_hidden)"
                        + " VALUES (?, ?, ?, ?, ?, 'OPEN', ?, ?)",
                draw.id(),
                request.dataset(),
                item,
                request.annotator(),
                reason.name(),
                CatalogRows.micros(request.expires()),
                draw.prefillHidden() ? 1 : 0);
        leased.add(draw.id());
    }
}
