package dev.fovea.storage.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is to be labelled of a data set, and what was declared about it. */
final class LabelDemands {

    private static final Json NEED = Json.of("need of labels", ErrorCode.STORAGE_FAILED);
    private static final long DAY = Duration.ofDays(1).toMillis() * 1000;
    private static final String OPEN =
            " FROM label_task t WHERE t.dataset = ? AND t.state = 'OPEN' AND t.known IS NULL";

    private LabelDemands() {}

    private record Open(long images, long wanted) {}

    static LabelDemand of(Transaction transaction, long dataset, int perImage, Instant now) throws SQLException {
        Open open = transaction
                .first(
                        "SELECT count(*), coalesce(sum(" + LabelChoice.NEEDED + "), 0)" + OPEN,
                        row -> new Open(StoredColumn.whole(row, 1), StoredColumn.whole(row, 2)),
                        perImage,
                        dataset)
                .orElseThrow();
        long made = transaction.number(
                "SELECT count(*) FROM (SELECT DISTINCT l.item, l.annotator FROM label_lease l"
                        + " WHERE l.dataset = ? AND l.state = 'DONE' AND l.item IN (SELECT t.item" + OPEN + ")) made",
                dataset,
                dataset);
        long labels = Math.max(0, open.wanted() - made);
        return new LabelDemand(open.images(), labels, arrivals(transaction, dataset, CatalogRows.micros(now)));
    }

    private static List<Integer> arrivals(Transaction transaction, long dataset, long now) throws SQLException {
        long first = transaction.number("SELECT coalesce(min(added), 0) FROM item WHERE dataset = ?", dataset);
        int days = first == 0 ? 0 : Math.clamp((now - first) / DAY - 1, 0, LabelDemand.DAYS);
        if (days == 0) {
            return List.of();
        }
        Map<Integer, Integer> byAge = new HashMap<>();
        transaction.list(
                "SELECT (? - added) / ?, count(*) FROM item WHERE dataset = ? AND removed IS NULL AND added > ?"
                        + " AND added <= ? GROUP BY 1",
                row -> byAge.put(StoredColumn.small(row, 1), StoredColumn.small(row, 2)) == null,
                now,
                DAY,
                dataset,
                now - days * DAY,
                now);
        return IntStream.range(0, days)
                .mapToObj(age -> byAge.getOrDefault(age, 0))
                .toList();
    }

    static LabelNeed need(Transaction transaction, long dataset) throws SQLException {
        return transaction
                .first(
                        "SELECT need FROM labelling WHERE dataset = ? AND need IS NOT NULL",
                        row -> StoredColumn.parsed(row, 1, text -> NEED.read(text, LabelNeed.class)),
                        dataset)
                .orElse(LabelNeed.DEFAULT);
    }

    static int store(Transaction transaction, long dataset, LabelNeed need) throws SQLException {
        return transaction.update("UPDATE labelling SET need = ? WHERE dataset = ?", NEED.write(need), dataset);
    }

    /** Puts an image in the queue again for one person more; whether it was done. */
    static boolean again(Transaction transaction, long dataset, ContentHash image, ChoiceReason reason, int perImage)
            throws SQLException {
        long item = SqlItems.required(transaction, dataset, image).id();
        long people = transaction.number(
                "SELECT count(DISTINCT annotator) FROM label_lease WHERE item = ? AND state = 'DONE'", item);
        return transaction.update(
                        "UPDATE label_task SET state = 'OPEN', urgent = 1, reason = ?, extra = ?, pilot_people = NULL"
                                + " WHERE item = ? AND state = 'SETTLED' AND (reason IS NULL OR reason <> 'REWORK')",
                        reason.name(),
                        people + 1 - perImage,
                        item)
                == 1;
    }

    /** Puts images that nobody labelled before all others but those of a pilot; returns how many there are. */
    static int first(Transaction transaction, long dataset, Collection<ContentHash> images, ChoiceReason reason)
            throws SQLException {
        int waiting = 0;
        for (ContentHash image : images) {
            waiting += transaction.update(
                    "UPDATE label_task SET urgent = 1, reason = ? WHERE dataset = ? AND hash = ? AND state = 'OPEN'"
                            + " AND known IS NULL AND urgent < "
                            + SqlPilots.URGENT,
                    reason.name(),
                    dataset,
                    image.bytes());
        }
        return waiting;
    }
}
