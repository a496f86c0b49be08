package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.Annotators;
import dev.fovea.labels.queue.Ballot;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.SettledImages;
import dev.fovea.labels.queue.Settlement;
import dev.fovea.labels.queue.Vote;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Records votes and puts labels in force, within one transaction. */
final class VoteWriter {

    private final Transaction transaction;
    private final long dataset;
    private final int perImage;
    private final Settlement.VotingRule rule;

    VoteWriter(Transaction transaction, long dataset, int perImage, Settlement.VotingRule rule) {
        this.transaction = transaction;
        this.dataset = dataset;
        this.perImage = perImage;
        this.rule = rule;
    }

    /** What is to be done; the number of people is that of a pilot. */
    private record Task(String state, int extra, boolean known, Optional<Integer> people) {}

    private record Held(boolean late, boolean open) {}

    ItemAnnotation record(ContentHash image, NewAnnotation annotation, Optional<String> lease, Instant now)
            throws SQLException {
        Optional<ItemAnnotation> again = SqlItems.recorded(transaction, annotation);
        if (again.isPresent()) {
            return again.get();
        }
        DatasetItem item = SqlItems.required(transaction, dataset, image);
        requireTask(transaction, dataset, item);
        ItemWriter writer = new ItemWriter(transaction, dataset);
        ItemAnnotation made = writer.relabel(item, annotation, false);
        writer.flush();
        boolean late = endLease(item, made, lease, now);
        return settle(item, Optional.of(made), late) ? inForce(made) : made;
    }

    private static ItemAnnotation inForce(ItemAnnotation made) {
        return new ItemAnnotation(made.id(), made.content(), made.made(), true);
    }

    /** Whether the lease was over, or is unknown although one was stated. */
    private boolean endLease(DatasetItem item, ItemAnnotation made, Optional<String> lease, Instant now)
            throws SQLException {
        Optional<Held> held = transaction.first(
                "SELECT expires, state FROM label_lease WHERE id = ? AND item = ? AND annotator = ?",
                row -> new Held(
                        StoredColumn.whole(row, 1) <= CatalogRows.micros(now),
                        StoredColumn.text(row, 2).equals(LabelRows.OPEN)),
                lease.orElse(""),
                item.id(),
                made.content().annotator());
        if (held.isPresent()) {
            if (held.get().open()) {
                transaction.update(
                        "UPDATE label_lease SET state = 'DONE', annotation = ? WHERE id = ?", made.id(), lease.get());
                return held.get().late();
            }
        }
        transaction.update(
                "INSERT INTO label_lease (id, dataset, item, annotator, reason, state, expires, prefill_hidden, annotation)"
                        + " VALUES (?, ?, ?, ?, ?, 'DONE', ?, 0, ?)",
                UUID.randomUUID().toString(),
                dataset,
                item.id(),
                made.content().annotator(),
                ChoiceReason.CHOSEN.name(),
                CatalogRows.micros(now),
                made.id());
        return lease.isPresent();
    }

    /** Decides the label of an image again; returns what changed. */
    SettledImages again(ContentHash image) throws SQLException {
        DatasetItem before = SqlItems.required(transaction, dataset, image);
        if (!settle(before, Optional.empty(), false)) {
            return SettledImages.NONE;
        }
        Optional<AnnotationValue> after = value(SqlItems.required(transaction, dataset, image));
        return value(before)
                .flatMap(old -> after.map(now -> SettledImages.of(old, now)))
                .orElse(new SettledImages(1, 0));
    }

    private static Optional<AnnotationValue> value(DatasetItem item) {
        return item.label().map(label -> label.content().value());
    }

    private record Withdrawn(long annotation, long item, String annotator) {}

    /** Withdraws the votes whose client id starts with a text and a space; returns how many there were. */
    int withdraw(String origin) throws SQLException {
        // '!' follows the space
        List<Withdrawn> votes = transaction.list(
                "SELECT a.id, a.item, a.annotator FROM annotation a JOIN label_lease l ON l.annotation = a.id"
                        + " WHERE a.client_id >= ? AND a.client_id < ? AND l.dataset = ? ORDER BY a.id",
                row -> new Withdrawn(StoredColumn.whole(row, 1), StoredColumn.whole(row, 2), StoredColumn.text(row, 3)),
                origin + " ",
                origin + "!",
                dataset);
        for (Withdrawn vote : votes) {
            transaction.update(
                    "UPDATE label_lease SET state = 'RETURNED', annotation = NULL WHERE annotation = ?",
                    vote.annotation());
        }
        for (Withdrawn vote : votes) {
            DatasetItem item = ItemRows.load(transaction, List.of(vote.item())).getFirst();
            boolean rests = item.label()
                    .map(label -> label.content().annotator())
                    .filter(name -> name.equals(vote.annotator()) || name.equals(Annotators.CONSENSUS))
                    .isPresent();
            int reopened = rests
                    ? transaction.update(
                            "UPDATE label_task SET state = 'OPEN', disputed = 0, confidence = NULL"
                                    + " WHERE item = ? AND state <> 'DECIDED' AND known IS NULL",
                            item.id())
                    : 0;
            if (reopened > 0) {
                unlabel(item);
                boolean _ =
                        settle(ItemRows.load(transaction, List.of(item.id())).getFirst(), Optional.empty(), false);
            }
        }
        return votes.size();
    }

    /** Takes the label back; one that the image was imported with is in force again. */
    private void unlabel(DatasetItem item) throws SQLException {
        ItemWriter writer = new ItemWriter(transaction, dataset);
        Optional<ItemAnnotation> imported = transaction.first(
                "SELECT " + ItemRows.ANNOTATION
                        + " FROM annotation WHERE item = ? AND annotator = ? ORDER BY annotation.id DESC LIMIT 1",
                ItemRows::annotation,
                item.id(),
                NewAnnotation.IMPORT);
        if (imported.isPresent()) {
            writer.enforce(item, imported.get());
            transaction.update("UPDATE label_task SET state = 'SETTLED' WHERE item = ?", item.id());
        } else {
            writer.unlabel(item);
        }
        writer.flush();
    }

    /** Whether the newest vote, or else any other label, came into force. */
    private boolean settle(DatasetItem item, Optional<ItemAnnotation> made, boolean late) throws SQLException {
        Optional<Task> found = transaction.first(
                "SELECT state, extra, known, pilot_people FROM label_task WHERE item = ?",
                row -> new Task(
                        StoredColumn.text(row, 1),
                        (int) StoredColumn.whole(row, 2, Integer.MIN_VALUE, Integer.MAX_VALUE),
                        row.getObject(3) != null,
                        row.getObject(4) == null ? Optional.empty() : Optional.of(StoredColumn.small(row, 4))),
                item.id());
        List<Vote> votes = LabelRows.votesOn(transaction, item.id());
        if (found.isEmpty()
                || found.get().known()
                || found.get().state().equals(LabelRows.DECIDED)
                || votes.isEmpty()) {
            return false;
        }
        Vote newest = made.flatMap(annotation -> votes.stream()
                        .filter(vote -> vote.annotation().id() == annotation.id())
                        .findFirst())
                .orElse(votes.getLast());
        int needed = found.get().people().orElse(perImage + found.get().extra());
        Settlement settlement = rule.of(new Ballot(votes, needed, newest, late, item.label()));
        boolean keeps = found.get().people().isPresent() && isGivenBefore(item);
        return switch (settlement) {
            case Settlement.Waiting _ -> false;
            case Settlement.Unchanged _ -> {
                close(item, 1, false);
                yield false;
            }
            case Settlement.Adopted adopted -> {
                close(item, 1, false);
                adopt(item, adopted.vote().annotation());
                yield made.isPresent()
                        || !value(item).equals(Optional.of(adopted.vote().value()));
            }
            case Settlement.Agreed agreed -> {
                close(item, agreed.confidence(), agreed.disputed());
                boolean changes = !keeps && !value(item).equals(Optional.of(agreed.value()));
                if (changes) {
                    relabel(
                            transaction,
                            dataset,
                            item,
                            new NewAnnotation(
                                    Annotators.CONSENSUS,
                                    agreed.value(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
                }
                yield changes && made.isEmpty();
            }
        };
    }

    /** Images with a label can be in a pilot; it tests the question and does not change their labels. */
    private static boolean isGivenBefore(DatasetItem item) {
        return item.label()
                .filter(label -> !label.content().annotator().equals(Annotators.CONSENSUS))
                .isPresent();
    }

    private void close(DatasetItem item, double confidence, boolean disputed) throws SQLException {
        transaction.update(
                "UPDATE label_task SET state = 'SETTLED', urgent = 0, confidence = ?, disputed = ? WHERE item = ?",
                confidence,
                disputed ? 1 : 0,
                item.id());
    }

    /** Brings a vote into force; one from before its class was renamed by a row of its own, with the new name. */
    private void adopt(DatasetItem item, ItemAnnotation annotation) throws SQLException {
        AnnotationValue value = annotation.content().value();
        boolean renamed = transaction
                .first("SELECT content FROM annotation WHERE id = ?", row -> StoredColumn.text(row, 1), annotation.id())
                .filter(content -> !content.equals(AnnotationJson.write(value)))
                .isPresent();
        if (!renamed) {
            enforce(item, annotation);
        } else if (!item.label().map(label -> label.content().value()).equals(Optional.of(value))) {
            relabel(
                    transaction,
                    dataset,
                    item,
                    new NewAnnotation(
                            annotation.content().annotator(),
                            value,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    private void enforce(DatasetItem item, ItemAnnotation annotation) throws SQLException {
        ItemWriter writer = new ItemWriter(transaction, dataset);
        writer.enforce(item, annotation);
        writer.flush();
    }

    private static ItemAnnotation relabel(
            Transaction transaction, long dataset, DatasetItem item, NewAnnotation annotation) throws SQLException {
        ItemWriter writer = new ItemWriter(transaction, dataset);
        ItemAnnotation made = writer.relabel(item, annotation, true);
        writer.flush();
        return made;
    }

    static ItemAnnotation decide(Transaction transaction, long dataset, ContentHash image, NewAnnotation annotation)
            throws SQLException {
        Optional<ItemAnnotation> again = SqlItems.recorded(transaction, annotation);
        if (again.isPresent()) {
            return again.get();
        }
        DatasetItem item = SqlItems.required(transaction, dataset, image);
        requireTask(transaction, dataset, item);
        transaction.update(
                "UPDATE label_task SET state = 'DECIDED', urgent = 0, disputed = 0, confidence = 1 WHERE item = ?",
                item.id());
        return relabel(transaction, dataset, item, annotation);
    }

    /** Images that were labelled elsewhere have no task until a person chooses one. */
    static void requireTask(Transaction transaction, long dataset, DatasetItem item) throws SQLException {
        transaction.update(
                "INSERT INTO label_task (item, dataset, hash, state, urgent, extra, score, disputed)"
                        + " VALUES (?, ?, ?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
                item.id(),
                dataset,
                item.image().hash().bytes(),
                item.label().isPresent() ? LabelRows.SETTLED : LabelRows.OPEN);
    }
}
