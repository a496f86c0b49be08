package dev.fovea.model.graph;

import static dev.fovea.model.graph.GraphBuilder.ints;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The stem of YOLOv5 and YOLOX, "Focus", cuts an image into four, of every second pixel of every second row each, puts
 * them beside each other as channels and convolves them. That is one convolution of the image itself, of twice the
 * width and with stride 2: the weight for the pixels {@code r} of each two at the place {@code k} goes to the place
 * {@code 2k + r}. It saves writing the image twice.
 */
public final class FocusFolding {

    private static final int QUARTERS = 4;
    private static final long STRIDE = 2;
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;
    /** Exporters write the largest integer for "to the end". */
    private static final long TO_THE_END = Integer.MAX_VALUE;

    private final GraphIndex index;

    private FocusFolding(GraphIndex index) {
        this.index = index;
    }

    /**
     * The same network with such stems as convolutions; operators without attributes for slices, of set 10 or newer.
     */
    public static OnnxModel fold(OnnxModel model) {
        GraphIndex index = new GraphIndex(model);
        FocusFolding folding = new FocusFolding(index);
        List<NodeProto> nodes = new ArrayList<>();
        List<TensorProto> kernels = new ArrayList<>();
        for (NodeProto node : index.nodes()) {
            Optional<Focus> focus = folding.focus(node);
            focus.ifPresent(found -> kernels.add(found.kernel()));
            nodes.add(focus.map(Focus::convolution).orElse(node));
        }
        if (kernels.isEmpty()) {
            return model;
        }
        GraphProto.Builder graph = model.proto().getGraph().toBuilder().clearNode();
        graph.addAllNode(taken(nodes, index)).addAllInitializer(kernels);
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** The operators without those whose outputs are unused. */
    private static List<NodeProto> taken(List<NodeProto> nodes, GraphIndex index) {
        Set<String> wanted = new HashSet<>();
        List<NodeProto> taken = new ArrayList<>();
        for (NodeProto node : nodes.reversed()) {
            if (node.getOutputList().stream().anyMatch(output -> wanted.contains(output) || index.isOutput(output))) {
                taken.add(node);
                wanted.addAll(node.getInputList());
            }
        }
        return taken.reversed();
    }

    /**
     * A convolution of the four quarters of an image.
     *
     * @param quarters in the order of the channels
     */
    private record Focus(NodeProto node, TensorProto weights, List<Quarter> quarters) {

        private String kernelName() {
            return node.getOutput(0) + "::unfocused";
        }

        NodeProto convolution() {
            List<Long> pads = GraphIndex.attribute(node, "pads")
                    .map(AttributeProto::getIntsList)
                    .orElse(List.of(0L, 0L, 0L, 0L));
            return node.toBuilder()
                    .setInput(0, quarters.getFirst().image())
                    .setInput(1, kernelName())
                    .clearAttribute()
                    .addAttribute(ints("kernel_shape", STRIDE * weights.getDims(2), STRIDE * weights.getDims(3)))
                    .addAttribute(ints("strides", STRIDE, STRIDE))
                    .addAttribute(ints(
                            "pads", pads.stream().mapToLong(pad -> STRIDE * pad).toArray()))
                    .build();
        }

        TensorProto kernel() {
            float[] old = TensorValues.floats(weights);
            int outputs = (int) weights.getDims(0);
            int channels = (int) weights.getDims(1) / QUARTERS;
            int high = (int) weights.getDims(2);
            int wide = (int) weights.getDims(3);
            float[] values = new float[old.length];
            int index = 0;
            for (int output = 0; output < outputs; output++) {
                for (Quarter quarter : quarters) {
                    for (int channel = 0; channel < channels; channel++) {
                        int plane = (output * channels + channel) * high * wide * QUARTERS;
                        for (int y = 0; y < high; y++) {
                            for (int x = 0; x < wide; x++) {
                                int row = 2 * y + quarter.row();
                                values[plane + row * 2 * wide + 2 * x + quarter.column()] = old[index++];
                            }
                        }
                    }
                }
            }
            return TensorValues.of(
                    kernelName(), List.of((long) outputs, (long) channels, STRIDE * high, STRIDE * wide), values);
        }
    }

    /** Every second pixel of every second row of an image, from a row and a column, 0 or 1, on. */
    private record Quarter(String image, int row, int column) {}

    private Optional<Focus> focus(NodeProto node) {
        if (!node.getOpType().equals("Conv") || !isPlain(node) || !index.hasOneUse(node.getInput(0))) {
            return Optional.empty();
        }
        Optional<TensorProto> weights = index.floats(node.getInput(1)).filter(kernel -> kernel.getDimsCount() == 4);
        Optional<List<Quarter>> quarters =
                index.producer(node.getInput(0)).filter(FocusFolding::isBeside).flatMap(this::quarters);
        return weights.isPresent() && quarters.isPresent()
                ? Optional.of(new Focus(node, weights.get(), quarters.get()))
                : Optional.empty();
    }

    private static boolean isPlain(NodeProto node) {
        boolean ones = node.getAttributeList().stream()
                .filter(attribute -> Set.of("strides", "dilations").contains(attribute.getName()))
                .allMatch(attribute -> attribute.getIntsList().stream().allMatch(each -> each == 1));
        boolean padded = GraphIndex.attribute(node, "auto_pad")
                .map(pad -> pad.getS().toStringUtf8().equals("NOTSET"))
                .orElse(true);
        return ones && padded && GraphIndex.integer(node, "group", 1) == 1;
    }

    private static boolean isBeside(NodeProto node) {
        return node.getOpType().equals("Concat")
                && node.getInputCount() == QUARTERS
                && GraphIndex.integer(node, "axis", 0) == 1;
    }

    private Optional<List<Quarter>> quarters(NodeProto concat) {
        List<Quarter> quarters = concat.getInputList().stream()
                .map(this::quarter)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        boolean ofOne = quarters.stream().map(Quarter::image).distinct().count() == 1;
        return quarters.size() == QUARTERS && ofOne ? Optional.of(quarters) : Optional.empty();
    }

    /** What one or two slices leave of an image, if that is a quarter. */
    private Optional<Quarter> quarter(String value) {
        OptionalInt row = OptionalInt.empty();
        OptionalInt column = OptionalInt.empty();
        String image = value;
        while (row.isEmpty() || column.isEmpty()) {
            Optional<NodeProto> slice =
                    index.producer(image).filter(node -> node.getOpType().equals("Slice"));
            OptionalInt ofRows = slice.map(node -> start(node, ROWS)).orElse(OptionalInt.empty());
            OptionalInt ofColumns = slice.map(node -> start(node, COLUMNS)).orElse(OptionalInt.empty());
            boolean twice = (ofRows.isPresent() && row.isPresent()) || (ofColumns.isPresent() && column.isPresent());
            if ((ofRows.isEmpty() && ofColumns.isEmpty()) || twice) {
                return Optional.empty();
            }
            row = row.isPresent() ? row : ofRows;
            column = column.isPresent() ? column : ofColumns;
            image = slice.orElseThrow().getInput(0);
        }
        return Optional.of(new Quarter(image, row.getAsInt(), column.getAsInt()));
    }

    /** From where a slice takes every second along an axis, 0 or 1; empty if it does something else anywhere. */
    private OptionalInt start(NodeProto slice, int axis) {
        List<long[]> numbers = slice.getInputList().stream()
                .skip(1)
                .map(index::initializer)
                .flatMap(Optional::stream)
                .map(TensorValues::longs)
                .toList();
        if (numbers.size() != 4) {
            return OptionalInt.empty(); // some are left out, or computed
        }
        long[] starts = numbers.get(0);
        long[] ends = numbers.get(1);
        long[] axes = numbers.get(2);
        long[] steps = numbers.get(3);
        OptionalInt found = OptionalInt.empty();
        for (int i = 0; i < axes.length; i++) {
            long of = axes[i] < 0 ? axes[i] + COLUMNS + 1 : axes[i];
            if (of < ROWS || steps[i] != STRIDE || ends[i] < TO_THE_END || starts[i] < 0 || starts[i] >= STRIDE) {
                return OptionalInt.empty();
            }
            found = of == axis ? OptionalInt.of((int) starts[i]) : found;
        }
        return found;
    }
}
