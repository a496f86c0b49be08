package dev.fovea.storage.sql;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.MultiLabelReportJson;
import dev.fovea.evaluation.report.MultiLabelVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.BlobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/** Evaluations on SQL, their thumbnails as blobs. */
public final class SqlEvaluationStore implements EvaluationStore {

    private static final ReportJson LABELS = new ReportJson();
    private static final MultiLabelReportJson TAGS = new MultiLabelReportJson();
    private static final DetectionReportJson OBJECTS = new DetectionReportJson();

    private static final String SELECT =
            "SELECT id, model, version, origin, task, data_id, data_name, images, learned_from, repeated, created, report FROM evaluation ";
    private static final String SELECT_IMAGES =
            "SELECT number, name, content_hash, kind, truth, predicted, confidence, detail, pack, pack_offset, pack_length FROM evaluation_image ";

    private final Database database;
    private final BlobStore blobs;
    private final Damage damage;

    public SqlEvaluationStore(Database database, BlobStore blobs, Damage damage) {
        this.database = database;
        this.damage = damage;
        this.blobs = blobs;
    }

    @Override
    public void save(Evaluation evaluation, List<EvaluatedImage> images) {
        database.write(transaction -> {
            requireNotDeleted(transaction, evaluation);
            transaction.update(
                    """
                    INSERT INTO evaluation (id, model, version, origin, task, data_id, data_name, images, learned_from,
                        repeated, created, report)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    evaluation.id(),
                    evaluation.model(),
                    evaluation.version(),
                    evaluation.origin().name(),
                    evaluation.task(),
                    evaluation.data().id(),
                    evaluation.data().name(),
                    evaluation.data().images(),
                    evaluation.data().learnedFrom(),
                    evaluation.data().repeated(),
                    Columns.micros(evaluation.created()),
                    evaluation.report());
            for (EvaluatedImage image : images) {
                insert(transaction, evaluation.id(), image);
            }
            PendingPacks.referred(
                    transaction,
                    images.stream()
                            .flatMap(image -> image.thumbnail().stream())
                            .map(EvaluatedImage.Thumbnail::pack)
                            .toList());
            return images.size();
        });
    }

    /** A version may be deleted while it is evaluated. */
    private static void requireNotDeleted(Transaction transaction, Evaluation evaluation) throws SQLException {
        long deleted = transaction.number(
                "SELECT count(*) FROM deleted_version WHERE model = ? AND number = ?",
                evaluation.model(),
                evaluation.version());
        if (deleted > 0) {
            throw new FoveaException(
                    ErrorCode.VERSION_UNKNOWN,
                    "Version %d of %s was deleted while it was evaluated; its evaluation is not stored."
                            .formatted(evaluation.version(), evaluation.model()));
        }
    }

    private static void insert(Transaction transaction, String evaluation, EvaluatedImage image) throws SQLException {
        Row row = Row.of(image.result());
        transaction.update(
                """
                INSERT INTO evaluation_image (evaluation, number, name, content_hash, kind, truth, predicted,
                    confidence, detail, pack, pack_offset, pack_length)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                evaluation,
                image.number(),
                image.name(),
                image.contentHash(),
                row.kind(),
                row.truth(),
                row.predicted(),
                row.confidence(),
                row.detail(),
                image.thumbnail().map(EvaluatedImage.Thumbnail::pack),
                image.thumbnail().map(EvaluatedImage.Thumbnail::offset),
                image.thumbnail().map(EvaluatedImage.Thumbnail::length));
    }

    @Override
    public Optional<Evaluation> find(String id) {
        return evaluations("WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public List<Evaluation> list(String model, int version) {
        return evaluations("WHERE model = ? AND version = ? ORDER BY id DESC", model, version);
    }

    private List<Evaluation> evaluations(String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Evaluation %s of %s, version %s"
                        .formatted(row.getString("id"), row.getString("model"), row.getString("version")),
                "It is left out, and its version is served. Evaluate it again: fovea evaluate MODEL@N --data FOLDER.",
                SELECT + which,
                SqlEvaluationStore::evaluation,
                parameters));
    }

    @Override
    public List<EvaluatedImage> images(String id) {
        return images(id, "ORDER BY number");
    }

    @Override
    public Optional<EvaluatedImage> image(String id, int number) {
        return images(id, "AND number = ?", number).stream().findFirst();
    }

    private List<EvaluatedImage> images(String id, String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Image %s of evaluation %s".formatted(row.getString("number"), id),
                "It is left out. Evaluate the version again: fovea evaluate MODEL@N --data FOLDER.",
                SELECT_IMAGES + "WHERE evaluation = ? " + which,
                SqlEvaluationStore::image,
                Stream.concat(Stream.of(id), Stream.of(parameters)).toArray()));
    }

    @Override
    public String putPack(byte[] thumbnails) {
        return new PendingPacks(database, blobs).put(thumbnails);
    }

    @Override
    public byte[] pack(String id) {
        return blobs.read(id);
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        String task = Columns.text(row, "task");
        return new Evaluation(
                Columns.text(row, "id"),
                Columns.text(row, "model"),
                Columns.whole(row, "version", 1, Integer.MAX_VALUE),
                Columns.choice(row, "origin", Evaluation.Origin.class),
                task,
                new Evaluation.EvaluationSource(
                        Columns.text(row, "data_id"),
                        Columns.text(row, "data_name"),
                        count(row, "images"),
                        count(row, "learned_from"),
                        count(row, "repeated")),
                Columns.instant(row, "created"),
                report(task, Columns.text(row, "report")));
    }

    /** Reads a report, with its verdict. */
    private static String report(String task, String report) {
        EvaluationVerdict verdict = switch (task) {
            case "classification" -> ModelVerdict.of(LABELS.read(report));
            case "multi-label" -> MultiLabelVerdict.of(TAGS.read(report));
            case "detection" -> DetectorVerdict.of(OBJECTS.read(report));
            default -> throw new IllegalArgumentException("its task is \"%s\"".formatted(task));
        };
        if (verdict.headline().isBlank()) {
            throw new IllegalArgumentException("its report has no verdict");
        }
        return report;
    }

    private static int count(ResultSet row, String column) throws SQLException {
        return Columns.whole(row, column, 0, Integer.MAX_VALUE);
    }

    private static EvaluatedImage image(ResultSet row) throws SQLException {
        return new EvaluatedImage(
                count(row, "number"),
                Columns.text(row, "name"),
                Columns.text(row, "content_hash"),
                result(row),
                row.getObject("pack") == null
                        ? Optional.empty()
                        : Optional.of(new EvaluatedImage.Thumbnail(
                                Columns.text(row, "pack"), count(row, "pack_offset"), count(row, "pack_length"))));
    }

    private static ImageResult result(ResultSet row) throws SQLException {
        String kind = Columns.text(row, "kind");
        return switch (kind) {
            case "CLASSIFIED" ->
                new ImageResult.Classified(
                        Columns.text(row, "truth"),
                        Columns.text(row, "predicted"),
                        Columns.number(row, "confidence", 0, 1));
            case "TAGGED" -> Columns.value(Columns.text(row, "detail"), new TypeReference<ImageResult.Tagged>() {});
            case "DETECTED" -> Columns.value(Columns.text(row, "detail"), new TypeReference<ImageResult.Detected>() {});
            case "FAILED" ->
                new ImageResult.FailedPrediction(
                        Columns.text(row, "truth"), Columns.text(row, "predicted"), Columns.text(row, "detail"));
            default -> throw new IllegalArgumentException("its kind is \"%s\"".formatted(kind));
        };
    }

    /** A result as columns; the error code of a failure is in the column of the prediction. */
    private record Row(String kind, String truth, String predicted, double confidence, String detail) {
        static Row of(ImageResult result) {
            return switch (result) {
                case ImageResult.Classified(String truth, String predicted, double confidence) ->
                    new Row("CLASSIFIED", truth, predicted, confidence, "");
                case ImageResult.Detected detected -> new Row("DETECTED", "", "", 0, Columns.json(detected));
                case ImageResult.Tagged tagged -> new Row("TAGGED", "", "", 0, Columns.json(tagged));
                case ImageResult.FailedPrediction(String truth, String code, String message) ->
                    new Row("FAILED", truth, code, 0, message);
            };
        }
    }
}
