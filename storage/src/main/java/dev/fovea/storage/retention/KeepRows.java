package dev.fovea.storage.retention;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.retention.ChosenImage;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepCandidate;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of the retention of images as values, and back. */
final class KeepRows {

    static final String POLICY = "model, dataset, random_per_day, uncertain_per_day, novel_per_day, max_bytes, days";

    static final String CANDIDATE =
            "id, model, day, number, version, request, predicted, labels, random_key, uncertain_key, novel_key, blob, bytes";

    static final String KEPT =
            "id, model, day, number, version, request, predicted, labels, reasons, probability, dataset, hash, bytes, expires";

    private static final Json LABELS = Json.of("labels", ErrorCode.STORAGE_FAILED);
    private static final String SEPARATOR = ",";
    private static final Map<KeepReason, String> KEYS = new EnumMap<>(Map.of(
            KeepReason.RANDOM, "random_key", KeepReason.UNCERTAIN, "uncertain_key", KeepReason.NOVEL, "novel_key"));

    private KeepRows() {}

    private record LabelList(List<LoggedLabel> labels) {}

    static KeepPolicy policy(ResultSet row) throws SQLException {
        return new KeepPolicy(
                StoredColumn.text(row, "model"),
                StoredColumn.text(row, "dataset"),
                Map.of(
                        KeepReason.RANDOM,
                        StoredColumn.small(row, "random_per_day"),
                        KeepReason.UNCERTAIN,
                        StoredColumn.small(row, "uncertain_per_day"),
                        KeepReason.NOVEL,
                        StoredColumn.small(row, "novel_per_day")),
                StoredColumn.whole(row, "max_bytes"),
                StoredColumn.small(row, "days"));
    }

    static KeepPart part(ResultSet row) throws SQLException {
        return new KeepPart(
                StoredColumn.text(row, "model"),
                LocalDate.ofEpochDay(StoredColumn.whole(row, "day")),
                StoredColumn.small(row, "number"));
    }

    /** What SQL names a part by. */
    static Object[] key(KeepPart part) {
        return new Object[] {part.model(), part.day().toEpochDay(), part.number()};
    }

    static KeepCandidate candidate(ResultSet row) throws SQLException {
        Map<KeepReason, Double> keys = new EnumMap<>(KeepReason.class);
        for (Map.Entry<KeepReason, String> column : KEYS.entrySet()) {
            if (row.getObject(column.getValue()) != null) {
                keys.put(column.getKey(), StoredColumn.number(row, column.getValue()));
            }
        }
        return new KeepCandidate(
                StoredColumn.text(row, "id"), part(row), origin(row), keys, StoredColumn.whole(row, "bytes"));
    }

    private static ImageOrigin origin(ResultSet row) throws SQLException {
        return new ImageOrigin(
                new VersionId(StoredColumn.text(row, "model"), StoredColumn.small(row, "version")),
                StoredColumn.text(row, "request"),
                StoredColumn.instant(row, "predicted"),
                StoredColumn.parsed(
                        row,
                        "labels",
                        text -> LABELS.read(text, LabelList.class).labels()));
    }

    static List<@Nullable Object> row(KeepCandidate candidate, String blob) {
        KeepPart part = candidate.part();
        ImageOrigin origin = candidate.origin();
        return Arrays.asList(
                candidate.id(),
                part.model(),
                part.day().toEpochDay(),
                part.number(),
                origin.version().version(),
                origin.request(),
                micros(origin.time()),
                labels(origin),
                candidate.keys().get(KeepReason.RANDOM),
                candidate.keys().get(KeepReason.UNCERTAIN),
                candidate.keys().get(KeepReason.NOVEL),
                blob,
                candidate.bytes());
    }

    static ChosenImage chosen(ResultSet row) throws SQLException {
        return new ChosenImage(
                candidate(row),
                StoredColumn.parsed(row, "reasons", KeepRows::reasons),
                probability(row),
                StoredColumn.text(row, "dataset"),
                LocalDate.ofEpochDay(StoredColumn.whole(row, "expires")));
    }

    static KeptImage kept(ResultSet row) throws SQLException {
        return new KeptImage(
                StoredColumn.text(row, "id"),
                part(row),
                origin(row),
                StoredColumn.parsed(row, "reasons", KeepRows::reasons),
                probability(row),
                new KeptImage.KeptFile(
                        StoredColumn.text(row, "dataset"),
                        StoredColumn.hash(row, "hash").toString(),
                        StoredColumn.whole(row, "bytes"),
                        StoredColumn.optionalWhole(row, "expires").map(LocalDate::ofEpochDay)));
    }

    private static Optional<Double> probability(ResultSet row) throws SQLException {
        return row.getObject("probability") == null
                ? Optional.empty()
                : Optional.of(StoredColumn.number(row, "probability"));
    }

    static List<@Nullable Object> row(KeptImage image) {
        ImageOrigin origin = image.origin();
        return Arrays.asList(
                image.id(),
                image.part().model(),
                image.part().day().toEpochDay(),
                image.part().number(),
                origin.version().version(),
                origin.request(),
                micros(origin.time()),
                labels(origin),
                words(image.reasons()),
                image.probability().orElse(null),
                image.file().dataset(),
                hash(image.file().hash()),
                image.file().bytes(),
                image.file().expires().map(LocalDate::toEpochDay).orElse(null));
    }

    /** A hash in hexadecimal as bytes. */
    static byte[] hash(String hash) {
        return ContentHash.parse(hash).bytes();
    }

    static String words(Set<KeepReason> reasons) {
        return reasons.stream().map(Enum::name).collect(Collectors.joining(SEPARATOR));
    }

    private static Set<KeepReason> reasons(String words) {
        Set<KeepReason> reasons = EnumSet.noneOf(KeepReason.class);
        for (String word : words.split(SEPARATOR)) {
            reasons.add(KeepReason.valueOf(word));
        }
        return reasons;
    }

    private static String labels(ImageOrigin origin) {
        return LABELS.write(new LabelList(origin.labels()));
    }

    /** A time in microseconds since 1970. */
    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
