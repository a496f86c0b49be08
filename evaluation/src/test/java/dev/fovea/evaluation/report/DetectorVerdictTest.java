package dev.fovea.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.evaluation.report.DetectorVerdict.DetectorOutcome;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Images with a car each; some with a dog, too. */
class DetectorVerdictTest {

    private static final List<String> LABELS = List.of("car", "dog", "bird");
    private static final Box CAR = new Box(10, 10, 50, 50);
    private static final Box DOG = new Box(60, 60, 90, 90);
    private static final Box NOWHERE = new Box(0, 90, 5, 95);

    @Test
    void shouldBeUsableWhenItFindsEveryClass() {
        DetectorVerdict verdict = verdict(60, 20, true, true);
        assertThat(verdict.outcome()).isEqualTo(DetectorOutcome.USABLE);
        assertThat(verdict.clearsFloor()).isTrue();
        assertThat(verdict.headline())
                .startsWith("Usable: it finds objects of the classes shown;")
                .contains("(mAP50) is 100.0 % (95 % interval 100.0 to 100.0)");
        assertThat(verdict.sentences())
                .contains(
                        "This rests on 80 objects in 60 images; the rarest class, \"dog\", has 20. That is few: add images before you rely on it.",
                        "No image shows \"bird\": nothing is known of it.");
    }

    @Test
    void shouldNameClassThatIsNeverFound() {
        DetectorVerdict verdict = verdict(60, 20, true, false);
        assertThat(verdict.outcome()).isEqualTo(DetectorOutcome.CLASSES_NEVER_FOUND);
        assertThat(verdict.clearsFloor()).isFalse();
        assertThat(verdict.headline()).startsWith("Not usable as it is: it never finds \"dog\".");
        assertThat(verdict.sentences()).contains("Never found: \"dog\" (none of its 20 objects).");
    }

    /** 0 of 3 has a Wilson interval up to 56 %, 0 of 4 up to 49 %. */
    @Test
    void shouldNotReportNeverFoundForThreeObjects() {
        DetectorVerdict few = verdict(60, 3, true, false);
        assertThat(few.outcome()).isEqualTo(DetectorOutcome.USABLE);
        assertThat(few.sentences())
                .contains("Not found, but with too few objects for a conclusion: \"dog\" (none of its 3 objects).");
        assertThat(verdict(60, 4, true, false).outcome()).isEqualTo(DetectorOutcome.CLASSES_NEVER_FOUND);
    }

    @Test
    void shouldSayThatNothingIsFound() {
        DetectorVerdict verdict = verdict(60, 20, false, false);
        assertThat(verdict.outcome()).isEqualTo(DetectorOutcome.FINDS_NOTHING);
        assertThat(verdict.headline()).startsWith("Not usable: not shown to find more than nothing;");
    }

    /** All of 9 found: the interval over images is as narrow as can be, and means nothing. */
    @Test
    void shouldReportThatEvidenceIsTooSmall() {
        DetectorVerdict verdict = verdict(9, 0, true, true);
        assertThat(verdict.outcome()).isEqualTo(DetectorOutcome.TOO_FEW_OBJECTS);
        assertThat(verdict.clearsFloor()).isFalse();
        assertThat(verdict.headline()).contains("the images have 9 objects, and 10 or more are needed");
        assertThat(verdict(10, 0, true, true).outcome()).isEqualTo(DetectorOutcome.USABLE);
    }

    @Test
    void shouldBePartOfReport() {
        DetectionReport report = report(60, 20, true, false);
        assertThat(new DetectionReportJson()
                        .tree(report)
                        .get("verdict")
                        .get("outcome")
                        .asString())
                .isEqualTo("classes_never_found");
        assertThat(new DetectionReportJson().read(new DetectionReportJson().write(report)))
                .isEqualTo(report);
    }

    private static DetectorVerdict verdict(int cars, int dogs, boolean findsCars, boolean findsDogs) {
        return DetectorVerdict.of(report(cars, dogs, findsCars, findsDogs));
    }

    private static DetectionReport report(int cars, int dogs, boolean findsCars, boolean findsDogs) {
        List<ImageDetections> images = new ArrayList<>();
        for (int i = 0; i < cars; i++) {
            List<LabelledBox> truths = new ArrayList<>(List.of(new LabelledBox(0, CAR)));
            List<Detection> found = new ArrayList<>(List.of(detection(0, findsCars ? CAR : NOWHERE)));
            if (i < dogs) {
                truths.add(new LabelledBox(1, DOG));
                found.add(detection(1, findsDogs ? DOG : NOWHERE));
            }
            images.add(new ImageDetections(truths, found));
        }
        return DetectionReport.of(images, LABELS);
    }

    private static Detection detection(int label, Box box) {
        return new Detection(label, 0.9, box, Optional.empty());
    }
}
