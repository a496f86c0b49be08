package dev.fovea.storage.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedImage;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.ResponseTimes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of Parquet files to {@link LoggedPrediction}s. */
final class ParquetRows {

    private static final long MICRO = 1000;

    private ParquetRows() {}

    /** The row at which a result stands, of the columns of {@link ParquetTable}. */
    static LoggedPrediction read(String model, ResultSet row) throws SQLException {
        return new LoggedPrediction(
                request(row),
                Instant.EPOCH.plus(row.getLong("time_us"), ChronoUnit.MICROS),
                new VersionId(model, row.getInt("version")),
                row.getString("contract"),
                output(row),
                new LoggedImage(header(row), new ImageObservation(measures(row), floats(row, "embedding"))),
                times(row),
                routing(row));
    }

    private static RequestDetails request(ResultSet row) throws SQLException {
        TreeMap<String, String> tags = new TreeMap<>();
        if (row.getObject("tags") instanceof Map<?, ?> stated) {
            stated.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
        }
        return new RequestDetails(
                row.getString("request_id"),
                Optional.ofNullable(row.getString("client")),
                tags,
                row.getBoolean("keepable"));
    }

    private static PredictedOutput output(ResultSet row) throws SQLException {
        Task task = constant(Task.class, row.getString("task"));
        List<String> labels = texts(row, "labels");
        float[] scores = floats(row, "scores");
        return switch (task) {
            case CLASSIFICATION -> new PredictedOutput.TopLabels(labelled(labels, scores), row.getFloat("entropy"));
            case MULTI_LABEL -> new PredictedOutput.ManyLabels(labelled(labels, scores), row.getFloat("entropy"));
            case MULTI_TASK -> new PredictedOutput.TaskLabels(labelled(labels, scores), row.getFloat("entropy"));
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION ->
                new PredictedOutput.FoundObjects(
                        task, boxes(labels, scores, floats(row, "boxes")), row.getInt("objects"));
            case SEGMENTATION -> new PredictedOutput.Regions(labelled(labels, scores));
            case EMBEDDING, TENSORS -> new PredictedOutput.Unlabelled(task);
        };
    }

    private static List<LoggedLabel> labelled(List<String> labels, float[] scores) {
        List<LoggedLabel> labelled = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            labelled.add(new LoggedLabel(labels.get(i), scores[i]));
        }
        return labelled;
    }

    private static List<LoggedBox> boxes(List<String> labels, float[] scores, float[] corners) {
        List<LoggedBox> boxes = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            boxes.add(new LoggedBox(
                    labels.get(i),
                    scores[i],
                    corners[4 * i],
                    corners[4 * i + 1],
                    corners[4 * i + 2],
                    corners[4 * i + 3]));
        }
        return boxes;
    }

    private static ImageHeader header(ResultSet row) throws SQLException {
        return new ImageHeader(
                constant(ImageFormat.class, row.getString("format")),
                row.getInt("width"),
                row.getInt("height"),
                row.getInt("orientation"),
                row.getBoolean("deep"));
    }

    private static Optional<InputMeasures> measures(ResultSet row) throws SQLException {
        double brightness = row.getFloat("brightness");
        if (row.wasNull()) {
            return Optional.empty();
        }
        int quality = row.getInt("jpeg_quality");
        OptionalInt jpegQuality = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(quality);
        return Optional.of(new InputMeasures(
                new InputTones(
                        brightness,
                        row.getFloat("contrast"),
                        row.getFloat("clipped_dark"),
                        row.getFloat("clipped_bright")),
                new InputColors(row.getFloat("colorfulness"), row.getFloat("saturation")),
                new InputDetail(row.getFloat("sharpness"), row.getFloat("noise"), row.getFloat("blockiness")),
                new InputFile(
                        constant(ImageFormat.class, row.getString("format")),
                        row.getInt("upright_width"),
                        row.getInt("upright_height"),
                        row.getInt("file_size"),
                        jpegQuality,
                        Optional.ofNullable(row.getString("camera")))));
    }

    private static ResponseTimes times(ResultSet row) throws SQLException {
        return new ResponseTimes(
                new Timings(
                        MICRO * row.getLong("decode_us"),
                        MICRO * row.getLong("preprocess_us"),
                        MICRO * row.getLong("queue_us"),
                        MICRO * row.getLong("infer_us"),
                        MICRO * row.getLong("postprocess_us")),
                MICRO * row.getLong("total_us"));
    }

    private static LoggedRouting routing(ResultSet row) throws SQLException {
        return new LoggedRouting(
                row.getString("requested"),
                constant(LoggedRouting.Role.class, row.getString("role")),
                constant(LoggedRouting.CacheResult.class, row.getString("cache")),
                Optional.ofNullable(row.getString("served_by")),
                Optional.ofNullable(row.getString("error")).map(ParquetRows::error));
    }

    private static ErrorCode error(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL; // of a newer program
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object text : values(row.getArray(column))) {
            texts.add(String.valueOf(text));
        }
        return texts;
    }

    private static float[] floats(ResultSet row, String column) throws SQLException {
        Object[] values = values(row.getArray(column));
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) values[i]).floatValue();
        }
        return floats;
    }

    private static Object[] values(@Nullable Array array) throws SQLException {
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }
}
