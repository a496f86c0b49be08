package dev.fovea.storage.traffic;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.model.decoder.Task;
import dev.fovea.runtime.session.Timings;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.TrafficTally;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the Parquet files, and rows written into them. {@code model} and {@code day} are in a file's path. The
 * columns are documented in {@code docs/reference/prediction-log.md}, and never change their meaning.
 */
final class ParquetTable {

    /** The columns as a table of DuckDB. */
    static final String COLUMNS = """
            request_id VARCHAR, time TIMESTAMPTZ, version INTEGER, contract VARCHAR, client VARCHAR,
            tags MAP(VARCHAR, VARCHAR), keepable BOOLEAN,
            task VARCHAR, label VARCHAR, confidence FLOAT, margin FLOAT, entropy FLOAT,
            labels VARCHAR[], scores FLOAT[], objects INTEGER, boxes FLOAT[],
            format VARCHAR, width INTEGER, height INTEGER, orientation TINYINT, deep BOOLEAN,
            upright_width INTEGER, upright_height INTEGER, file_size INTEGER, jpeg_quality TINYINT, camera VARCHAR,
            brightness FLOAT, contrast FLOAT, clipped_dark FLOAT, clipped_bright FLOAT, colorfulness FLOAT,
            saturation FLOAT, sharpness FLOAT, noise FLOAT, blockiness FLOAT, embedding FLOAT[],
            decode_us INTEGER, preprocess_us INTEGER, queue_us INTEGER, infer_us INTEGER, postprocess_us INTEGER,
            total_us INTEGER,
            requested VARCHAR, role VARCHAR, cache VARCHAR, served_by VARCHAR, error VARCHAR""";

    /** The columns for {@link ParquetRows}. */
    static final String READABLE = "epoch_us(time) AS time_us, * EXCLUDE (time)";

    private static final long MICRO = 1000;
    private static final int MEASURES = 14;
    private static final int ROW_GROUP = 100_000;

    private ParquetTable() {}

    /** A day of a model. */
    record Partition(String model, LocalDate day) {
        static Partition of(LoggedPrediction row) {
            return new Partition(row.version().model(), LocalDate.ofInstant(row.time(), ZoneOffset.UTC));
        }
    }

    /** Writes rows of one partition to a new file, in the order of their times. */
    static void write(DuckDBConnection connection, List<LoggedPrediction> rows, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            fill(connection, "rows", rows);
            TrafficTally tally = new TrafficTally();
            rows.forEach(tally::add);
            copy(statement, "(SELECT * EXCLUDE (model, day) FROM rows)", file, Map.of(TrafficTally.KEY, tally.write()));
            statement.execute("DROP TABLE rows");
        }
    }

    /** Makes a temporary table of rows, with their model and day. */
    static void fill(DuckDBConnection connection, String table, List<LoggedPrediction> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE %s(model VARCHAR, day DATE, %s)".formatted(table, COLUMNS));
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", table)) {
            for (LoggedPrediction row : rows) {
                append(row, appender);
            }
        }
    }

    /**
     * Writes what a table or function gives to a new file, in the order of times.
     *
     * @param metadata of the file
     */
    static boolean copy(Statement statement, String source, Path file, Map<String, String> metadata)
            throws SQLException {
        String stated = metadata.entrySet().stream()
                .map(entry -> DuckDb.quoted(entry.getKey()) + ": " + DuckDb.quoted(entry.getValue()))
                .collect(Collectors.joining(", ", "KV_METADATA {", "}, "));
        return statement.execute(
                "COPY (SELECT * FROM %s ORDER BY time, request_id) TO %s (FORMAT parquet, %sCOMPRESSION zstd, ROW_GROUP_SIZE %d)"
                        .formatted(
                                source, DuckDb.quoted(file.toString()), metadata.isEmpty() ? "" : stated, ROW_GROUP));
    }

    private static void append(LoggedPrediction row, DuckDBAppender into) throws SQLException {
        Partition partition = Partition.of(row);
        into.beginRow();
        into.append(partition.model());
        into.append(partition.day());
        into.append(row.request().id());
        into.appendEpochMicros(ChronoUnit.MICROS.between(Instant.EPOCH, row.time()));
        number(row.hasVersion() ? row.version().version() : null, into);
        into.append(row.contract());
        into.append(row.request().client().orElse(null));
        into.append(row.request().tags());
        into.append(row.request().keepable());
        output(row.output(), into);
        image(row, into);
        times(row, into);
        into.append(row.routing().requested());
        into.append(word(row.routing().role()));
        into.append(word(row.routing().cache()));
        into.append(row.routing().servedBy().orElse(null));
        into.append(row.routing().error().map(Enum::name).orElse(null));
        into.endRow();
    }

    private static void output(PredictedOutput output, DuckDBAppender into) throws SQLException {
        Optional<LoggedLabel> best = output.best();
        List<LoggedLabel> labels = output instanceof PredictedOutput.TopLabels top ? top.top() : output.labels();
        into.append(output.task().toString());
        into.append(best.map(LoggedLabel::label).orElse(null));
        real(best.map(LoggedLabel::score).orElse(Float.NaN), into);
        real(output instanceof PredictedOutput.TopLabels top ? top.margin() : Float.NaN, into);
        real(entropy(output), into);
        into.append(labels.stream().map(LoggedLabel::label).toList());
        into.append(scores(labels));
        if (output instanceof PredictedOutput.FoundObjects(Task ignored, List<LoggedBox> boxes, int count)) {
            into.append(count);
            into.append(corners(boxes));
        } else {
            into.appendNull();
            into.appendNull();
        }
    }

    private static float entropy(PredictedOutput output) {
        return switch (output) {
            case PredictedOutput.TopLabels top -> top.entropy();
            case PredictedOutput.ManyLabels many -> many.entropy();
            case PredictedOutput.TaskLabels tasks -> tasks.entropy();
            case PredictedOutput.FoundObjects ignored -> Float.NaN;
            case PredictedOutput.Regions ignored -> Float.NaN;
            case PredictedOutput.Unlabelled ignored -> Float.NaN;
        };
    }

    private static float[] scores(List<LoggedLabel> labels) {
        float[] scores = new float[labels.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = labels.get(i).score();
        }
        return scores;
    }

    private static float[] corners(List<LoggedBox> boxes) {
        float[] corners = new float[4 * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            LoggedBox box = boxes.get(i);
            corners[4 * i] = box.x();
            corners[4 * i + 1] = box.y();
            corners[4 * i + 2] = box.width();
            corners[4 * i + 3] = box.height();
        }
        return corners;
    }

    private static void image(LoggedPrediction row, DuckDBAppender into) throws SQLException {
        ImageHeader header = row.image().header();
        into.append(word(header.format()));
        into.append(header.width());
        into.append(header.height());
        into.append((byte) header.orientation());
        into.append(header.deep());
        Optional<InputMeasures> measured = row.image().observed().measures();
        if (measured.isPresent()) {
            measures(measured.get(), into);
        } else {
            for (int i = 0; i < MEASURES; i++) {
                into.appendNull();
            }
        }
        into.append(half(row.image().observed().embedding()));
    }

    private static void measures(InputMeasures measures, DuckDBAppender into) throws SQLException {
        InputFile file = measures.file();
        into.append(file.width());
        into.append(file.height());
        into.append(file.bytes());
        if (file.jpegQuality().isPresent()) {
            into.append((byte) file.jpegQuality().getAsInt());
        } else {
            into.appendNull();
        }
        into.append(file.camera().orElse(null));
        into.append((float) measures.tones().brightness());
        into.append((float) measures.tones().contrast());
        into.append((float) measures.tones().dark());
        into.append((float) measures.tones().bright());
        into.append((float) measures.colors().colorfulness());
        into.append((float) measures.colors().saturation());
        into.append((float) measures.detail().sharpness());
        into.append((float) measures.detail().noise());
        into.append((float) measures.detail().blockiness());
    }

    /** Rounded to half precision; Spark reads no column of that type, and zeros in the rest cost little. */
    private static float[] half(float[] values) {
        float[] half = new float[values.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return half;
    }

    private static void times(LoggedPrediction row, DuckDBAppender into) throws SQLException {
        Timings stages = row.times().stages();
        into.append(micros(stages.decode()));
        into.append(micros(stages.preprocess()));
        into.append(micros(stages.queue()));
        into.append(micros(stages.infer()));
        into.append(micros(stages.postprocess()));
        into.append(micros(row.times().total()));
    }

    private static int micros(long nanos) {
        return Math.clamp((nanos + MICRO / 2) / MICRO, 0, Integer.MAX_VALUE);
    }

    private static void number(@Nullable Integer value, DuckDBAppender into) throws SQLException {
        if (value == null) {
            into.appendNull();
        } else {
            into.append(value.intValue());
        }
    }

    private static void real(float value, DuckDBAppender into) throws SQLException {
        if (Float.isNaN(value)) {
            into.appendNull();
        } else {
            into.append(value);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
