package dev.fovea.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Real networks that are worked out by hand: the logits are the mean red, green and blue of an image. */
public final class Tiny {

    public static final int EDGE = 8;
    public static final List<String> LABELS = List.of("red", "green", "blue");
    public static final PreprocessingContract CONTRACT = contract(0);

    private Tiny() {}

    /** Mean of each channel; {@code batch} may be {@link GraphBuilder#BATCH}. */
    public static OnnxModel means(long batch) {
        GraphBuilder graph = new GraphBuilder("means");
        mean(graph, graph.input("pixels", batch, 3, EDGE, EDGE), "logits");
        return graph.output("logits", batch, 3).build();
    }

    /** Square root of (mean − 0.1): not a number for a channel that is nearly black. */
    public static OnnxModel roots() {
        GraphBuilder graph = new GraphBuilder("roots");
        String mean = mean(graph, graph.input("pixels", GraphBuilder.BATCH, 3, EDGE, EDGE), "mean");
        String tenth = graph.weights("tenth", List.of(1L), new float[] {0.1f});
        graph.node("Sqrt", "logits", List.of(graph.node("Sub", "above", List.of(mean, tenth))));
        return graph.output("logits", GraphBuilder.BATCH, 3).build();
    }

    /** The means less those of the whole batch: an answer that depends on who stands beside. */
    static OnnxModel mixing() {
        GraphBuilder graph = new GraphBuilder("mixing");
        String mean = mean(graph, graph.input("pixels", GraphBuilder.BATCH, 3, EDGE, EDGE), "mean");
        String all = graph.node("ReduceMean", "all", List.of(mean), GraphBuilder.ints("axes", 0));
        graph.node("Sub", "logits", List.of(mean, all));
        return graph.output("logits", GraphBuilder.BATCH, 3).build();
    }

    /** The means, after 10^11 rounds of a loop for each unit of red above 0.99: hours for full red, none for less. */
    public static OnnxModel looping() {
        GraphBuilder graph = new GraphBuilder("looping");
        String pixels = graph.input("pixels", 1, 3, EDGE, EDGE);
        String mean = mean(graph, pixels, "mean");
        String red = graph.node(
                "Gather", "red", List.of(pixels, graph.integers("first", 0)), GraphBuilder.integer("axis", 1));
        String level = graph.node("ReduceMax", "level", List.of(red), GraphBuilder.integer("keepdims", 0));
        String above = graph.node(
                "Relu",
                "above",
                List.of(graph.node(
                        "Sub", "over", List.of(level, graph.weights("limit", List.of(), new float[] {0.99f})))));
        String rounds =
                graph.node("Mul", "rounds", List.of(above, graph.weights("many", List.of(), new float[] {1e11f})));
        String trips = graph.node("Cast", "trips", List.of(rounds), GraphBuilder.integer("to", 7));
        GraphProto.Builder body = GraphProto.newBuilder().setName("body");
        body.addInput(value("round", 7)).addInput(value("going", 9)).addInput(value("kept", 1, 1, 3));
        body.addOutput(value("goes", 9)).addOutput(value("keeps", 1, 1, 3));
        body.addNode(identity("going", "goes")).addNode(identity("kept", "keeps"));
        AttributeProto loop = AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
        graph.node("Loop", "logits", List.of(trips, "", mean), loop);
        return graph.output("logits", 1, 3).build();
    }

    private static ValueInfoProto value(String name, int type, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (long length : shape) {
            axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(axes)))
                .build();
    }

    private static NodeProto identity(String input, String output) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(input)
                .addOutput(output)
                .build();
    }

    private static String mean(GraphBuilder graph, String input, String output) {
        return graph.node(
                "ReduceMean",
                output,
                List.of(input),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
    }

    public static PreprocessingContract contract(double mean) {
        return new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(EDGE), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                new TensorFormat(
                        1 / 255.0, List.of(mean, mean, mean), List.of(1.0, 1.0, 1.0), Layout.NCHW, ElementType.FLOAT32),
                DecodeMode.EXACT);
    }

    public static byte[] png(int red, int green, int blue) {
        byte[] pixels = new byte[16 * 16 * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        try (Image image = Image.of(pixels, 16, 16, 3)) {
            return new ImageWriter().png(image);
        }
    }

    public static Manifest manifest(OnnxModel model, Map<String, byte[]> golden, Engine engine) {
        return new Manifest(
                "tiny",
                LABELS,
                Optional.of(CONTRACT),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported("tiny.onnx", "test", "test"),
                GoldenTest.make(engine, model.bytes(), CONTRACT, golden),
                new TreeMap<>());
    }

    /** A proved bundle in a directory. */
    public static Bundle bundle(Path directory, OnnxModel model, Engine engine) {
        Map<String, byte[]> golden = Map.of("orange.png", png(250, 120, 40));
        return Bundle.write(directory, manifest(model, golden, engine), model.bytes(), golden);
    }
}
