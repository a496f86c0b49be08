package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Limits;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureHeader;
import dev.fovea.imaging.Placement;
import dev.fovea.imaging.Preprocessor;
import dev.fovea.model.ContractJson;
import dev.fovea.model.Head;
import dev.fovea.model.HeadJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published detectors on photographs, from the file to boxes in its pixels, against the boxes that another program had
 * ({@code evaluation/src/test/python/detectors.py}).
 */
class DetectorGoldenTest {

    private static final Path DATA = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
    private static final Path EXAMPLES = Path.of("../docs/examples");

    /** One row of the golden file. */
    private record Golden(int label, double score, double[] box) {}

    @ParameterizedTest
    @CsvSource({
        "yolox-nano-coco80-416.onnx, yolox-nano",
        "fastestdet-coco80-352.onnx, fastestdet",
        "ultraface-rfb-320.onnx, ultraface"
    })
    void shouldFindTheBoxesThatAnotherProgramFinds(String model, String example) throws Exception {
        Path photographs = DATA.resolve("coco64-yolo/images");
        Assumptions.assumeTrue(Files.isDirectory(photographs), "skipped: no photographs at " + photographs);
        Contract contract = ContractJson.read(EXAMPLES.resolve(example + "-contract.json"));
        Head head = HeadJson.read(EXAMPLES.resolve(example + "-head.json"));
        Map<String, List<Golden>> golden = golden(model);
        double apart = 0;
        Engine.open();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment()
                        .createSession(DATA.resolve("models/" + model).toString(), options)) {
            for (String picture : golden.keySet()) {
                List<Detection> found =
                        detections(session, contract, head, Files.readAllBytes(photographs.resolve(picture)));
                assertThat(found).as(picture).hasSameSizeAs(golden.get(picture));
                for (Golden expected : golden.get(picture)) {
                    apart = Math.max(apart, nearest(expected, found));
                }
            }
        }
        assertThat(golden).isNotEmpty();
        assertThat(apart).as("largest difference of an edge in pixels").isLessThan(1);
    }

    private static List<Detection> detections(OrtSession session, Contract contract, Head head, byte[] bytes)
            throws Exception {
        Decoder decoder = new Decoder(Limits.DEFAULT);
        PictureHeader header = decoder.header(bytes);
        ByteBuffer tensor = ByteBuffer.allocateDirect(contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Picture picture = decoder.decode(bytes, header, contract)) {
            new Preprocessor(contract).write(picture, tensor);
        }
        Decoded decoded =
                HeadDecoder.decode(head, run(session, contract, tensor.flip()), Placement.of(contract, header));
        assertThat(decoded).isInstanceOf(Decoded.Detections.class);
        return ((Decoded.Detections) decoded).detections();
    }

    private static Map<String, Tensor> run(OrtSession session, Contract contract, ByteBuffer tensor) throws Exception {
        long[] shape = {
            1,
            contract.color().channels(),
            contract.outputSize().height(),
            contract.outputSize().width()
        };
        Map<String, Tensor> outputs = new TreeMap<>();
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor given =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), tensor.asFloatBuffer(), shape);
                OrtSession.Result result = session.run(Map.of(input, given))) {
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor value = (OnnxTensor) entry.getValue();
                float[] values = new float[value.getFloatBuffer().remaining()];
                value.getFloatBuffer().get(values);
                outputs.put(
                        entry.getKey(),
                        Tensor.of(entry.getKey(), value.getInfo().getShape(), values));
            }
        }
        return outputs;
    }

    private static Map<String, List<Golden>> golden(String model) throws Exception {
        return Files.readAllLines(Path.of("src/test/resources/golden-detections.csv")).stream()
                .map(line -> line.split(","))
                .filter(row -> row[0].equals(model))
                .collect(Collectors.groupingBy(
                        row -> row[1], TreeMap::new, Collectors.mapping(DetectorGoldenTest::row, Collectors.toList())));
    }

    private static Golden row(String[] row) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 3; i < row.length; i++) {
            numbers.add(Double.parseDouble(row[i]));
        }
        return new Golden(
                Integer.parseInt(row[2]),
                numbers.getFirst(),
                numbers.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
    }

    /** Largest difference of an edge, to the detection of that class and score that fits best. */
    private static double nearest(Golden golden, List<Detection> found) {
        return found.stream()
                .filter(detection -> detection.label() == golden.label())
                .filter(detection -> Math.abs(detection.confidence() - golden.score()) < 1e-2)
                .mapToDouble(detection -> {
                    double[] box = {
                        detection.box().x1(),
                        detection.box().y1(),
                        detection.box().x2(),
                        detection.box().y2()
                    };
                    double apart = 0;
                    for (int i = 0; i < 4; i++) {
                        apart = Math.max(apart, Math.abs(box[i] - golden.box()[i]));
                    }
                    return apart;
                })
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
