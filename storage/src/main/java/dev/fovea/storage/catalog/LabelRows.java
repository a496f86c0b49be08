package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabelLease;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.PrefillOffer;
import dev.fovea.labels.queue.Vote;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads leases, votes and settings. */
final class LabelRows {

    static final String OPEN = "OPEN";
    static final String DONE = "DONE";
    static final String RETURNED = "RETURNED";
    static final String SETTLED = "SETTLED";
    static final String DECIDED = "DECIDED";

    /** Takes the score, its reason, the data set and the image. */
    static final String SCORE =
            "UPDATE label_task SET score = ?, score_reason = ? WHERE item = (SELECT id FROM item WHERE dataset = ? AND hash = ?)";

    private static final Json SETTINGS = Json.of("labelling settings", ErrorCode.STORAGE_FAILED);
    private static final String VOTES = "SELECT " + ItemRows.ANNOTATION
            + ", l.reason lease_reason, l.prefill lease_prefill, l.prefill_model lease_model, l.prefill_hidden, t.known, t.hash"
            + " FROM label_lease l JOIN annotation ON annotation.id = l.annotation JOIN label_task t ON t.item = l.item";

    private LabelRows() {}

    static String write(LabellingSettings settings) {
        return SETTINGS.write(settings);
    }

    static LabellingSettings settings(String json) {
        return SETTINGS.read(json, LabellingSettings.class);
    }

    /** Leases by their ids, in that order. */
    static List<LabelLease> leases(Transaction transaction, List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Long> items = new HashMap<>();
        Map<String, Function<DatasetItem, LabelLease>> made = new HashMap<>();
        transaction.list(
                "SELECT l.*, t.score_reason FROM label_lease l JOIN label_task t ON t.item = l.item WHERE l.id IN "
                        + CatalogRows.places(ids.size()),
                row -> {
                    String id = StoredColumn.text(row, "id");
                    items.put(id, StoredColumn.whole(row, "item"));
                    return made.put(id, lease(row)) == null;
                },
                ids.toArray());
        Map<Long, DatasetItem> loaded = ItemRows.load(
                        transaction, items.values().stream().distinct().toList())
                .stream()
                .collect(Collectors.toMap(DatasetItem::id, Function.identity()));
        List<LabelLease> leases = new ArrayList<>();
        for (String id : ids) {
            Optional.ofNullable(made.get(id))
                    .map(lease -> lease.apply(loaded.get(items.get(id))))
                    .ifPresent(leases::add);
        }
        return leases;
    }

    private static Function<DatasetItem, LabelLease> lease(ResultSet row) throws SQLException {
        String id = StoredColumn.text(row, "id");
        String annotator = StoredColumn.text(row, "annotator");
        ChoiceReason reason = StoredColumn.parsed(row, "reason", ChoiceReason::valueOf);
        java.time.Instant expires = StoredColumn.instant(row, "expires");
        boolean hidden = StoredColumn.flag(row, "prefill_hidden");
        Optional<PrefillOffer> suggestion = suggestion(row, "prefill", "prefill_model", hidden);
        Optional<String> detail =
                StoredColumn.optionalText(row, "score_reason").filter(_ -> reason == ChoiceReason.UNCERTAIN);
        return item -> new LabelLease(id, item, annotator, reason, expires, hidden, suggestion, detail);
    }

    private static Optional<PrefillOffer> suggestion(ResultSet row, String prefill, String model, boolean hidden)
            throws SQLException {
        Optional<AnnotationValue> value = StoredColumn.optional(row, prefill, AnnotationJson::read);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new PrefillOffer(new Prefill(value.get(), StoredColumn.text(row, model)), hidden));
    }

    /** The newest vote of each person on an image, in the order in which they were made. */
    static List<Vote> votesOn(Transaction transaction, long item) throws SQLException {
        return newest(
                ClassRenamings.ofItem(transaction, item),
                transaction.list(VOTES + " WHERE l.item = ? ORDER BY annotation.id", LabelRows::vote, item));
    }

    /** The same of all images of a data set that were not removed. */
    static List<Vote> votesIn(Transaction transaction, long dataset) throws SQLException {
        return newest(
                ClassRenamings.of(transaction, dataset),
                transaction.list(
                        VOTES
                                + " WHERE l.dataset = ? AND NOT EXISTS (SELECT 1 FROM item i WHERE i.id = l.item AND i.removed IS NOT NULL)"
                                + " ORDER BY l.item, annotation.id",
                        LabelRows::vote,
                        dataset));
    }

    /** The newest votes of one person, the oldest first. */
    static List<Vote> votesBy(Transaction transaction, long dataset, String person) throws SQLException {
        return newest(
                ClassRenamings.of(transaction, dataset),
                transaction.list(
                        VOTES + " WHERE l.dataset = ? AND l.annotator = ? ORDER BY annotation.id",
                        LabelRows::vote,
                        dataset,
                        person));
    }

    private record Voter(Object image, String annotator) {}

    private static List<Vote> newest(ClassRenamings renamings, List<Vote> votes) {
        Map<Voter, Vote> newest = new LinkedHashMap<>();
        for (Vote vote : votes) {
            Voter voter = new Voter(vote.image(), vote.annotator());
            newest.remove(voter);
            newest.put(voter, renamings.applied(vote));
        }
        return List.copyOf(newest.values());
    }

    private static Vote vote(ResultSet row) throws SQLException {
        return new Vote(
                StoredColumn.hash(row, "hash"),
                ItemRows.annotation(row),
                StoredColumn.parsed(row, "lease_reason", ChoiceReason::valueOf),
                suggestion(row, "lease_prefill", "lease_model", StoredColumn.flag(row, "prefill_hidden")),
                StoredColumn.optional(row, "known", AnnotationJson::read));
    }
}
