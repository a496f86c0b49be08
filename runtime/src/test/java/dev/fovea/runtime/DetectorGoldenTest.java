package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.runtime.decoding.Decoded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published detectors on photographs, from the file to boxes in its pixels, against the boxes that another program had
 * ({@code evaluation/src/test/python/detectors.py}).
 */
class DetectorGoldenTest {

    /** What was found, by that program or by this one; {@code edges} in pixels. */
    private record Found(int label, double score, double[] edges) {}

    @ParameterizedTest
    @CsvSource({
        "yolox-nano-coco80-416.onnx, yolox-nano",
        "fastestdet-coco80-352.onnx, fastestdet",
        "ultraface-rfb-320.onnx, ultraface"
    })
    void shouldFindTheBoxesThatAnotherProgramFinds(String model, String example) throws Exception {
        DecoderConfig decoder = DecoderConfigJson.read(RealDetector.example(example + "-decoder.json"));
        Map<String, List<Found>> golden = golden("golden-detections.csv", model + ",");
        assertThat(golden).isNotEmpty();
        assertThat(largestDifference(model, example, decoder, golden)).isLessThan(0.01);
    }

    @Test
    void shouldFindTheTextThatAnotherProgramFinds() throws Exception {
        // a lower threshold than that program's, as OpenCV fills a few cells more or less at the edges
        DecoderConfig decoder = new DecoderConfig.TextMap("save_infer_model/scale_0.tmp_1", 0.3, 0.5, 1.5, 1000);
        Map<String, List<Found>> golden = golden("golden-text.csv", "");
        assertThat(golden).hasSizeGreaterThan(10);
        assertThat(largestDifference("ppocr-det-dynamic.onnx", "ppocr-det", decoder, golden))
                .isLessThan(0.01);
    }

    /** Largest difference of an edge or corner over all images, in pixels. */
    private static double largestDifference(
            String model, String example, DecoderConfig decoder, Map<String, List<Found>> golden) throws Exception {
        double apart = 0;
        try (RealDetector detector = RealDetector.open(model, example + "-contract.json", decoder)) {
            for (Map.Entry<String, List<Found>> expected : golden.entrySet()) {
                List<Found> found = flat(detector.find(expected.getKey()));
                if (!(decoder instanceof DecoderConfig.TextMap)) {
                    assertThat(found).as(expected.getKey()).hasSameSizeAs(expected.getValue());
                }
                for (Found one : expected.getValue()) {
                    double nearest = found.stream()
                            .filter(other -> other.label() == one.label())
                            .filter(other -> Math.abs(other.score() - one.score()) < 0.02)
                            .mapToDouble(other -> difference(one.edges(), other.edges()))
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
                    apart = Math.max(apart, nearest);
                }
            }
        }
        return apart;
    }

    private static List<Found> flat(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Detections things ->
                things.detections().stream()
                        .map(thing -> new Found(
                                thing.label(),
                                thing.confidence(),
                                DoubleStream.of(
                                                thing.box().x1(),
                                                thing.box().y1(),
                                                thing.box().x2(),
                                                thing.box().y2())
                                        .toArray()))
                        .toList();
            case Decoded.TextRegions text ->
                text.regions().stream()
                        .map(region -> new Found(
                                0,
                                region.confidence(),
                                region.outline().coordinates().stream()
                                        .mapToDouble(Float::doubleValue)
                                        .toArray()))
                        .toList();
            case Decoded.ClassRegions classes -> throw new AssertionError("no boxes: " + classes);
        };
    }

    /** Boxes edge by edge; corners each to the nearest, as programs begin with different ones. */
    private static double difference(double[] one, double[] other) {
        double apart = 0;
        if (one.length == 4) {
            for (int i = 0; i < one.length; i++) {
                apart = Math.max(apart, Math.abs(one[i] - other[i]));
            }
            return apart;
        }
        for (int i = 0; i < one.length; i += 2) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < other.length; j += 2) {
                nearest = Math.min(nearest, Math.hypot(one[i] - other[j], one[i + 1] - other[j + 1]));
            }
            apart = Math.max(apart, nearest);
        }
        return apart;
    }

    /** The rows that begin so, by image: [label,] score, then edges. */
    private static Map<String, List<Found>> golden(String file, String prefix) throws Exception {
        return Files.readAllLines(Path.of("src/test/resources", file)).stream()
                .skip(1)
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).split(","))
                .collect(Collectors.groupingBy(
                        row -> row[0],
                        TreeMap::new,
                        Collectors.mapping(row -> found(row, prefix.isEmpty() ? 1 : 2), Collectors.toList())));
    }

    private static Found found(String[] row, int score) {
        double[] numbers =
                Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
        return new Found(
                score == 2 ? (int) numbers[0] : 0,
                numbers[score - 1],
                Arrays.copyOfRange(numbers, score, numbers.length));
    }
}
