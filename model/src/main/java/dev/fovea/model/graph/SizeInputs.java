package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a detector the image's size inside its graph, so that the image is its only input. RT-DETR, D-FINE and DEIM
 * take {@code orig_target_sizes} {@code [N,2]} as width and height and scale their boxes to it; PaddleDetection takes
 * {@code im_shape} {@code [N,2]} as height and width, and {@code scale_factor}. Each becomes the size of the image
 * input, and the factor 1, so that boxes come back in pixels of the network's input.
 */
public final class SizeInputs {

    private static final String IMAGE_SHAPE = "fovea_image_shape";
    private static final Set<String> WIDTH_HEIGHT =
            Set.of("orig_target_sizes", "orig_target_size", "orig_sizes", "orig_size");
    private static final Set<String> HEIGHT_WIDTH = Set.of("im_shape");
    private static final Set<String> ONES = Set.of("scale_factor");

    private final GraphProto.Builder graph;
    private final TensorSpec image;
    private final List<NodeProto> nodes = new ArrayList<>();

    private SizeInputs(OnnxModel model, TensorSpec image) {
        this.graph = model.proto().getGraph().toBuilder();
        this.image = image;
    }

    /**
     * The model without its size inputs.
     *
     * @param model the model without them; the given one where it has none
     * @param fed what each of them now holds, in words, by name
     */
    public record Fed(OnnxModel model, Map<String, String> fed) {}

    /** Feeds every size input beside the only image input; a model of other inputs stays as it is. */
    public static Fed feed(OnnxModel model) {
        List<TensorSpec> inputs = model.inputs();
        List<TensorSpec> images =
                inputs.stream().filter(input -> input.axes().size() == 4).toList();
        List<TensorSpec> sizes = inputs.stream().filter(SizeInputs::isSize).toList();
        if (images.size() != 1 || sizes.isEmpty() || sizes.size() + 1 != inputs.size()) {
            return new Fed(model, Map.of());
        }
        SizeInputs feeding = new SizeInputs(model, images.getFirst());
        feeding.nodes.add(node("Shape", IMAGE_SHAPE, images.getFirst().name()));
        Map<String, String> fed = new HashMap<>();
        sizes.forEach(size -> fed.put(size.name(), feeding.feed(size)));
        feeding.nodes.addAll(feeding.graph.getNodeList());
        GraphProto.Builder graph = feeding.graph.clearNode().addAllNode(feeding.nodes);
        return new Fed(OnnxModel.of(model.proto().toBuilder().setGraph(graph).build()), fed);
    }

    private static boolean isSize(TensorSpec input) {
        boolean named = WIDTH_HEIGHT.contains(input.name())
                || HEIGHT_WIDTH.contains(input.name())
                || ONES.contains(input.name());
        return named && input.axes().size() == 2 && input.axes().get(1).fixed().orElse(2L) == 2;
    }

    /** Writes the nodes that make one size input, and takes it out of the inputs. */
    private String feed(TensorSpec size) {
        int at = 0;
        while (!graph.getInput(at).getName().equals(size.name())) {
            at++;
        }
        ValueInfoProto input = graph.getInput(at);
        graph.removeInput(at);
        String name = size.name();
        boolean last = image.axes().get(3).fixed().equals(Optional.of(3L))
                && !image.axes().get(1).fixed().equals(Optional.of(3L));
        long height = last ? 1 : 2;
        long width = height + 1;
        String row = name + "_row";
        String values;
        if (ONES.contains(name)) {
            graph.addInitializer(TensorValues.of(row, 1, 1));
            values = "1, 1";
        } else {
            boolean widthFirst = WIDTH_HEIGHT.contains(name);
            graph.addInitializer(TensorValues.of(
                    name + "_axes", widthFirst ? new long[] {width, height} : new long[] {height, width}));
            nodes.add(gather(row, name + "_axes"));
            values = widthFirst ? "the network's input width and height" : "the network's input height and width";
        }
        graph.addInitializer(TensorValues.of(name + "_first", 0)).addInitializer(TensorValues.of(name + "_two", 2));
        nodes.add(gather(name + "_batch", name + "_first"));
        nodes.add(node("Concat", name + "_shape", name + "_batch", name + "_two").toBuilder()
                .addAttribute(GraphBuilder.integer("axis", 0))
                .build());
        nodes.add(node("Expand", name + "_rows", row, name + "_shape"));
        nodes.add(node("Cast", name, name + "_rows").toBuilder()
                .addAttribute(GraphBuilder.integer(
                        "to", input.getType().getTensorType().getElemType()))
                .build());
        return values;
    }

    private static NodeProto gather(String output, String axes) {
        return node("Gather", output, IMAGE_SHAPE, axes);
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }
}
