package dev.fovea.bench;

import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model to import and images to ask it about.
 *
 * @param name in words
 * @param onnx the file
 * @param contract its file
 * @param labels their file
 * @param images files' bytes
 */
public record BenchSubject(String name, Path onnx, Path contract, Path labels, List<byte[]> images) {

    private static final String SQUEEZENET = """
            {"color": "BGR", "resize": {"fit": "shortest-edge", "size": [256], "filter": "bilinear", "engine": "pillow"},
             "crop": {"center": [224, 224]}, "scale": 1, "mean": [104, 117, 123], "std": [1, 1, 1]}
            """;

    /**
     * SqueezeNet on ImageNet photographs where the data is at hand, else a network with fresh weights on drawn cloth.
     */
    public static BenchSubject best(Path directory) throws IOException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""));
        Path onnx = data.resolve("models/squeezenet11-fp32.onnx");
        Path photographs = data.resolve("imagenet-120");
        if (!Files.exists(onnx) || !Files.isDirectory(photographs)) {
            return drawn(directory, Scale.MEDIUM, 224, 1);
        }
        return new BenchSubject(
                "SqueezeNet 1.1 at 224, 120 ImageNet photographs",
                onnx,
                Files.writeString(directory.resolve("squeezenet.json"), SQUEEZENET),
                data.resolve("models/imagenet-synsets.txt"),
                files(photographs));
    }

    /** Whether it is the published network, and not a drawn one. */
    public boolean published() {
        return onnx.endsWith("models/squeezenet11-fp32.onnx");
    }

    /** A network with fresh weights. */
    public static BenchSubject drawn(Path directory, Scale scale, int edge, long seed) throws IOException {
        var size = new dev.fovea.imaging.Size(edge, edge);
        byte[] network = NetworkBuilder.build(Family.MOBILE, scale, 3, size, FabricClass.values().length, seed)
                .bytes();
        List<byte[]> images = new ArrayList<>();
        for (int cloth = 0; cloth < 20; cloth++) {
            for (FabricClass kind : FabricClass.values()) {
                images.add(Fabric.jpeg(kind, cloth, Fabric.Conditions.USUAL));
            }
        }
        return new BenchSubject(
                "%s mobile network at %d, drawn cloth".formatted(scale, edge),
                Files.write(directory.resolve("drawn-%d.onnx".formatted(seed)), network),
                Files.writeString(directory.resolve("drawn.json"), """
                        {"color": "RGB", "resize": {"fit": "stretch", "size": [%d], "filter": "area", "engine": "opencv"}}
                        """.formatted(edge)),
                Files.writeString(directory.resolve("drawn.txt"), "none\nhole\ntear\n"),
                images);
    }

    /** Makes it the next version of a model. */
    public void importAs(String model, Launcher launcher) throws IOException, InterruptedException {
        launcher.run(
                "import",
                onnx.toString(),
                "--name",
                model,
                "--contract",
                contract.toString(),
                "--labels",
                labels.toString());
    }

    private static List<byte[]> files(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<byte[]> images = new ArrayList<>();
            for (Path path : entries.sorted().toList()) {
                images.add(Files.readAllBytes(path));
            }
            return images;
        }
    }
}
