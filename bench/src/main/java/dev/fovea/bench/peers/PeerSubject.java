package dev.fovea.bench.peers;

import dev.fovea.bench.BenchSubject;
import dev.fovea.bench.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A classifier with its images and its preprocessing, in Fovea's words and in the peers'.
 *
 * @param name in words
 * @param onnx the network
 * @param labels its labels' file
 * @param input what the network expects
 * @param softmax whether its scores become probabilities by softmax
 * @param images files' bytes
 */
record PeerSubject(String name, Path onnx, Path labels, Input input, boolean softmax, List<byte[]> images) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int RESIZE = 256;
    private static final int CROP = 224;

    /** Order of the channels, and for each the mean that is subtracted and the deviation that divides, of 0 to 255. */
    record Input(String color, List<Double> mean, List<Double> std) {
        static final Input CAFFE = new Input("BGR", List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));
        static final Input TORCHVISION =
                new Input("RGB", List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375));
    }

    /** How a JPEG is decoded: as Pillow decodes it, or at a reduced scale where the network sees few of its pixels. */
    enum Decode {
        EXACT,
        FAST
    }

    /** SqueezeNet on ImageNet photographs, or a drawn network on drawn images where the data is absent. */
    static PeerSubject best(Path directory) throws IOException {
        BenchSubject best = BenchSubject.best(directory);
        return new PeerSubject(
                best.name(),
                best.onnx(),
                best.labels(),
                best.published() ? Input.CAFFE : Input.TORCHVISION,
                !best.published(),
                best.images());
    }

    /** The same network on other images. */
    PeerSubject with(List<byte[]> others) {
        return new PeerSubject(name, onnx, labels, input, softmax, others);
    }

    /** Another network for the same images. */
    PeerSubject with(Path otherNetwork) {
        return new PeerSubject(name, otherNetwork, labels, input, softmax, images);
    }

    /** Writes the images as files, in their order, and returns their directory. */
    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < images.size(); i++) {
            Files.write(directory.resolve("%04d.jpg".formatted(i)), images.get(i));
        }
        return directory;
    }

    /** The contract that {@link #importAs} wrote. */
    static Path contract(Path directory, String model) {
        return directory.resolve(model + "-contract.json");
    }

    /** Makes it the next version of a model of Fovea. */
    void importAs(String model, Launcher launcher, Path directory, Decode decode)
            throws IOException, InterruptedException {
        Map<String, Object> contract = Map.of(
                "color", input.color(),
                "resize",
                        Map.of(
                                "fit",
                                "shortest-edge",
                                "size",
                                List.of(RESIZE),
                                "filter",
                                "bilinear",
                                "engine",
                                "pillow"),
                "crop", Map.of("center", List.of(CROP, CROP)),
                "scale", 1,
                "mean", input.mean(),
                "std", input.std(),
                "decode", decode == Decode.FAST ? "fast" : "exact");
        Path file = Files.writeString(contract(directory, model), JSON.writeValueAsString(contract));
        new BenchSubject(name, onnx, file, labels, images).importAs(model, launcher);
    }

    /** The peers' configuration, see {@code pipeline.py}. */
    String configuration(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(Map.of(
                "model", onnx.toAbsolutePath().toString(),
                "labels", labels.toAbsolutePath().toString(),
                "color", input.color(),
                "resize", RESIZE,
                "crop", CROP,
                "mean", input.mean(),
                "std", input.std(),
                "softmax", softmax));
        all.putAll(settings);
        return JSON.writeValueAsString(all);
    }
}
