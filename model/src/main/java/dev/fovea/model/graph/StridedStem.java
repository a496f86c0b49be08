package dev.fovea.model.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;

/**
 * A network's first convolution reads three channels, two pixels apart: so few numbers lie beside each other that
 * integer kernels gain nothing on it. Four neighbouring pixels made twelve channels (SpaceToDepth) let a convolution of
 * half the width and stride 1 compute the same from longer rows (Ying et al. 2018, <i>Image Classification at
 * Supercomputer Scale</i>, section 3). With {@code u − p = 2a + r} for the row {@code u} of a kernel under padding
 * {@code p}, its weight goes to the row {@code a} of the kernel for the pixels {@code r} of each four.
 */
public final class StridedStem {

    private static final long STRIDE = 2;
    private static final int MAX_CHANNELS = 4;

    private StridedStem() {}

    /** The same network with its first layers so changed, where they are of that kind and the input's size is known. */
    public static OnnxModel apply(OnnxModel model) {
        GraphIndex index = new GraphIndex(model);
        GraphProto.Builder graph = model.proto().getGraph().toBuilder().clearNode();
        for (NodeProto node : index.nodes()) {
            Optional<Stem> stem = Stem.of(node, index, model);
            if (stem.isPresent()) {
                graph.addInitializer(stem.get().kernel());
                stem.get().nodes().forEach(graph::addNode);
            } else {
                graph.addNode(node);
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** The kernel along one axis: rows from {@code first} on, of pixels in pairs. */
    private record Axis(long length, long kernel, long before, long after) {

        long first() {
            return Math.floorDiv(-before, STRIDE);
        }

        long rows() {
            return Math.floorDiv(kernel - 1 - before, STRIDE) - first() + 1;
        }

        long padBefore() {
            return -first();
        }

        long padAfter() {
            long outputs = (length + before + after - kernel) / STRIDE + 1;
            return outputs - length / STRIDE - padBefore() + rows() - 1;
        }

        boolean fits() {
            return length % STRIDE == 0 && padAfter() >= 0;
        }
    }

    private record Stem(NodeProto node, TensorProto weights, Axis high, Axis wide) {

        static Optional<Stem> of(NodeProto node, GraphIndex index, OnnxModel model) {
            if (!node.getOpType().equals("Conv") || !isPlain(node)) {
                return Optional.empty();
            }
            Optional<List<Long>> size = size(node.getInput(0), model);
            Optional<TensorProto> weights = index.floats(node.getInput(1));
            if (size.isEmpty()
                    || weights.isEmpty()
                    || weights.get().getDimsCount() != 4
                    || weights.get().getDims(1) > MAX_CHANNELS) {
                return Optional.empty();
            }
            List<Long> pads = GraphIndex.attribute(node, "pads")
                    .map(AttributeProto::getIntsList)
                    .orElse(List.of(0L, 0L, 0L, 0L));
            TensorProto kernel = weights.get();
            Stem stem = new Stem(
                    node,
                    kernel,
                    new Axis(size.get().get(0), kernel.getDims(2), pads.get(0), pads.get(2)),
                    new Axis(size.get().get(1), kernel.getDims(3), pads.get(1), pads.get(3)));
            return stem.high.fits() && stem.wide.fits() ? Optional.of(stem) : Optional.empty();
        }

        private static boolean isPlain(NodeProto node) {
            String padding = GraphIndex.attribute(node, "auto_pad")
                    .map(pad -> pad.getS().toStringUtf8())
                    .orElse("NOTSET");
            return GraphIndex.integer(node, "group", 1) == 1
                    && padding.equals("NOTSET")
                    && isAll(node, "strides", STRIDE, false)
                    && isAll(node, "dilations", 1, true);
        }

        private static boolean isAll(NodeProto node, String name, long value, boolean usual) {
            return GraphIndex.attribute(node, name)
                    .map(attribute -> attribute.getIntsCount() == 2
                            && attribute.getIntsList().stream().allMatch(each -> each == value))
                    .orElse(usual);
        }

        /** Height and width of an input of the network, where they are fixed. */
        private static Optional<List<Long>> size(String value, OnnxModel model) {
            return model.inputs().stream()
                    .filter(input -> input.name().equals(value))
                    .map(TensorSpec::axes)
                    .filter(axes -> axes.size() == 4)
                    .filter(axes -> axes.get(2).fixed().isPresent()
                            && axes.get(3).fixed().isPresent())
                    .map(axes -> List.of(
                            axes.get(2).fixed().orElseThrow(),
                            axes.get(3).fixed().orElseThrow()))
                    .findFirst();
        }

        private String name() {
            return node.getOutput(0) + "::fours";
        }

        List<NodeProto> nodes() {
            NodeProto fours = NodeProto.newBuilder()
                    .setOpType("SpaceToDepth")
                    .setName(name())
                    .addInput(node.getInput(0))
                    .addOutput(name())
                    .addAttribute(integer("blocksize", STRIDE))
                    .build();
            NodeProto.Builder convolution = node.toBuilder().clearAttribute();
            convolution.setInput(0, name()).setInput(1, name() + "::kernel");
            convolution.addAttribute(ints("kernel_shape", high.rows(), wide.rows()));
            convolution.addAttribute(ints("strides", 1, 1));
            convolution.addAttribute(
                    ints("pads", high.padBefore(), wide.padBefore(), high.padAfter(), wide.padAfter()));
            return List.of(fours, convolution.build());
        }

        TensorProto kernel() {
            float[] old = TensorValues.floats(weights);
            int outputs = (int) weights.getDims(0);
            int channels = (int) weights.getDims(1);
            int rows = (int) high.rows();
            int columns = (int) wide.rows();
            int block = (int) (STRIDE * STRIDE) * channels;
            float[] values = new float[outputs * block * rows * columns];
            int index = 0;
            for (int output = 0; output < outputs; output++) {
                for (int channel = 0; channel < channels; channel++) {
                    for (long u = -high.before(); u < high.kernel() - high.before(); u++) {
                        for (long v = -wide.before(); v < wide.kernel() - wide.before(); v++) {
                            long quarter = Math.floorMod(u, STRIDE) * STRIDE + Math.floorMod(v, STRIDE);
                            long row = Math.floorDiv(u, STRIDE) - high.first();
                            long column = Math.floorDiv(v, STRIDE) - wide.first();
                            long to = ((output * (long) block + quarter * channels + channel) * rows + row) * columns
                                    + column;
                            values[(int) to] = old[index++];
                        }
                    }
                }
            }
            return TensorValues.of(
                    name() + "::kernel", List.of((long) outputs, (long) block, (long) rows, (long) columns), values);
        }
    }
}
