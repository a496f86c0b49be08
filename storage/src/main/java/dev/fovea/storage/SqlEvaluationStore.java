package dev.fovea.storage;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/** Evaluations on SQL, their thumbnails as blobs. */
final class SqlEvaluationStore implements EvaluationStore {

    private static final String DETECTIONS = "detections";

    private static final String SELECT =
            "SELECT id, model, version, origin, task, data_id, data_name, images, learned_from, repeated, created, report FROM evaluation ";
    private static final String SELECT_IMAGES =
            "SELECT number, name, content_hash, kind, truth, predicted, confidence, detail, pack, pack_offset, pack_length FROM evaluation_image ";

    private final Database database;
    private final BlobStore blobs;

    SqlEvaluationStore(Database database, BlobStore blobs) {
        this.database = database;
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
                    "Version %d of %s was deleted while it was evaluated; its evaluation is not kept."
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
        return database.read(
                transaction -> transaction.first(SELECT + "WHERE id = ?", SqlEvaluationStore::evaluation, id));
    }

    @Override
    public List<Evaluation> list(String model, int version) {
        return database.read(transaction -> transaction.list(
                SELECT + "WHERE model = ? AND version = ? ORDER BY id DESC",
                SqlEvaluationStore::evaluation,
                model,
                version));
    }

    @Override
    public List<EvaluatedImage> images(String id) {
        return database.read(transaction -> transaction.list(
                SELECT_IMAGES + "WHERE evaluation = ? ORDER BY number", SqlEvaluationStore::image, id));
    }

    @Override
    public Optional<EvaluatedImage> image(String id, int number) {
        return database.read(transaction -> transaction.first(
                SELECT_IMAGES + "WHERE evaluation = ? AND number = ?", SqlEvaluationStore::image, id, number));
    }

    @Override
    public String putPack(byte[] thumbnails) {
        return blobs.put(thumbnails);
    }

    @Override
    public byte[] pack(String id) {
        return blobs.read(id);
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        return new Evaluation(
                row.getString("id"),
                row.getString("model"),
                row.getInt("version"),
                Evaluation.Origin.valueOf(row.getString("origin")),
                row.getString("task"),
                new Evaluation.Source(
                        row.getString("data_id"),
                        row.getString("data_name"),
                        row.getInt("images"),
                        row.getInt("learned_from"),
                        row.getInt("repeated")),
                Columns.instant(row.getLong("created")),
                row.getString("report"));
    }

    private static EvaluatedImage image(ResultSet row) throws SQLException {
        String pack = row.getString("pack");
        return new EvaluatedImage(
                row.getInt("number"),
                row.getString("name"),
                row.getString("content_hash"),
                result(row),
                pack == null
                        ? Optional.empty()
                        : Optional.of(new EvaluatedImage.Thumbnail(
                                pack, row.getInt("pack_offset"), row.getInt("pack_length"))));
    }

    private static ImageResult result(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return switch (kind) {
            case "CLASSIFIED" ->
                new ImageResult.Classified(
                        row.getString("truth"), row.getString("predicted"), row.getDouble("confidence"));
            case "TAGGED" -> Columns.value(row.getString("detail"), new TypeReference<ImageResult.Tagged>() {});
            case "DETECTED" -> detected(row.getString("detail"));
            case "FAILED" ->
                new ImageResult.Failed(row.getString("truth"), row.getString("predicted"), row.getString("detail"));
            default -> throw new SQLException("the result of an image is \"%s\"".formatted(kind));
        };
    }

    /** Earlier programs stored no detections below the score that a version responds with. */
    private static ImageResult.Detected detected(String json) {
        ObjectNode stored = Columns.value(json, new TypeReference<>() {});
        if (!stored.has(DETECTIONS)) {
            stored.putNull(DETECTIONS);
        }
        return Columns.value(stored.toString(), new TypeReference<>() {});
    }

    /** A result as columns; a failure's code stands where a prediction does. */
    private record Row(String kind, String truth, String predicted, double confidence, String detail) {
        static Row of(ImageResult result) {
            return switch (result) {
                case ImageResult.Classified(String truth, String predicted, double confidence) ->
                    new Row("CLASSIFIED", truth, predicted, confidence, "");
                case ImageResult.Detected detected -> new Row("DETECTED", "", "", 0, Columns.json(detected));
                case ImageResult.Tagged tagged -> new Row("TAGGED", "", "", 0, Columns.json(tagged));
                case ImageResult.Failed(String truth, String code, String message) ->
                    new Row("FAILED", truth, code, 0, message);
            };
        }
    }
}
