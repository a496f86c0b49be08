package dev.fovea.model.decoder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How a network's outputs become typed predictions, as data: it is stored with the model and executed by the runtime.
 * In the shapes below 1 is the batch axis, N counts candidates and K classes; x, y, w, h are in pixels of the network's
 * input unless stated otherwise.
 */
public sealed interface DecoderConfig
        permits DecoderConfig.Yolox,
                DecoderConfig.YoloV5,
                DecoderConfig.YoloV8,
                DecoderConfig.BoxesAndScores,
                DecoderConfig.FastestDet,
                DecoderConfig.Detr,
                DecoderConfig.TextMap,
                DecoderConfig.SemanticMap,
                DetectionRows,
                DetectionLists,
                NanoDet {

    /** Names of the outputs that are read, as in the graph. */
    List<String> outputs();

    /** The minimum score of a detection, from 0 to 1. */
    default double score() {
        return switch (this) {
            case Yolox decoder -> decoder.selection().score();
            case YoloV5 decoder -> decoder.selection().score();
            case YoloV8 decoder -> decoder.selection().score();
            case BoxesAndScores decoder -> decoder.selection().score();
            case FastestDet decoder -> decoder.selection().score();
            case Detr decoder -> decoder.score();
            case TextMap decoder -> decoder.score();
            case SemanticMap ignored -> 0;
            case DetectionRows decoder -> decoder.score();
            case DetectionLists decoder -> decoder.score();
            case NanoDet decoder -> decoder.selection().score();
        };
    }

    /** The same with another minimum score, from 0 to 1; as low as 0.001 to measure average precision. */
    default DecoderConfig withScore(double minScore) {
        return switch (this) {
            case Yolox(var output, var strides, var selection) ->
                new Yolox(output, strides, selection.withScore(minScore));
            case YoloV5(var output, var prototypes, var selection) ->
                new YoloV5(output, prototypes, selection.withScore(minScore));
            case YoloV8(var output, var prototypes, var selection) ->
                new YoloV8(output, prototypes, selection.withScore(minScore));
            case BoxesAndScores(
                    var boxes,
                    var scores,
                    var form,
                    var unit,
                    var activation,
                    var background,
                    var selection) ->
                new BoxesAndScores(boxes, scores, form, unit, activation, background, selection.withScore(minScore));
            case FastestDet(var output, var selection) -> new FastestDet(output, selection.withScore(minScore));
            case Detr(var logits, var boxes, var activation, var unusedScore, var limit) ->
                new Detr(logits, boxes, activation, minScore, limit);
            case TextMap(var output, var pixel, var unusedScore, var growth, var limit) ->
                new TextMap(output, pixel, minScore, growth, limit);
            case SemanticMap map -> map;
            case DetectionRows rows -> rows.withMinScore(minScore);
            case DetectionLists lists -> lists.withMinScore(minScore);
            case NanoDet nano -> nano.with(nano.selection().withScore(minScore));
        };
    }

    /**
     * YOLOX without decoding in the graph (Ge et al. 2021, arXiv:2107.08430; {@code demo_postprocess} of its source):
     * {@code [1,N,5+K]}, per cell of each stride's grid {@code (x, y, log w, log h)} in units of the stride,
     * objectness, class scores; the last two after sigmoid.
     *
     * @param strides in pixels, in the order of the output
     */
    record Yolox(
            String output,
            List<Integer> strides,
            @JsonUnwrapped Selection selection) implements DecoderConfig {
        public Yolox {
            strides = List.copyOf(strides);
            require(!strides.isEmpty(), "strides is empty");
            strides.forEach(stride -> requirePositive("strides", stride));
        }

        @Override
        public List<String> outputs() {
            return List.of(output);
        }
    }

    /**
     * YOLOv5: {@code [1,N,5+K+M]}, per candidate centre x, y, w, h, objectness, K class scores, M mask coefficients.
     *
     * @param prototypes output of the mask prototypes {@code [1,M,h,w]}; without it M is 0
     */
    record YoloV5(
            String output,
            Optional<String> prototypes,
            @JsonUnwrapped Selection selection) implements DecoderConfig {
        @Override
        public List<String> outputs() {
            return Stream.concat(Stream.of(output), prototypes.stream()).toList();
        }
    }

    /**
     * YOLOv8 and YOLO11: {@code [1,4+K+M,N]}, per candidate centre x, y, w, h, K class scores, M mask coefficients.
     *
     * @param prototypes output of the mask prototypes {@code [1,M,h,w]}; without it M is 0
     */
    record YoloV8(
            String output,
            Optional<String> prototypes,
            @JsonUnwrapped Selection selection) implements DecoderConfig {
        @Override
        public List<String> outputs() {
            return Stream.concat(Stream.of(output), prototypes.stream()).toList();
        }
    }

    /**
     * Boxes and scores side by side, as SSD's descendants export them: {@code [1,N,4]} and {@code [1,N,K]}.
     *
     * @param boxes output of the boxes
     * @param scores output of the scores
     * @param form what a box's four numbers are
     * @param unit what they are counted in
     * @param activation what is left to do to the scores
     * @param background the column of the scores that means "nothing"; labels count the other columns in order
     */
    record BoxesAndScores(
            String boxes,
            String scores,
            BoxForm form,
            BoxUnit unit,
            ScoreActivation activation,
            OptionalInt background,
            @JsonUnwrapped Selection selection)
            implements DecoderConfig {
        public BoxesAndScores {
            require(background.orElse(0) >= 0, "background %d is negative".formatted(background.orElse(0)));
        }

        @Override
        public List<String> outputs() {
            return List.of(boxes, scores);
        }
    }

    /**
     * FastestDet (Ma 2022, {@code handle_preds} of its source): {@code [1,5+K,h,w]}, per cell objectness, four numbers
     * of the box, class scores; score = objectness^0.6 · class^0.4.
     */
    record FastestDet(String output, @JsonUnwrapped Selection selection) implements DecoderConfig {
        @Override
        public List<String> outputs() {
            return List.of(output);
        }
    }

    /**
     * DETR and its descendants (Carion et al. 2020, arXiv:2005.12872): logits {@code [1,Q,C]} and boxes {@code [1,Q,4]}
     * as centre x, y, w, h in shares of the input. With softmax the last of the C classes means "no object" and each
     * query has one detection; with sigmoid (Deformable DETR, RT-DETR) the best of all Q·C are detections.
     *
     * @param activation softmax or sigmoid
     * @param score minimum score of a detection, 0 to 1
     * @param limit maximum count of detections per image, positive
     */
    record Detr(String logits, String boxes, ScoreActivation activation, double score, int limit)
            implements DecoderConfig {
        public Detr {
            require(activation != ScoreActivation.NONE, "activation is none; DETR's logits need softmax or sigmoid");
            requireShare("score", score);
            requirePositive("limit", limit);
        }

        @Override
        public List<String> outputs() {
            return List.of(logits, boxes);
        }
    }

    /**
     * DBNet's map of text (Liao et al. 2020, arXiv:1911.08947; {@code DBPostProcess} of PaddleOCR): {@code [1,1,h,w]},
     * the probability that a pixel is in the shrunk core of a line of text.
     *
     * @param pixel minimum probability of a pixel that belongs to a core, 0 to 1
     * @param score minimum mean probability of a region, 0 to 1
     * @param growth a core grows by its area times this over its circumference, on each side
     * @param limit most regions per image, positive
     */
    record TextMap(String output, double pixel, double score, double growth, int limit) implements DecoderConfig {
        public TextMap {
            requireShare("pixel", pixel);
            requireShare("score", score);
            require(growth >= 0 && Double.isFinite(growth), "growth is %s; it must be 0 or more".formatted(growth));
            requirePositive("limit", limit);
        }

        @Override
        public List<String> outputs() {
            return List.of(output);
        }
    }

    /**
     * A class for every pixel, or one class and the rest.
     *
     * @param values what the map holds
     * @param threshold from which probability a pixel belongs to the one class, above 0 and below 1
     */
    record SemanticMap(String output, PixelValues values, double threshold) implements DecoderConfig {
        public SemanticMap {
            require(
                    threshold > 0 && threshold < 1,
                    "threshold is %s; it must be above 0 and below 1".formatted(threshold));
        }

        /** With a score for each class and pixel. */
        public SemanticMap(String output) {
            this(output, PixelValues.SCORES, OutputOptions.THRESHOLD);
        }

        @Override
        public List<String> outputs() {
            return List.of(output);
        }
    }

    /** What a map holds for each pixel. */
    enum PixelValues {
        /** Scores {@code [1,K,h,w]}, of which the largest counts. */
        SCORES,
        /** Scores {@code [1,h,w,K]}, of which the largest counts. */
        SCORES_LAST,
        /**
         * The class's index {@code [1,h,w]} or {@code [1,1,h,w]}, as ArgMax gives it. An index of no label is no class.
         */
        CLASSES,
        /** The probability {@code [1,1,h,w]} of the only label, or of the second of two. */
        PROBABILITY,
        /** The logit of that probability. */
        LOGIT
    }

    /** What a box's four numbers are. */
    enum BoxForm {
        /** Left, upper, right, lower edge. */
        CORNERS,
        /** Upper, left, lower, right edge, as TensorFlow's detectors give them. */
        CORNERS_YX,
        /** Centre x, centre y, width, height. */
        CENTER
    }

    /** What a box's numbers are counted in. */
    enum BoxUnit {
        /** Pixels of the network's input. */
        PIXELS,
        /** Shares of the input's width and height. */
        SHARES
    }

    /** What is left to do to scores. */
    enum ScoreActivation {
        NONE,
        /** Each score for itself. */
        SIGMOID,
        /** Over the classes of one candidate. */
        SOFTMAX
    }

    static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, "%s is %s; it must be from 0 to 1".formatted(name, value));
    }

    static void requirePositive(String name, int value) {
        require(value > 0, "%s is %d; it must be positive".formatted(name, value));
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new FoveaException(ErrorCode.DECODER_INVALID, "The decoder's " + message + ".");
        }
    }
}
