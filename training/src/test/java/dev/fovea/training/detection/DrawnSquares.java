package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.detector.YoloxHead;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.training.OptimizerSettings;
import dev.fovea.training.OptimizerSettings.Optimization;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Red and blue squares on grey, and a network of few layers with random weights to learn them. */
final class DrawnSquares {

    static final int EDGE = 64;
    private static final List<String> LABELS = List.of("red", "blue");
    private static final PreprocessingContract CONTRACT = PreprocessingContractJson.read("""
            {"orientation": "exif", "color": "RGB", "alpha": "drop",
             "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear", "engine": "opencv", "pad": 114,
                        "anchor": "top-left"},
             "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1], "layout": "NCHW", "type": "float32", "decode": "exact"}
            """);

    private DrawnSquares() {}

    /** A network of so many classes. */
    static OnnxModel network(int classes) {
        return YoloxHead.find(TinyYolox.of(EDGE, 5))
                .orElseThrow()
                .with(new DetectorForm(Size.square(EDGE), classes), 1);
    }

    /** Draws the images and writes the network. */
    static DetectorTrainingRequest request(Path directory, String output, String steps) throws IOException {
        List<LabelledBoxes> images = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 30; i++) {
            images.add(image(directory, i, random));
        }
        Path initial = directory.resolve("initial.onnx");
        Files.write(initial, network(LABELS.size()).bytes());
        return new DetectorTrainingRequest(
                initial,
                directory.resolve(output),
                CONTRACT,
                LABELS,
                images.subList(0, 22),
                images.subList(22, 30),
                DetectorSettings.DEFAULT
                        .with(new OptimizerSettings(Optimization.ADAM_W, 5e-3, 0.01, 10))
                        .withSteps(steps));
    }

    private static LabelledBoxes image(Path directory, int number, SplittableRandom random) throws IOException {
        BufferedImage image = new BufferedImage(EDGE, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(110, 110, 110));
        pen.fillRect(0, 0, EDGE, 48);
        List<LabelledBox> boxes = new ArrayList<>();
        for (int label = 0; label < 2; label++) {
            int size = 12 + random.nextInt(8);
            int left = label * 32 + random.nextInt(32 - size);
            int top = random.nextInt(48 - size);
            pen.setColor(label == 0 ? Color.RED : Color.BLUE);
            pen.fillRect(left, top, size, size);
            boxes.add(new LabelledBox(label, new Box(left, top, left + size, top + size)));
        }
        pen.dispose();
        Path file = directory.resolve(number + ".png");
        ImageIO.write(image, "png", file.toFile());
        return new LabelledBoxes(file, new ImageSize(EDGE, 48), boxes);
    }
}
