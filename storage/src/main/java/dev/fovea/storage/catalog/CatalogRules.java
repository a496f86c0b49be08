package dev.fovea.storage.catalog;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.storage.sql.StoredColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What belongs into the columns of the tables of data sets, as conditions in the SQL of both databases. */
public final class CatalogRules {

    private static final String NEVER = "1 = 0";
    private static final String ALWAYS = "1 = 1";
    private static final String IN_DATASET = "EXISTS (SELECT 1 FROM dataset d WHERE d.id = t.dataset)";
    private static final String OF_ITEM =
            "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.dataset = t.dataset AND i.hash = t.hash)";
    private static final String STATES = "('OPEN', 'SETTLED', 'DECIDED')";
    private static final String REASONS =
            "('RANDOM', 'UNCERTAIN', 'ALIKE', 'DISAGREEMENT', 'HONEYPOT', 'PILOT', 'REWORK', 'CHOSEN')";

    /**
     * What holds for each row of a table, {@code t} in the condition.
     *
     * @param type of the column
     * @param absent when the column may be NULL
     * @param condition of a value that is not NULL
     */
    record Rule(String table, String column, Type type, String absent, String condition) {}

    /** Types by their names in SQLite, which does not enforce them as PostgreSQL does. */
    enum Type {
        INTEGER,
        REAL,
        TEXT,
        BLOB
    }

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    CatalogRules() {
        datasets();
        images();
        items();
        versions();
        labelling();
        SqlConfirmations.RULES.forEach(rule -> rules.put(rule.table() + "." + rule.column(), rule));
    }

    /** All rules. */
    List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /** Columns that have a rule, as {@code table.column}. */
    public static List<String> columns() {
        return new ArrayList<>(new CatalogRules().rules.keySet());
    }

    private void datasets() {
        whole("dataset", "id");
        text("dataset", "name", "t.name <> ''");
        text(
                "dataset",
                "task",
                "t.task IN ('CLASSIFICATION', 'MULTI_LABEL', 'DETECTION', 'INSTANCE_SEGMENTATION', 'SEMANTIC_SEGMENTATION')");
        whole("dataset", "created");
        text("dataset", "creator");
        text("dataset", "question", "t.question LIKE '{%}'");
        rule(
                "dataset",
                "root",
                Type.BLOB,
                "NOT EXISTS (SELECT 1 FROM item i WHERE i.dataset = t.id AND NOT EXISTS"
                        + " (SELECT 1 FROM changed_item c WHERE c.dataset = t.id AND c.item = i.id))",
                "EXISTS (SELECT 1 FROM tree_node n WHERE n.hash = t.root)");
        whole("dataset_class", "dataset", IN_DATASET);
        whole(
                "dataset_class",
                "position",
                "t.position < (SELECT count(*) FROM dataset_class c WHERE c.dataset = t.dataset)");
        text("dataset_class", "name", "t.name <> ''");
        text("dataset_class", "definition");
        text("dataset_class", "examples", "t.examples LIKE '[%]'");
        text("dataset_class", "counter_examples", "t.counter_examples LIKE '[%]'");
        whole("class_renaming", "dataset", IN_DATASET);
        whole(
                "class_renaming",
                "position",
                "t.position BETWEEN 1 AND (SELECT count(*) FROM class_renaming c WHERE c.dataset = t.dataset)");
        text("class_renaming", "old_name", "t.old_name <> ''");
        text(
                "class_renaming",
                "new_name",
                "EXISTS (SELECT 1 FROM dataset_class c WHERE c.dataset = t.dataset AND c.name = t.new_name)"
                        + " OR EXISTS (SELECT 1 FROM class_renaming r WHERE r.dataset = t.dataset AND r.position > t.position AND r.old_name = t.new_name)");
        whole("class_renaming", "annotation");
        hash("tombstone", "hash", "NOT EXISTS (SELECT 1 FROM item i WHERE i.hash = t.hash)");
        optionalHash("tombstone", "twin", ALWAYS);
        whole("deleted_dataset", "dataset", "NOT EXISTS (SELECT 1 FROM dataset d WHERE d.id = t.dataset)");
        text("deleted_dataset", "name", "t.name <> ''");
        whole("deleted_dataset", "deleted");
        text("deleted_dataset", "deleted_by");
        text("deleted_dataset", "reason");
        whole("deleted_dataset", "items");
        whole("deleted_dataset", "versions");
        whole("tombstone", "forgotten");
        text("tombstone", "forgotten_by");
        text("tombstone", "reason", "t.reason <> ''");
        text("tombstone", "models", "t.models LIKE '[%]'");
    }

    private void images() {
        hash("image", "hash", ALWAYS);
        whole("image", "width", "t.width > 0");
        whole("image", "height", "t.height > 0");
        text("image", "format", "t.format IN (" + names(ImageFormat.values()) + ")");
        rule("image", "perceptual_hash", Type.INTEGER, ALWAYS, ALWAYS);
        whole("image", "length", "t.length BETWEEN 1 AND 2147483647");
        rule("image", "pack", Type.TEXT, ALWAYS, "length(t.pack) = 64");
        rule("image", "position", Type.INTEGER, ALWAYS, "t.position >= 0 AND t.pack IS NOT NULL");
        rule("image", "file", Type.TEXT, ALWAYS, "t.file <> '' AND t.pack IS NULL");
        rule("image", "modified", Type.INTEGER, ALWAYS, range("t.modified") + " AND t.file IS NOT NULL");
        optionalHash("image", "twin", "t.treatment IS NOT NULL");
        rule("image", "treatment", Type.TEXT, ALWAYS, "t.treatment LIKE '{%}'");
        whole("embedder", "id");
        text("embedder", "name", "t.name <> ''");
        whole("embedder", "used");
        whole(
                "embedder",
                "bytes",
                "t.bytes = (SELECT coalesce(sum(length(e.vector)), 0) FROM embedding e WHERE e.embedder = t.id)");
        whole("embedding", "embedder", "EXISTS (SELECT 1 FROM embedder e WHERE e.id = t.embedder)");
        hash("embedding", "hash", "EXISTS (SELECT 1 FROM image i WHERE i.hash = t.hash)");
        rule("embedding", "vector", Type.BLOB, NEVER, "length(t.vector) > 0 AND length(t.vector) % 2 = 0");
    }

    private void items() {
        whole("item", "id");
        whole("item", "dataset", IN_DATASET);
        hash("item", "hash", "EXISTS (SELECT 1 FROM image i WHERE i.hash = t.hash)");
        text("item", "split", "t.split IN ('unassigned', 'train', 'validation', 'test')");
        rule("item", "item_group", Type.TEXT, ALWAYS, "t.item_group <> ''");
        text("item", "source");
        whole("item", "added");
        rule("item", "removed", Type.INTEGER, ALWAYS, range("t.removed"));
        whole(
                "item",
                "labelled",
                "t.labelled = (SELECT count(*) FROM annotation a WHERE a.item = t.id AND a.in_force = 1)");
        whole("item_tag", "dataset", IN_DATASET);
        text("item_tag", "name", "t.name <> ''");
        text("item_tag", "value");
        whole("item_tag", "item", "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.dataset = t.dataset)");
        whole("tag_count", "dataset", IN_DATASET);
        text("tag_count", "name", "t.name <> ''");
        text(
                "tag_count",
                "value",
                "t.name <> 'class' OR EXISTS (SELECT 1 FROM dataset_class c WHERE c.dataset = t.dataset AND c.name = t.value)");
        whole("tag_count", "items", """
                t.items = CASE t.name
                WHEN 'split' THEN (SELECT count(*) FROM item i WHERE i.dataset = t.dataset AND i.removed IS NULL AND i.split = t.value)
                WHEN 'labelled' THEN (SELECT count(*) FROM item i WHERE i.dataset = t.dataset AND i.removed IS NULL
                    AND i.labelled = CASE t.value WHEN 'yes' THEN 1 WHEN 'no' THEN 0 ELSE -1 END)
                ELSE (SELECT count(*) FROM item_tag g WHERE g.dataset = t.dataset AND g.name = t.name AND g.value = t.value)
                END""");
        whole("annotation", "id");
        whole("annotation", "item", "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item)");
        text("annotation", "annotator", "t.annotator <> ''");
        text("annotation", "content", "t.content LIKE '{%}'");
        whole("annotation", "made");
        rule("annotation", "millis", Type.INTEGER, ALWAYS, range("t.millis"));
        rule("annotation", "prefill", Type.TEXT, ALWAYS, "t.prefill LIKE '{%}' AND t.prefill_model IS NOT NULL");
        rule("annotation", "prefill_model", Type.TEXT, ALWAYS, "t.prefill_model <> '' AND t.prefill IS NOT NULL");
        whole("annotation", "in_force", "t.in_force IN (0, 1)");
        rule("annotation", "client_id", Type.TEXT, ALWAYS, "t.client_id <> ''");
    }

    private void versions() {
        whole("changed_item", "dataset", IN_DATASET);
        whole("changed_item", "item", ALWAYS);
        hash(
                "changed_item",
                "hash",
                OF_ITEM + " OR (NOT EXISTS (SELECT 1 FROM item i WHERE i.id = t.item)"
                        + " AND EXISTS (SELECT 1 FROM tombstone s WHERE s.hash = t.hash))");
        hash("tree_node", "hash", ALWAYS);
        rule("tree_node", "place", Type.INTEGER, NEVER, "t.place >= -1");
        rule("tree_node", "content", Type.BLOB, NEVER, "length(t.content) > 0");
        whole("data_version", "dataset", IN_DATASET);
        whole(
                "data_version",
                "number",
                "t.number BETWEEN 1 AND (SELECT count(*) FROM data_version v WHERE v.dataset = t.dataset)");
        text("data_version", "id", "length(t.id) = 64");
        hash("data_version", "root", "EXISTS (SELECT 1 FROM tree_node n WHERE n.hash = t.root)");
        text("data_version", "classes", "t.classes LIKE '[%]'");
        text("data_version", "question", "t.question LIKE '{%}'");
        text("data_version", "message");
        text("data_version", "author");
        whole("data_version", "created");
        whole("data_version", "items");
        whole("data_version", "labelled", "t.labelled <= t.items");
    }

    private void labelling() {
        whole("labelling", "dataset", IN_DATASET);
        text("labelling", "settings", "t.settings LIKE '{%}'");
        whole(
                "labelling",
                "queued",
                "t.queued <= (SELECT coalesce(max(i.id), 0) FROM item i WHERE i.dataset = t.dataset)");
        rule("labelling", "need", Type.TEXT, ALWAYS, "t.need LIKE '{%}'");
        whole("label_task", "item", "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item)");
        whole("label_task", "dataset", IN_DATASET);
        hash("label_task", "hash", OF_ITEM);
        text("label_task", "state", "t.state IN " + STATES);
        whole("label_task", "urgent", "t.urgent <= " + SqlPilots.URGENT);
        rule("label_task", "reason", Type.TEXT, ALWAYS, "t.reason IN " + REASONS);
        rule("label_task", "extra", Type.INTEGER, NEVER, "t.extra BETWEEN -1000000 AND 1000000");
        rule("label_task", "score", Type.REAL, NEVER, "t.score BETWEEN -1e9 AND 1e9");
        rule("label_task", "score_reason", Type.TEXT, ALWAYS, "t.score_reason <> ''");
        rule("label_task", "known", Type.TEXT, ALWAYS, "t.known LIKE '{%}'");
        rule("label_task", "confidence", Type.REAL, ALWAYS, "t.confidence BETWEEN 0 AND 1");
        whole("label_task", "disputed", "t.disputed IN (0, 1)");
        rule(
                "label_task",
                "pilot",
                Type.INTEGER,
                ALWAYS,
                "EXISTS (SELECT 1 FROM label_pilot p WHERE p.dataset = t.dataset AND p.number = t.pilot)");
        rule("label_task", "pilot_people", Type.INTEGER, ALWAYS, "t.pilot_people > 0 AND t.pilot IS NOT NULL");
        text("label_lease", "id", "t.id <> ''");
        whole("label_lease", "dataset", IN_DATASET);
        whole("label_lease", "item", "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.dataset = t.dataset)");
        text("label_lease", "annotator", "t.annotator <> ''");
        text("label_lease", "reason", "t.reason IN " + REASONS);
        text("label_lease", "state", "t.state IN ('OPEN', 'DONE', 'RETURNED')");
        whole("label_lease", "expires");
        whole("label_lease", "prefill_hidden", "t.prefill_hidden IN (0, 1)");
        rule("label_lease", "prefill", Type.TEXT, ALWAYS, "t.prefill LIKE '{%}' AND t.prefill_model IS NOT NULL");
        rule("label_lease", "prefill_model", Type.TEXT, ALWAYS, "t.prefill_model <> '' AND t.prefill IS NOT NULL");
        rule(
                "label_lease",
                "annotation",
                Type.INTEGER,
                "t.state <> 'DONE'",
                "EXISTS (SELECT 1 FROM annotation a WHERE a.id = t.annotation AND a.item = t.item)");
        whole("label_pilot", "dataset", IN_DATASET);
        whole(
                "label_pilot",
                "number",
                "t.number BETWEEN 1 AND (SELECT count(*) FROM label_pilot p WHERE p.dataset = t.dataset)");
        whole("label_pilot", "people", "t.people > 0");
        text("label_pilot", "author");
        whole("label_pilot", "drawn");
        rule("label_pilot", "ended", Type.INTEGER, ALWAYS, range("t.ended"));
    }

    private static String range(String column) {
        return "%s BETWEEN 0 AND %d".formatted(column, StoredColumn.LARGEST);
    }

    private static String names(Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) {
            names.add("'" + value.name() + "'");
        }
        return String.join(", ", names);
    }

    private void whole(String table, String column) {
        whole(table, column, ALWAYS);
    }

    private void whole(String table, String column, String condition) {
        rule(table, column, Type.INTEGER, NEVER, range("t." + column) + " AND (" + condition + ")");
    }

    private void text(String table, String column) {
        text(table, column, ALWAYS);
    }

    private void text(String table, String column, String condition) {
        rule(table, column, Type.TEXT, NEVER, condition);
    }

    private void hash(String table, String column, String condition) {
        rule(table, column, Type.BLOB, NEVER, "length(t." + column + ") = 32 AND (" + condition + ")");
    }

    private void optionalHash(String table, String column, String condition) {
        rule(table, column, Type.BLOB, ALWAYS, "length(t." + column + ") = 32 AND (" + condition + ")");
    }

    private void rule(String table, String column, Type type, String absent, String condition) {
        rules.put(table + "." + column, new Rule(table, column, type, absent, condition));
    }
}
