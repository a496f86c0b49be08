package dev.fovea.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.evaluation.Drawn;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.FailedImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportJsonTest {

    private final ReportJson json = new ReportJson();

    @Example
    void shouldHaveTheShapeOfTheApi() {
        ScoredImages scored = Drawn.confused(List.of("hole", "tear"), new long[][] {{3, 1}, {0, 4}});
        ScoredImages withFailure = new ScoredImages(
                scored.labels(), scored.scored(), List.of(new FailedImage("x", ErrorCode.IMAGE_CORRUPT, "cut short")));
        JsonNode tree = JsonMapper.builder().build().readTree(json.write(ClassificationReport.of(withFailure)));
        assertThat(tree.propertyNames())
                .containsExactlyInAnyOrder(
                        "images", "failed", "accuracy", "macro", "classes", "confusion", "calibration", "verdict");
        assertThat(tree.get("verdict").get("outcome").asString()).isEqualTo("no_better_than_majority");
        assertThat(tree.get("verdict").get("majority").propertyNames())
                .containsExactlyInAnyOrder("label", "share", "gain", "p_value");
        assertThat(tree.get("images").asInt()).isEqualTo(8);
        assertThat(tree.get("failed").toString()).isEqualTo("{\"IMAGE_CORRUPT\":1}");
        assertThat(tree.get("accuracy").propertyNames()).containsExactlyInAnyOrder("value", "low", "high");
        assertThat(tree.get("accuracy").get("value").asDouble()).isEqualTo(0.875);
        assertThat(tree.get("macro").propertyNames()).containsExactlyInAnyOrder("precision", "recall", "f1");
        assertThat(tree.get("classes").get(0).propertyNames())
                .containsExactlyInAnyOrder("label", "support", "precision", "recall", "f1");
        assertThat(tree.get("classes").get(1).get("precision").get("value").asDouble())
                .isEqualTo(0.8);
        assertThat(tree.get("confusion").toString()).isEqualTo("[[3,1],[0,4]]");
        assertThat(tree.get("calibration").propertyNames()).containsExactlyInAnyOrder("before", "after", "temperature");
    }

    @Example
    void shouldWriteNullForUndefinedFigures() {
        ClassificationReport report =
                ClassificationReport.of(Drawn.confused(List.of("hole", "tear"), new long[][] {{3, 0}, {1, 0}}));
        assertThat(json.tree(report).get("classes").get(1).get("precision").isNull())
                .isTrue();
        assertThat(json.read(json.write(report))).isEqualTo(report);
    }

    @Property(tries = 100)
    void shouldRoundTrip(
            @ForAll @IntRange(min = 1, max = 80) int images,
            @ForAll @IntRange(min = 1, max = 8) int classes,
            @ForAll @IntRange(min = 1) int seed) {
        ClassificationReport report = ClassificationReport.of(Drawn.images(images, classes, seed, 1.7));
        assertThat(json.read(json.write(report))).isEqualTo(report);
        assertThat(json.read(json.tree(report).toString())).isEqualTo(report);
    }

    @Example
    void shouldIgnoreUnknownFields() {
        ClassificationReport report = ClassificationReport.of(Drawn.images(10, 2, 1, 1));
        assertThat(json.read("{\"slices\":[1]," + json.write(report).substring(1)))
                .isEqualTo(report);
    }

    @Example
    void shouldRejectInvalidReports() {
        String whole = json.write(ClassificationReport.of(Drawn.images(10, 2, 1, 1)));
        for (String bad : List.of(
                "",
                "null",
                "{}",
                "[]",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"accuracy\"", "\"renamed\""),
                whole.replace("\"confusion\":[[", "\"confusion\":[[1,"),
                whole.replace("\"low\":0", "\"low\":7"))) {
            assertThatThrownBy(() -> json.read(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT));
        }
    }
}
