package dev.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.outputs.DecoderRecognition;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.OutputDecoder;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A published detector on photographs, from the file to its mean average precision. */
class DetectorMapTest {

    private static final Path DATA = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
    private static final Path EXAMPLES = Path.of("../docs/examples");
    private static final Selection EVERYTHING = new Selection(0.001, 0.65, false, 300);

    /** The figures are those of {@code src/test/python/detectors.py}. */
    @Test
    void shouldMatchPycocotoolsOnYolox() throws Exception {
        Path photographs = DATA.resolve("coco64-yolo/images");
        Assumptions.assumeTrue(Files.isDirectory(photographs), "skipped: no photographs at " + photographs);
        Path file = DATA.resolve("models/yolox-nano-coco80-416.onnx");
        PreprocessingContract contract = PreprocessingContractJson.read(EXAMPLES.resolve("yolox-nano-contract.json"));
        List<String> labels = Files.readAllLines(EXAMPLES.resolve("coco80-labels.txt")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        DecoderConfig.Yolox recognised = (DecoderConfig.Yolox)
                DecoderRecognition.of(OnnxModel.read(file)).orElseThrow();
        DecoderConfig decoder = new DecoderConfig.Yolox(recognised.output(), recognised.strides(), EVERYTHING);
        List<ImageDetections> images = new ArrayList<>();
        try (Session session = Engine.open().load(file, new SessionSettings(1, false))) {
            for (LabelledBoxes truth :
                    DetectionFolder.read(DATA.resolve("coco64-yolo"), labels).images()) {
                byte[] bytes = Files.readAllBytes(truth.image());
                images.add(new ImageDetections(truth.boxes(), detections(session, contract, decoder, bytes)));
            }
        }
        DetectionReport report = DetectionReport.of(images, labels);
        assertThat(report.images()).isEqualTo(64);
        assertThat(report.truths()).isEqualTo(542);
        assertThat(report.map50().value()).as("mAP50").isCloseTo(0.545534, within(0.002));
        assertThat(report.map50To95().value()).as("mAP50:95").isCloseTo(0.335825, within(0.002));
        assertThat(report.classes().getFirst().ap50().orElseThrow())
                .as("AP50 of person")
                .isCloseTo(0.608476, within(0.002));
    }

    private static List<Detection> detections(
            Session session, PreprocessingContract contract, DecoderConfig decoder, byte[] bytes) {
        Decoder images = new Decoder(ImageLimits.DEFAULT);
        ImageHeader header = images.header(bytes);
        ByteBuffer tensor = ByteBuffer.allocateDirect(contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Image image = images.decode(bytes, header, contract)) {
            new Preprocessor(contract).write(image, tensor);
        }
        Tensor pixels = new Tensor("images", DataType.FP32, new long[] {1, 3, 416, 416}, tensor.flip());
        Tensor output = session.run(List.of(pixels)).getFirst();
        return ((Decoded.Detections)
                        OutputDecoder.decode(decoder, Map.of("output", output), ImageTransform.of(contract, header)))
                .detections();
    }
}
