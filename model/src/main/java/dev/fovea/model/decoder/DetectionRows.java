package dev.fovea.model.decoder;

import dev.fovea.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Final detections as rows of one output {@code [1,N,C]} or {@code [N,C]}: the graph has selected them itself, so
 * nothing is suppressed. YOLOv10, YOLO26 and Ultralytics' {@code nms=True} give {@link #ULTRALYTICS} columns, then one
 * column per mask coefficient. Rows of score 0 are padding.
 *
 * @param output the output's name
 * @param columns meaning of the columns, in order; further columns are mask coefficients
 * @param unit what the boxes are counted in
 * @param firstClass the class index of the first label, 0 or 1; smaller indices mean "nothing"
 * @param prototypes output of the mask prototypes {@code [1,M,h,w]}
 * @param score min score of a detection, 0 to 1
 * @param limit max detections per image, positive
 */
public record DetectionRows(
        String output,
        List<Column> columns,
        BoxUnit unit,
        int firstClass,
        Optional<String> prototypes,
        double score,
        int limit)
        implements DecoderConfig {

    /** What a column holds. */
    public enum Column {
        /** Left edge. */
        X1,
        /** Upper edge. */
        Y1,
        /** Right edge. */
        X2,
        /** Lower edge. */
        Y2,
        SCORE,
        CLASS,
        /** Nothing that is needed, such as the index of the image in its batch. */
        UNUSED
    }

    /** The columns of Ultralytics' end-to-end exports (source: {@code Detect.postprocess} and {@code NMSModel}). */
    public static final List<Column> ULTRALYTICS =
            List.of(Column.X1, Column.Y1, Column.X2, Column.Y2, Column.SCORE, Column.CLASS);

    public DetectionRows {
        columns = List.copyOf(columns);
        for (Column column : Column.values()) {
            long count = columns.stream().filter(column::equals).count();
            DecoderConfig.require(
                    column == Column.UNUSED || count == 1,
                    "columns %s must name %s once".formatted(columns, Json.word(column)));
        }
        DetectionLists.requireFirstClass(firstClass);
        DecoderConfig.requireShare("score", score);
        DecoderConfig.requirePositive("limit", limit);
    }

    @Override
    public List<String> outputs() {
        return Stream.concat(Stream.of(output), prototypes.stream()).toList();
    }

    /** The place of a column that is named once. */
    public int at(Column column) {
        return columns.indexOf(column);
    }

    DetectionRows withMinScore(double minScore) {
        return new DetectionRows(output, columns, unit, firstClass, prototypes, minScore, limit);
    }
}
