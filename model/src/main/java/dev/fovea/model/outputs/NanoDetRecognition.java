package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises NanoDet's outputs: one row per cell of its grids, K class scores and four distributions in each. */
final class NanoDetRecognition {

    private static final List<Integer> STRIDES = List.of(8, 16, 32, 64, 128);

    /** NanoDet has three strides and its cells' centres as anchors; NanoDet-Plus has four and their corners. */
    private static final int PLUS = 4;

    private static final String SCORES = "cls_pred_stride_";
    private static final String DISTANCES = "dis_pred_stride_";

    /** The published demo's thresholds ({@code demo/demo.py} and {@code multiclass_nms} in the project). */
    private static final Selection SELECTION = new Selection(0.35, 0.6, false, 100);

    private final OnnxModel model;
    private final long height;
    private final long width;

    NanoDetRecognition(OnnxModel model) {
        this.model = model;
        Optional<TensorSpec> input =
                model.inputs().size() == 1 ? Optional.of(model.inputs().getFirst()) : Optional.empty();
        this.height = input.map(spec -> length(spec, 2)).orElse(-1L);
        this.width = input.map(spec -> length(spec, 3)).orElse(-1L);
    }

    /** The decoder of that many labels, where rows and columns of the outputs add up to it. */
    Optional<DecoderConfig> of(int labels) {
        if (height <= 0 || width <= 0 || labels == 0) {
            return Optional.empty();
        }
        return model.outputs().size() == 1 ? joined(model.outputs().getFirst(), labels) : apart(labels);
    }

    private Optional<DecoderConfig> joined(TensorSpec output, int labels) {
        int bins = bins(length(output, 2) - labels);
        if (output.axes().size() != 3 || bins < 2) {
            return Optional.empty();
        }
        for (int levels = 3; levels <= STRIDES.size(); levels++) {
            List<Integer> strides = STRIDES.subList(0, levels);
            if (length(output, 1) == strides.stream().mapToLong(this::cells).sum()) {
                return Optional.of(decoder(List.of(output.name()), strides, bins));
            }
        }
        return Optional.empty();
    }

    /** One pair of outputs per stride, as the first versions exported them. */
    private Optional<DecoderConfig> apart(int labels) {
        List<Integer> strides = STRIDES.stream()
                .filter(stride -> named(SCORES + stride).isPresent())
                .toList();
        if (strides.isEmpty() || model.outputs().size() != 2 * strides.size()) {
            return Optional.empty();
        }
        int bins = bins(named(DISTANCES + strides.getFirst())
                .map(spec -> length(spec, 2))
                .orElse(-1L));
        boolean fit = bins >= 2
                && strides.stream()
                        .allMatch(stride -> shaped(SCORES + stride, stride, labels)
                                && shaped(DISTANCES + stride, stride, 4L * bins));
        List<String> outputs = new ArrayList<>();
        Stream.of(SCORES, DISTANCES).forEach(prefix -> strides.forEach(stride -> outputs.add(prefix + stride)));
        return fit ? Optional.of(decoder(outputs, strides, bins)) : Optional.empty();
    }

    private boolean shaped(String output, int stride, long columns) {
        return named(output)
                .filter(spec -> length(spec, 1) == cells(stride) && length(spec, 2) == columns)
                .isPresent();
    }

    private static DecoderConfig decoder(List<String> outputs, List<Integer> strides, int bins) {
        double offset = strides.size() < PLUS ? 0.5 : 0;
        return new NanoDet(outputs, strides, bins - 1, offset, ScoreActivation.NONE, SELECTION);
    }

    /** Values per distribution; 0 where the columns are not four distributions. */
    private static int bins(long columns) {
        return columns > 0 && columns % 4 == 0 ? (int) (columns / 4) : 0;
    }

    private long cells(int stride) {
        return Math.ceilDiv(height, stride) * Math.ceilDiv(width, stride);
    }

    private Optional<TensorSpec> named(String name) {
        return model.outputs().stream()
                .filter(spec -> spec.name().equals(name) && spec.axes().size() == 3)
                .findFirst();
    }

    private static long length(TensorSpec spec, int axis) {
        return axis < spec.axes().size() ? spec.axes().get(axis).fixed().orElse(-1L) : -1;
    }
}
