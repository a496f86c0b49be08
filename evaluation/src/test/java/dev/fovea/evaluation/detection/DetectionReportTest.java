package dev.fovea.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionReportTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    /** The figures are what pycocotools 2.0 gives for the same boxes. */
    @ParameterizedTest
    @CsvSource({
        "1,52,0.419112963928,0.200253459556,0.325577557756,0.557998957791,0.373762376238",
        "2,64,0.462108072475,0.188431679421,0.572135785007,0.455445544554,0.358742887863",
        "3,70,0.419560384610,0.208837077944,0.413444130127,0.396452145215,0.448784878488"
    })
    void shouldMatchPycocotools(
            int seed, int found, double ap50, double ap, double first, double second, double third) {
        List<ImageDetections> images = new Drawing(seed).images();
        DetectionReport report = DetectionReport.of(images, LABELS);
        assertThat(images.stream().mapToInt(p -> p.found().size()).sum()).isEqualTo(found);
        assertThat(report.truths()).isEqualTo(42);
        assertThat(report.map50().value()).isCloseTo(ap50, within(1e-11));
        assertThat(report.map50To95().value()).isCloseTo(ap, within(1e-11));
        double[] classes = {first, second, third};
        for (int k = 0; k < 3; k++) {
            assertThat(report.classes().get(k).ap50().orElseThrow()).isCloseTo(classes[k], within(1e-11));
        }
        assertThat(report.classes().get(3).ap50()).isEmpty();
        assertThat(report.map50().width()).isBetween(0.02, 0.5);
    }

    /** The figures are what pycocotools 2.0 gives where every third object is a crowd. */
    @ParameterizedTest
    @CsvSource({
        "1,0.441010529624,0.203565535125,0.416089108911,0.506364922207,0.400577557756",
        "2,0.478948554196,0.189608341149,0.559770262741,0.554455445545,0.322619954303",
        "3,0.469124412441,0.230041660985,0.456465646565,0.491749174917,0.459158415842"
    })
    void shouldIgnoreDetectionsThatMatchACrowd(
            int seed, double ap50, double ap, double first, double second, double third) {
        List<ImageDetections> crowded = new Drawing(seed)
                .images().stream().map(DetectionReportTest::crowded).toList();
        DetectionReport report = DetectionReport.of(crowded, LABELS);
        assertThat(report.truths()).isEqualTo(30);
        assertThat(report.map50().value()).isCloseTo(ap50, within(1e-11));
        assertThat(report.map50To95().value()).isCloseTo(ap, within(1e-11));
        double[] classes = {first, second, third};
        for (int k = 0; k < 3; k++) {
            assertThat(report.classes().get(k).ap50().orElseThrow()).isCloseTo(classes[k], within(1e-11));
        }
    }

    private static ImageDetections crowded(ImageDetections image) {
        List<LabelledBox> truths = new ArrayList<>();
        List<IgnoredRegion> ignored = new ArrayList<>();
        for (int i = 0; i < image.truths().size(); i++) {
            LabelledBox truth = image.truths().get(i);
            if (i % 3 == 2) {
                ignored.add(new IgnoredRegion(truth.label(), truth.box(), true));
            } else {
                truths.add(truth);
            }
        }
        return new ImageDetections(truths, ignored, image.found());
    }

    /** A difficult object is matched by intersection over union, as one object; a crowd by the detection's own area. */
    @Test
    void shouldMatchDifficultObjectsAsObjects() {
        Box small = new Box(0, 0, 10, 10);
        Box large = new Box(0, 0, 100, 100);
        LabelledBox truth = new LabelledBox(0, new Box(120, 120, 140, 140));
        List<Detection> found = List.of(detection(0, 0.9, small), detection(0, 0.8, truth.box()));
        assertThat(ap50(truth, new IgnoredRegion(0, large, true), found)).isEqualTo(1);
        assertThat(ap50(truth, new IgnoredRegion(0, small, false), found)).isEqualTo(1);
        assertThat(ap50(truth, new IgnoredRegion(0, large, false), found)).isEqualTo(0.5);
        assertThat(ap50(truth, new IgnoredRegion(1, small, true), found)).isEqualTo(0.5);
    }

    private static double ap50(LabelledBox truth, IgnoredRegion ignored, List<Detection> found) {
        return DetectionReport.of(List.of(new ImageDetections(List.of(truth), List.of(ignored), found)), LABELS)
                .map50()
                .value();
    }

    @Test
    void shouldBePerfectForEqualDetections() {
        Box box = new Box(1, 2, 30, 40);
        DetectionReport report = DetectionReport.of(
                List.of(
                        new ImageDetections(List.of(new LabelledBox(1, box)), List.of(detection(1, 0.4, box))),
                        new ImageDetections(List.of(), List.of())),
                LABELS);
        assertThat(report.map50().value()).isEqualTo(1);
        assertThat(report.map50To95().value()).isEqualTo(1);
    }

    @Test
    void shouldCountDuplicateDetectionAsFalsePositive() {
        assertThat(AveragePrecision.of(new boolean[] {true, false, true}, 2))
                .isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
        assertThat(AveragePrecision.of(new boolean[] {}, 2)).isZero();
        assertThat(AveragePrecision.of(new boolean[] {false}, 2)).isZero();
    }

    @Test
    void shouldBeReadAndShownAsItWasWritten() {
        DetectionReport report = DetectionReport.of(new Drawing(1).images(), LABELS);
        String json = new DetectionReportJson().write(report);
        assertThat(new DetectionReportJson().read(json)).isEqualTo(report);
        assertThat(json).contains("\"map50\":{\"value\":0.419", "\"ap50_to95\":null");
        assertThat(DetectionReportTable.render(report))
                .contains("6 images with 42 things, mAP50 41.9 %")
                .containsPattern("(?m)^a +\\d+ +32\\.6 % +18\\.7 %$")
                .doesNotContainPattern("(?m)^d ");
        for (String damaged : List.of("{", "null", "{}", json.replace("\"truths\":42,", ""))) {
            assertThatThrownBy(() -> new DetectionReportJson().read(damaged))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT));
        }
    }

    @Test
    void shouldRejectEmptyReports() {
        assertThatThrownBy(() -> DetectionReport.of(List.of(new ImageDetections(List.of(), List.of())), LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID));
        ImageDetections past = new ImageDetections(List.of(new LabelledBox(4, new Box(0, 0, 1, 1))), List.of());
        assertThatThrownBy(() -> DetectionReport.of(List.of(past), LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LABELS_MISMATCH));
    }

    private static Detection detection(int label, double confidence, Box box) {
        return new Detection(label, confidence, box, Optional.empty());
    }

    /** Boxes by a linear congruential generator, so that another language draws the same. */
    private static final class Drawing {

        private long state;

        Drawing(int seed) {
            this.state = seed;
        }

        private int next(int bound) {
            state = (state * 1103515245 + 12345) % 2147483648L;
            return (int) ((state >> 8) % bound);
        }

        List<ImageDetections> images() {
            List<ImageDetections> images = new ArrayList<>();
            for (int image = 0; image < 6; image++) {
                List<LabelledBox> truths = new ArrayList<>();
                List<Detection> found = new ArrayList<>();
                for (int thing = 0; thing < 7; thing++) {
                    int[] box = {next(60), next(60), 8 + next(30), 8 + next(30)};
                    int label = next(3);
                    truths.add(new LabelledBox(label, box(box, new int[4])));
                    int times = next(4);
                    for (int i = 0; i < times; i++) {
                        int[] shift = {next(7) - 3, next(7) - 3, next(7) - 3, next(7) - 3};
                        int prediction = next(5) > 0 ? label : next(3);
                        found.add(detection(prediction, (1 + next(50)) / 50.0, box(box, shift)));
                    }
                }
                images.add(new ImageDetections(truths, found));
            }
            return images;
        }

        private static Box box(int[] box, int[] shift) {
            int x = box[0] + shift[0];
            int y = box[1] + shift[1];
            return new Box(x, y, x + box[2] + shift[2], y + box[3] + shift[3]);
        }
    }
}
