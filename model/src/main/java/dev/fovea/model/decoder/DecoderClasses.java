package dev.fovea.model.decoder;

import dev.fovea.model.graph.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The label count of a decoder, by the shapes of the graph's outputs. */
public final class DecoderClasses {

    private DecoderClasses() {}

    /** The number of labels; empty where the graph leaves the axis open or has no output of that name. */
    public static OptionalInt of(DecoderConfig decoder, List<TensorSpec> outputs) {
        long classes = switch (decoder) {
            case DecoderConfig.Yolox yolox -> length(outputs, yolox.output(), 2) - 5;
            case DecoderConfig.YoloV5 v5 ->
                length(outputs, v5.output(), 2) - 5 - coefficients(outputs, v5.prototypes());
            case DecoderConfig.YoloV8 v8 ->
                length(outputs, v8.output(), 1) - 4 - coefficients(outputs, v8.prototypes());
            case DecoderConfig.BoxesAndScores sides ->
                length(outputs, sides.scores(), 2) - (sides.background().isPresent() ? 1 : 0);
            case DecoderConfig.FastestDet fastest -> length(outputs, fastest.output(), 1) - 5;
            case DecoderConfig.Detr detr ->
                length(outputs, detr.logits(), 2)
                        - (detr.activation() == DecoderConfig.ScoreActivation.SOFTMAX ? 1 : 0);
            case DecoderConfig.TextMap text -> 1;
            case DecoderConfig.SemanticMap map ->
                switch (map.values()) {
                    case SCORES -> length(outputs, map.output(), axes(outputs, map.output()) - 3);
                    case SCORES_LAST -> length(outputs, map.output(), axes(outputs, map.output()) - 1);
                    case CLASSES, PROBABILITY, LOGIT -> -1;
                };
            case DetectionRows rows -> -1; // a row names its class by an index
            case DetectionLists lists -> -1;
            case NanoDet nano
            when nano.outputs().size() > 1 -> length(outputs, nano.outputs().getFirst(), 2);
            case NanoDet nano -> length(outputs, nano.outputs().getFirst(), 2) - nano.distances();
        };
        return classes > 0 && classes <= Integer.MAX_VALUE ? OptionalInt.of((int) classes) : OptionalInt.empty();
    }

    private static long coefficients(List<TensorSpec> outputs, Optional<String> prototypes) {
        // an open axis leaves the number of classes open too
        return prototypes
                .map(name -> length(outputs, name, 1))
                .map(length -> length < 0 ? Integer.MAX_VALUE : length)
                .orElse(0L);
    }

    private static int axes(List<TensorSpec> outputs, String name) {
        return outputs.stream()
                .filter(spec -> spec.name().equals(name))
                .mapToInt(spec -> spec.axes().size())
                .findFirst()
                .orElse(0);
    }

    private static long length(List<TensorSpec> outputs, String name, int axis) {
        return outputs.stream()
                .filter(spec -> spec.name().equals(name)
                        && axis >= 0
                        && axis < spec.axes().size())
                .findFirst()
                .flatMap(spec -> spec.axes().get(axis).fixed())
                .orElse(-1L);
    }
}
