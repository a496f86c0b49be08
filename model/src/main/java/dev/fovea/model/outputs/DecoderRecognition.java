package dev.fovea.model.outputs;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.formats.UltralyticsMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.SizeInputs;
import dev.fovea.model.graph.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Recognizes a detector's decoder from the file alone: by the exporter's metadata, and otherwise by shapes, names and
 * last operators together. Ambiguous outputs are not recognised: the result is then empty and the decoder must be
 * configured.
 */
public final class DecoderRecognition {

    /** UltraFace's anchors per cell, by stride. */
    private static final int[][] ULTRAFACE = {{8, 3}, {16, 2}, {32, 2}, {64, 3}};

    /** What the networks' own programs show by default. */
    private static final Selection YOLOV5 = new Selection(0.25, 0.45, false, 300);

    private static final Selection YOLOX = new Selection(0.3, 0.45, false, 300);

    private static final List<Integer> STRIDES = List.of(8, 16, 32);

    private final OnnxModel model;
    private final List<TensorSpec> outputs;
    private final Producers producers;

    private DecoderRecognition(OnnxModel model) {
        this.model = model;
        this.outputs = model.outputs();
        this.producers = new Producers(model);
    }

    /** The decoder that a file's metadata or graph shows. */
    public static Optional<DecoderConfig> of(OnnxModel model) {
        return of(model, 0);
    }

    /**
     * The same where the number of labels is known, which distinguishes DETR's two kinds: one logit more than labels
     * means softmax with "no object", as many as labels means sigmoid. It also distinguishes NanoDet from others.
     */
    public static Optional<DecoderConfig> of(OnnxModel model, int labels) {
        return find(SizeInputs.feed(model), labels)
                .filter(finding -> finding.open().isEmpty())
                .map(DecoderFinding::decoder);
    }

    /**
     * The decoder that a graph shows, with what only a trial run can decide.
     *
     * @param fed the model without its size inputs, which belong to some families only
     * @param labels the label count; 0 where unknown
     */
    public static Optional<DecoderFinding> find(SizeInputs.Fed fed, int labels) {
        OnnxModel model = fed.model();
        if (model.outputs().isEmpty()) {
            return Optional.empty();
        }
        DecoderRecognition recognition = new DecoderRecognition(model);
        SelectedDecoders selected = new SelectedDecoders(model, !fed.fed().isEmpty());
        Optional<UltralyticsMetadata> metadata = UltralyticsMetadata.of(model.metadata());
        if (metadata.isPresent()) {
            return recognition.ultralytics(metadata.get(), selected);
        }
        return new NanoDetRecognition(model)
                .of(labels)
                .filter(ignored -> !recognition.isYoloxOf(labels))
                .or(recognition::yolox)
                .or(recognition::ultraFace)
                .or(recognition::fastestDet)
                .or(recognition::textMap)
                .or(() -> recognition.detr(labels))
                .map(DecoderRecognition::certain)
                .or(selected::lists)
                .or(() -> recognition.endToEnd(selected));
    }

    private static DecoderFinding certain(DecoderConfig decoder) {
        return new DecoderFinding(
                decoder, DecoderConfigJson.tree(decoder).get("kind").stringValue(), Set.of());
    }

    private boolean isYoloxOf(int labels) {
        return length(outputs.getFirst(), 2) == labels + 5L;
    }

    private Optional<DecoderFinding> endToEnd(SelectedDecoders selected) {
        return outputs.size() == 1 ? selected.rows(false, Optional.empty(), 0) : Optional.empty();
    }

    private Optional<DecoderFinding> ultralytics(UltralyticsMetadata metadata, SelectedDecoders selected) {
        boolean segments = metadata.task().filter("segment"::equals).isPresent();
        boolean detects = metadata.task().map("detect"::equals).orElse(true);
        if (!(segments || detects)) {
            return Optional.empty();
        }
        TensorSpec first = outputs.getFirst();
        Optional<String> prototypes = Optional.empty();
        long coefficients = 0;
        if (outputs.size() == 2 && outputs.get(1).axes().size() == 4) {
            prototypes = Optional.of(outputs.get(1).name());
            coefficients = length(outputs.get(1), 1);
        }
        boolean masked = prototypes.isPresent();
        if (first.axes().size() != 3 || outputs.size() > 2 || (metadata.task().isPresent() && segments != masked)) {
            return Optional.empty();
        }
        int classes = metadata.labels().size();
        if (metadata.task().isPresent() && length(first, 1) == 4 + classes + coefficients) {
            return Optional.of(certain(new DecoderConfig.YoloV8(first.name(), prototypes, Selection.DEFAULT)));
        }
        if (metadata.task().isEmpty() && length(first, 2) == 5 + classes + coefficients) {
            return Optional.of(certain(new DecoderConfig.YoloV5(first.name(), prototypes, YOLOV5)));
        }
        return metadata.task().isPresent() || metadata.endToEnd()
                ? selected.rows(metadata.endToEnd(), prototypes, coefficients)
                : Optional.empty();
    }

    /** An exponential in the graph would mean that it decodes its boxes itself, a softmax that it is a later YOLO. */
    private Optional<DecoderConfig> yolox() {
        boolean otherOperators = model.operators().containsKey("Exp")
                || model.operators().containsKey("Softmax")
                || !model.operators().containsKey("Transpose");
        if (outputs.size() != 1 || outputs.getFirst().axes().size() != 3 || otherOperators) {
            return Optional.empty();
        }
        TensorSpec output = outputs.getFirst();
        long cells =
                STRIDES.stream().mapToLong(stride -> inputCells(stride, false)).sum();
        return cells > 0 && length(output, 1) == cells && length(output, 2) > 5
                ? Optional.of(new DecoderConfig.Yolox(output.name(), STRIDES, YOLOX))
                : Optional.empty();
    }

    private Optional<DecoderConfig> ultraFace() {
        Optional<TensorSpec> scores = named("scores").filter(spec -> length(spec, 2) == 2);
        Optional<TensorSpec> boxes = named("boxes").filter(spec -> length(spec, 2) == 4);
        if (outputs.size() != 2 || scores.isEmpty() || boxes.isEmpty() || !producers.makes("Softmax", "scores")) {
            return Optional.empty();
        }
        long anchors = 0;
        for (int[] level : ULTRAFACE) {
            anchors += inputCells(level[0], true) * level[1];
        }
        return anchors > 0 && length(scores.get(), 1) == anchors && length(boxes.get(), 1) == anchors
                ? Optional.of(new DecoderConfig.BoxesAndScores(
                        "boxes",
                        "scores",
                        BoxForm.CORNERS,
                        BoxUnit.SHARES,
                        ScoreActivation.NONE,
                        OptionalInt.of(0),
                        new Selection(0.7, 0.3, false, Selection.DEFAULT.limit())))
                : Optional.empty();
    }

    private Optional<DecoderConfig> fastestDet() {
        if (outputs.size() != 1 || outputs.getFirst().axes().size() != 4) {
            return Optional.empty();
        }
        TensorSpec output = outputs.getFirst();
        boolean grid = length(output, 1) > 5
                && inputCells(16, false) > 0
                && length(output, 2) * 16 == inputLength(2)
                && length(output, 3) * 16 == inputLength(3);
        Optional<NodeProto> last = producers.of(output.name());
        boolean parts = last.filter(node -> node.getOpType().equals("Concat"))
                .filter(node -> node.getInputCount() == 3)
                .filter(node -> producers.makes("Sigmoid", node.getInput(0)))
                .filter(node -> producers.makes("Conv", node.getInput(1)))
                .filter(node -> producers.makes("Softmax", node.getInput(2)))
                .isPresent();
        return grid && parts
                ? Optional.of(new DecoderConfig.FastestDet(output.name(), new Selection(0.65, 0.45, false, 300)))
                : Optional.empty();
    }

    /** DBNet ends in two transposed convolutions and a sigmoid; the map is as large as the input. */
    private Optional<DecoderConfig> textMap() {
        if (outputs.size() != 1 || outputs.getFirst().axes().size() != 4 || length(outputs.getFirst(), 1) != 1) {
            return Optional.empty();
        }
        TensorSpec output = outputs.getFirst();
        boolean sameSize = length(output, 2) == inputLength(2) && length(output, 3) == inputLength(3);
        boolean transposed = producers
                .of(output.name())
                .filter(node -> node.getOpType().equals("Sigmoid"))
                .filter(sigmoid -> upsampled(sigmoid.getInput(0)))
                .isPresent();
        return sameSize && transposed
                ? Optional.of(new DecoderConfig.TextMap(output.name(), 0.3, 0.6, 1.5, 1000))
                : Optional.empty();
    }

    private boolean upsampled(String value) {
        return producers.makes("ConvTranspose", value)
                || producers
                        .of(value)
                        .filter(node -> node.getOpType().equals("Add"))
                        .filter(node -> producers.makes("ConvTranspose", node.getInput(0)))
                        .isPresent();
    }

    private Optional<DecoderConfig> detr(int labels) {
        // RF-DETR calls them "labels" and "dets"
        Optional<TensorSpec> logits =
                named("logits").or(() -> named("pred_logits")).or(() -> named("labels"));
        Optional<TensorSpec> boxes = named("pred_boxes").or(() -> named("dets")).filter(spec -> length(spec, 2) == 4);
        if (logits.isEmpty() || boxes.isEmpty() || length(logits.get(), 1) != length(boxes.get(), 1)) {
            return Optional.empty();
        }
        long classes = length(logits.get(), 2);
        if (labels == 0 || (classes != labels && classes != labels + 1L)) {
            return Optional.empty();
        }
        ScoreActivation activation = classes == labels ? ScoreActivation.SIGMOID : ScoreActivation.SOFTMAX;
        return Optional.of(new DecoderConfig.Detr(
                logits.get().name(), boxes.get().name(), activation, 0.5, Selection.DEFAULT.limit()));
    }

    private Optional<TensorSpec> named(String name) {
        return outputs.stream()
                .filter(spec -> spec.name().equals(name) && spec.axes().size() == 3)
                .findFirst();
    }

    /**
     * Cells of a grid over the input, rounded up at its edges or not; 0 when the input's size is open or not divisible.
     */
    private long inputCells(int stride, boolean up) {
        long height = inputLength(2);
        long width = inputLength(3);
        if (height <= 0 || width <= 0 || (!up && (height % stride != 0 || width % stride != 0))) {
            return 0;
        }
        return Math.ceilDiv(height, stride) * Math.ceilDiv(width, stride);
    }

    /** Length of an axis of the only input {@code [1,C,H,W]}; -1 when it is open or there are more inputs. */
    private long inputLength(int axis) {
        List<TensorSpec> inputs = model.inputs();
        return inputs.size() == 1 && inputs.getFirst().axes().size() == 4 ? length(inputs.getFirst(), axis) : -1;
    }

    private static long length(TensorSpec spec, int axis) {
        return axis < spec.axes().size() ? spec.axes().get(axis).fixed().orElse(-1L) : -1;
    }
}
