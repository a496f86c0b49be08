package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.labels.queue.Vote;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The classes of a data set that got another name, the oldest first. Votes from before are read with the new name. */
record ClassRenamings(List<Renaming> renamings) {

    private static final String COLUMNS = "SELECT old_name, new_name, annotation FROM class_renaming WHERE dataset = ";

    /** Annotations up to {@code annotation} have the old name. */
    private record Renaming(String from, String to, long annotation) {}

    static ClassRenamings of(Transaction transaction, long dataset) throws SQLException {
        return read(transaction, "?", dataset);
    }

    /** Those of the data set that an image is in. */
    static ClassRenamings ofItem(Transaction transaction, long item) throws SQLException {
        return read(transaction, "(SELECT dataset FROM item WHERE id = ?)", item);
    }

    private static ClassRenamings read(Transaction transaction, String dataset, long parameter) throws SQLException {
        return new ClassRenamings(transaction.list(
                COLUMNS + dataset + " ORDER BY position",
                row -> new Renaming(StoredColumn.text(row, 1), StoredColumn.text(row, 2), StoredColumn.whole(row, 3)),
                parameter));
    }

    /** Notes that the annotations of now have the old name, and changes what is not an annotation. */
    static void record(Transaction transaction, long dataset, String from, String to) throws SQLException {
        transaction.update(
                "INSERT INTO class_renaming (dataset, position, old_name, new_name, annotation) VALUES (?,"
                        + " (SELECT coalesce(max(position), 0) + 1 FROM class_renaming WHERE dataset = ?), ?, ?,"
                        + " (SELECT coalesce(max(id), 0) FROM annotation))",
                dataset,
                dataset,
                from,
                to);
        rewrite(transaction, "label_task", "item", "known", dataset, from, to);
        rewrite(transaction, "label_lease", "id", "prefill", dataset, from, to);
        transaction.update("UPDATE confirmed_part SET class = ? WHERE dataset = ? AND class = ?", to, dataset, from);
    }

    private record Stored(Object key, AnnotationValue value) {}

    private static void rewrite(
            Transaction transaction, String table, String key, String column, long dataset, String from, String to)
            throws SQLException {
        List<Stored> stored = transaction.list(
                "SELECT %s, %s FROM %s WHERE dataset = ? AND %s IS NOT NULL".formatted(key, column, table, column),
                row -> new Stored(row.getObject(1), StoredColumn.parsed(row, 2, AnnotationJson::read)),
                dataset);
        transaction.batch(
                "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, column, key),
                stored.stream()
                        .filter(each -> each.value().classes().contains(from))
                        .<List<@Nullable Object>>map(each -> List.of(
                                AnnotationJson.write(ClassRenamings.renamed(each.value(), from, to)), each.key()))
                        .toList());
    }

    /** A vote with the names that its classes have by now. */
    Vote applied(Vote vote) {
        ItemAnnotation annotation = vote.annotation();
        List<Renaming> later = renamings.stream()
                .filter(each -> each.annotation() >= annotation.id())
                .toList();
        if (later.isEmpty()) {
            return vote;
        }
        AnnotationValue value = vote.value();
        for (Renaming each : later) {
            value = ClassRenamings.renamed(value, each.from(), each.to());
        }
        NewAnnotation content = annotation.content();
        return new Vote(
                vote.image(),
                new ItemAnnotation(
                        annotation.id(),
                        new NewAnnotation(
                                content.annotator(), value, content.millis(), content.prefill(), content.clientId()),
                        annotation.made(),
                        annotation.inForce()),
                vote.reason(),
                vote.suggestion(),
                vote.known());
    }

    /** An annotation with another name of a class. */
    static NewAnnotation renamed(NewAnnotation annotation, String from, String to, String author) {
        return new NewAnnotation(
                author, renamed(annotation.value(), from, to), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AnnotationValue renamed(AnnotationValue value, String from, String to) {
        return switch (value) {
            case ClassLabels labels -> {
                Map<String, Double> weights = new TreeMap<>();
                labels.weights().forEach((name, weight) -> weights.merge(name(name, from, to), weight, Double::sum));
                yield new ClassLabels(
                        labels.classes().stream()
                                .map(each -> name(each, from, to))
                                .toList(),
                        weights);
            }
            case ObjectLabels labels ->
                new ObjectLabels(labels.objects().stream()
                        .map(each -> new AnnotatedObject(
                                name(each.name(), from, to),
                                each.shape(),
                                each.attributes(),
                                each.flags(),
                                each.keypoints()))
                        .toList());
        };
    }

    private static String name(String name, String from, String to) {
        return name.equals(from) ? to : name;
    }
}
