package dev.fovea.runtime.validation;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The values of one kind in one output. A score of 0.9 and an edge at 600 stand in one tensor, but not for one
 * tolerance. Pure.
 *
 * @param name {@code output/kind}
 * @param kind what the values are
 * @param values in the output's order
 */
record OutputPart(String name, Kind kind, float[] values) {

    /** What a value of an output is. */
    enum Kind {
        /** Edges, centres and sizes of boxes, in any unit. */
        BOXES,
        /** Probabilities or logits of classes. */
        SCORES,
        /** Integers, such as indices of classes. */
        CLASSES,
        /** Any other number. */
        VALUES
    }

    private static final double SHARE = 2e-3;
    /** Half precision rounds probabilities to 5e-4, and several layers add up; a shift of 0.05 changes detections. */
    private static final double SCORE = 0.01;

    /** Kernels differ between processors in the last bits; a wrong network differs in the first. */
    double tolerance() {
        double largest = 1;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return switch (kind) {
            case BOXES, VALUES -> SHARE * largest;
            case SCORES -> Math.max(SCORE, SHARE * largest);
            case CLASSES -> 0;
        };
    }

    /** Evenly spread values, at most that many. */
    float[] sample(int most) {
        int step = Math.max(1, Math.ceilDiv(values.length, most));
        float[] sample = new float[Math.ceilDiv(values.length, step)];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = values[i * step];
        }
        return sample;
    }

    /**
     * The parts of the outputs that the postprocessing reads and whose order is fixed. Detections that the graph
     * selects itself change places when two scores are nearly equal, so that only what is decoded from them can be
     * compared.
     */
    static List<OutputPart> of(Postprocessing postprocessing, List<Tensor> outputs) {
        List<OutputPart> parts = new ArrayList<>();
        for (Tensor output : outputs) {
            if (output.type() != DataType.BYTES) {
                parts.addAll(of(output, kinds(postprocessing, output)));
            }
        }
        return parts;
    }

    private static List<OutputPart> of(Tensor output, Optional<IntFunction<Kind>> kinds) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        float[] values = output.floats();
        Map<Kind, float[]> found = new EnumMap<>(Kind.class);
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (int i = 0; i < values.length; i++) {
            Kind kind = kinds.get().apply(i);
            int count = counts.merge(kind, 1, Integer::sum);
            found.computeIfAbsent(kind, any -> new float[values.length])[count - 1] = values[i];
        }
        List<OutputPart> parts = new ArrayList<>();
        found.forEach((kind, all) -> parts.add(new OutputPart(
                output.name() + "/" + kind.name().toLowerCase(Locale.ROOT),
                kind,
                Arrays.copyOf(all, counts.getOrDefault(kind, 0)))));
        return parts;
    }

    /** The kind of an output's elements by their index; empty for an output that is not compared. */
    private static Optional<IntFunction<Kind>> kinds(Postprocessing postprocessing, Tensor output) {
        if (!(postprocessing instanceof Postprocessing.Decoding(DecoderConfig decoder))) {
            return Optional.of(all(isInteger(output) ? Kind.CLASSES : Kind.VALUES));
        }
        return decoder.outputs().contains(output.name()) ? kinds(decoder, output) : Optional.empty();
    }

    private static Optional<IntFunction<Kind>> kinds(DecoderConfig decoder, Tensor output) {
        String name = output.name();
        int last = length(output, 1);
        return switch (decoder) {
            case DecoderConfig.Yolox ignored -> Optional.of(at -> at % last < 4 ? Kind.BOXES : Kind.SCORES);
            case DecoderConfig.YoloV5 v5 ->
                Optional.of(
                        name.equals(v5.output()) ? at -> at % last < 4 ? Kind.BOXES : Kind.SCORES : all(Kind.VALUES));
            case DecoderConfig.YoloV8 v8 ->
                Optional.of(
                        name.equals(v8.output())
                                ? at -> at / last % length(output, 2) < 4 ? Kind.BOXES : Kind.SCORES
                                : all(Kind.VALUES));
            case DecoderConfig.BoxesAndScores sides ->
                Optional.of(all(name.equals(sides.boxes()) ? Kind.BOXES : Kind.SCORES));
            case DecoderConfig.FastestDet ignored -> {
                int cells = last * length(output, 2);
                int channels = length(output, 3);
                yield Optional.of(at -> {
                    int channel = at / cells % channels;
                    return channel >= 1 && channel <= 4 ? Kind.BOXES : Kind.SCORES;
                });
            }
            case DecoderConfig.Detr detr -> Optional.of(all(name.equals(detr.boxes()) ? Kind.BOXES : Kind.SCORES));
            case DecoderConfig.TextMap ignored -> Optional.of(all(Kind.SCORES));
            case DecoderConfig.SemanticMap ignored -> Optional.of(all(isInteger(output) ? Kind.CLASSES : Kind.VALUES));
            case NanoDet nano -> Optional.of(nanoDet(nano, name, last));
            case DetectionRows rows -> rows.output().equals(name) ? Optional.empty() : Optional.of(all(Kind.VALUES));
            case DetectionLists ignored -> Optional.empty();
        };
    }

    private static IntFunction<Kind> nanoDet(NanoDet decoder, String name, int columns) {
        if (decoder.outputs().size() == 1) {
            return at -> at % columns < columns - decoder.distances() ? Kind.SCORES : Kind.VALUES;
        }
        boolean scores = decoder.outputs().indexOf(name) < decoder.strides().size();
        return all(scores ? Kind.SCORES : Kind.VALUES);
    }

    private static IntFunction<Kind> all(Kind kind) {
        return at -> kind;
    }

    /** Length of an axis counted from the last, which is 1. */
    private static int length(Tensor output, int fromLast) {
        long[] shape = output.shape();
        return fromLast > shape.length ? 1 : (int) Math.max(1, shape[shape.length - fromLast]);
    }

    private static boolean isInteger(Tensor output) {
        return switch (output.type()) {
            case FP16, BF16, FP32, FP64 -> false;
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> true;
        };
    }
}
