package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.fault.FoveaException;
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
import dev.fovea.training.TrainingEvent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Red and blue squares on grey, learned by a network of few layers with random weights. */
class DetectorTrainerTest {

    private static final int EDGE = 64;
    private static final List<String> LABELS = List.of("red", "blue");
    private static final PreprocessingContract CONTRACT = PreprocessingContractJson.read("""
            {"orientation": "exif", "color": "RGB", "alpha": "drop",
             "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear", "engine": "opencv", "pad": 114,
                        "anchor": "top-left"},
             "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1], "layout": "NCHW", "type": "float32", "decode": "exact"}
            """);

    @TempDir
    private Path directory;

    private final List<LabelledBoxes> images = new ArrayList<>();

    @BeforeEach
    void draw() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 30; i++) {
            images.add(image(i, random));
        }
    }

    @Test
    void shouldLearnToFindSquaresAndTellTheirColours() {
        List<TrainingEvent> events = new ArrayList<>();
        OnnxModel learned = train("120", events);
        TrainingEvent.Finished end = (TrainingEvent.Finished) events.getLast();
        // It was 0.25 when this was written; before the first step it is 0.
        assertThat(end.validationAccuracy()).isGreaterThan(0.1);
        assertThat(end.steps()).isEqualTo("120");
        assertThat(learned.outputs().getFirst().name()).isEqualTo(DetectorForm.OUTPUT);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeedAndSteps() {
        assertThat(train("3", new ArrayList<>()).bytes())
                .isEqualTo(train("3", new ArrayList<>()).bytes());
    }

    @Test
    void shouldPassARequestOnAsItIs() {
        DetectorTrainingRequest request = request("6");
        DetectorTrainingJson json = new DetectorTrainingJson();
        assertThat(json.request(json.request(request))).isEqualTo(request);
    }

    @Test
    void shouldRefuseANetworkOfOtherClasses() {
        OnnxModel network =
                YoloxHead.find(TinyYolox.of(EDGE, 5)).orElseThrow().with(new DetectorForm(Size.square(EDGE), 3), 1);
        DetectorTrainer trainer = new DetectorTrainer(request("6"), _ -> {});
        assertThatThrownBy(() -> trainer.train(network))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("84 cells of 2 classes");
    }

    private OnnxModel train(String steps, List<TrainingEvent> events) {
        OnnxModel network =
                YoloxHead.find(TinyYolox.of(EDGE, 5)).orElseThrow().with(new DetectorForm(Size.square(EDGE), 2), 1);
        return new DetectorTrainer(request(steps), events::add).train(network);
    }

    private DetectorTrainingRequest request(String steps) {
        return new DetectorTrainingRequest(
                directory.resolve("unused.onnx"),
                directory.resolve("unused.onnx"),
                CONTRACT,
                LABELS,
                images.subList(0, 22),
                images.subList(22, 30),
                DetectorSettings.DEFAULT
                        .with(new OptimizerSettings(Optimization.ADAM_W, 5e-3, 0.01, 10))
                        .withSteps(steps));
    }

    private LabelledBoxes image(int number, SplittableRandom random) throws IOException {
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
