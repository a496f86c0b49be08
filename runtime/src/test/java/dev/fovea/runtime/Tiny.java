package dev.fovea.runtime;

import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Contract.Alpha;
import dev.fovea.imaging.Contract.ColorOrder;
import dev.fovea.imaging.Contract.DecodeMode;
import dev.fovea.imaging.Contract.ElementType;
import dev.fovea.imaging.Contract.Layout;
import dev.fovea.imaging.Contract.Orientation;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureWriter;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.model.Activation;
import dev.fovea.model.Bundle;
import dev.fovea.model.GraphBuilder;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.OnnxModel;
import dev.fovea.model.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Real networks that are worked out by hand: the logits are the mean red, green and blue of a picture. */
final class Tiny {

    static final int EDGE = 8;
    static final List<String> LABELS = List.of("red", "green", "blue");
    static final Contract CONTRACT = contract(0);

    private Tiny() {}

    /** Mean of each channel; {@code batch} may be {@link GraphBuilder#BATCH}. */
    static OnnxModel means(long batch) {
        GraphBuilder graph = new GraphBuilder("means");
        mean(graph, graph.input("pixels", batch, 3, EDGE, EDGE), "logits");
        return graph.output("logits", batch, 3).build();
    }

    /** Square root of (mean − 0.1): not a number for a channel that is nearly black. */
    static OnnxModel roots() {
        GraphBuilder graph = new GraphBuilder("roots");
        String mean = mean(graph, graph.input("pixels", GraphBuilder.BATCH, 3, EDGE, EDGE), "mean");
        String tenth = graph.weights("tenth", List.of(1L), new float[] {0.1f});
        graph.node("Sqrt", "logits", List.of(graph.node("Sub", "above", List.of(mean, tenth))));
        return graph.output("logits", GraphBuilder.BATCH, 3).build();
    }

    private static String mean(GraphBuilder graph, String input, String output) {
        return graph.node(
                "ReduceMean",
                output,
                List.of(input),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
    }

    static Contract contract(double mean) {
        return new Contract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(EDGE), Resize.Filter.BILINEAR, Resize.Engine.PILLOW),
                Optional.empty(),
                1 / 255.0,
                List.of(mean, mean, mean),
                List.of(1.0, 1.0, 1.0),
                Layout.NCHW,
                ElementType.FLOAT32,
                DecodeMode.EXACT);
    }

    static byte[] png(int red, int green, int blue) {
        byte[] pixels = new byte[16 * 16 * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        try (Picture picture = Picture.of(pixels, 16, 16, 3)) {
            return new PictureWriter().png(picture);
        }
    }

    static Manifest manifest(OnnxModel model, Map<String, byte[]> golden, Engine engine) {
        return new Manifest(
                "tiny",
                Task.CLASSIFICATION,
                LABELS,
                CONTRACT,
                Activation.SOFTMAX,
                1,
                Optional.empty(),
                Lineage.imported("tiny.onnx", "test", "test"),
                Proof.make(engine, model.bytes(), CONTRACT, golden),
                new TreeMap<>());
    }

    /** A proved bundle in a directory. */
    static Bundle bundle(Path directory, OnnxModel model, Engine engine) {
        Map<String, byte[]> golden = Map.of("orange.png", png(250, 120, 40));
        return Bundle.write(directory, manifest(model, golden, engine), model.bytes(), golden);
    }
}
