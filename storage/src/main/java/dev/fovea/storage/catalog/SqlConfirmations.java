package dev.fovea.storage.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.wrong.Confirmation;
import dev.fovea.labels.wrong.ConfirmationStore;
import dev.fovea.labels.wrong.ConfirmedPart;
import dev.fovea.labels.wrong.ConfirmedParts;
import dev.fovea.labels.wrong.NamedBox;
import dev.fovea.storage.catalog.CatalogRules.Rule;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Decisions about parts of labels on SQL. */
public final class SqlConfirmations implements ConfirmationStore {

    private enum Kind {
        CLASS_GIVEN,
        CLASS_ABSENT,
        RIGHT_BOX,
        NO_OBJECT
    }

    /** What belongs into the columns. */
    static final List<Rule> RULES = List.of(
            rule("id", CatalogRules.Type.TEXT, "t.id <> ''"),
            rule("dataset", CatalogRules.Type.INTEGER, "EXISTS (SELECT 1 FROM dataset d WHERE d.id = t.dataset)"),
            rule(
                    "item",
                    CatalogRules.Type.INTEGER,
                    "EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.dataset = t.dataset)"),
            rule("kind", CatalogRules.Type.TEXT, "t.kind IN ('CLASS_GIVEN', 'CLASS_ABSENT', 'RIGHT_BOX', 'NO_OBJECT')"),
            rule("class", CatalogRules.Type.TEXT, "t.class <> ''"),
            rule("x", CatalogRules.Type.REAL, "t.x BETWEEN -1e9 AND 1e9"),
            rule("y", CatalogRules.Type.REAL, "t.y BETWEEN -1e9 AND 1e9"),
            rule("width", CatalogRules.Type.REAL, "t.width BETWEEN -1e9 AND 1e9"),
            rule("height", CatalogRules.Type.REAL, "t.height BETWEEN -1e9 AND 1e9"),
            rule("annotator", CatalogRules.Type.TEXT, "t.annotator <> ''"),
            rule("made", CatalogRules.Type.INTEGER, "t.made BETWEEN 0 AND " + StoredColumn.LARGEST));

    private final Database database;

    public SqlConfirmations(Database database) {
        this.database = database;
    }

    private static Rule rule(String column, CatalogRules.Type type, String condition) {
        return new Rule("confirmed_part", column, type, "1 = 0", condition);
    }

    private record Row(ContentHash image, ConfirmedPart part) {}

    @Override
    public void confirm(long dataset, ContentHash image, Confirmation confirmation, Instant now) {
        ConfirmedPart part = confirmation.part();
        NamedBox box = box(part);
        int _ = database.write(transaction -> {
            transaction.update(
                    "INSERT INTO confirmed_part (id, dataset, item, kind, class, x, y, width, height, annotator, made)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    confirmation.id(),
                    dataset,
                    SqlItems.required(transaction, dataset, image).id(),
                    kind(part).name(),
                    part.label(),
                    box.x(),
                    box.y(),
                    box.width(),
                    box.height(),
                    confirmation.annotator(),
                    CatalogRows.micros(now));
            return 0;
        });
    }

    private static Kind kind(ConfirmedPart part) {
        return switch (part) {
            case ConfirmedPart.ClassDecision decision -> decision.given() ? Kind.CLASS_GIVEN : Kind.CLASS_ABSENT;
            case ConfirmedPart.RightBox _ -> Kind.RIGHT_BOX;
            case ConfirmedPart.NoObject _ -> Kind.NO_OBJECT;
        };
    }

    private static NamedBox box(ConfirmedPart part) {
        return switch (part) {
            case ConfirmedPart.ClassDecision decision -> new NamedBox(decision.label(), 0, 0, 0, 0);
            case ConfirmedPart.RightBox(NamedBox box) -> box;
            case ConfirmedPart.NoObject(NamedBox box) -> box;
        };
    }

    @Override
    public ConfirmedParts confirmed(long dataset) {
        List<Row> rows = database.read(transaction -> transaction.list(
                "SELECT i.hash, c.kind, c.class, c.x, c.y, c.width, c.height FROM confirmed_part c"
                        + " JOIN item i ON i.id = c.item WHERE c.dataset = ? AND i.removed IS NULL",
                SqlConfirmations::row,
                dataset));
        return new ConfirmedParts(rows.stream()
                .collect(Collectors.groupingBy(Row::image, Collectors.mapping(Row::part, Collectors.toList()))));
    }

    private static Row row(ResultSet row) throws SQLException {
        String label = StoredColumn.text(row, "class");
        NamedBox box = new NamedBox(
                label,
                StoredColumn.number(row, "x"),
                StoredColumn.number(row, "y"),
                StoredColumn.number(row, "width"),
                StoredColumn.number(row, "height"));
        ConfirmedPart part = switch (StoredColumn.parsed(row, "kind", Kind::valueOf)) {
            case CLASS_GIVEN -> new ConfirmedPart.ClassDecision(label, true);
            case CLASS_ABSENT -> new ConfirmedPart.ClassDecision(label, false);
            case RIGHT_BOX -> new ConfirmedPart.RightBox(box);
            case NO_OBJECT -> new ConfirmedPart.NoObject(box);
        };
        return new Row(StoredColumn.hash(row, "hash"), part);
    }
}
