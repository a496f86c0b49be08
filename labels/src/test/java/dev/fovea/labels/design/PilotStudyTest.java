package dev.fovea.labels.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementReport.ConfusedPair;
import dev.fovea.labels.design.PilotAdvice.AdviceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PilotStudyTest {

    private static final Dataset DEFINED = new Dataset(
            1,
            "shirts",
            ImageTask.CLASSIFICATION,
            LabelQuestion.EMPTY,
            List.of(
                    ClassDefinition.defined("hole", "x"),
                    ClassDefinition.defined("tear", "y"),
                    ClassDefinition.defined("knot", "z"),
                    ClassDefinition.named("none")),
            Instant.EPOCH);

    private static AgreementReport report(int images, ConfusedPair... confused) {
        return new AgreementReport(
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                images,
                List.of(confused),
                List.of());
    }

    private static ConfusedPair pair(String first, String second, int images, int used) {
        return new ConfusedPair(first, second, images, used, List.of());
    }

    private static List<AdviceKind> kinds(AgreementReport report) {
        return PilotStudy.of(DEFINED, report).stream().map(PilotAdvice::kind).toList();
    }

    @Test
    void shouldMergeWhatDefinitionsDoNotSeparate() {
        List<PilotAdvice> advice =
                PilotStudy.of(DEFINED, report(40, pair("hole", "tear", 12, 20), pair("tear", "none", 1, 30)));
        assertThat(advice).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(AdviceKind.MERGE);
            // Wilson's interval of 12 in 20, by statsmodels' proportion_confint
            assertThat(each.evidence()).contains("12 of the 20 images", "60 % (39 to 78 %)");
        });
    }

    @Test
    void shouldDefineABorderThatIsCrossedSometimes() {
        assertThat(kinds(report(40, pair("hole", "tear", 4, 20)))).containsExactly(AdviceKind.DEFINE);
        assertThat(PilotStudy.of(DEFINED, report(40, pair("hole", "none", 15, 20))))
                .singleElement()
                .satisfies(each -> assertThat(each.advice()).contains("Define both"));
    }

    @Test
    void shouldSplitAClassThatIsConfusedWithSeveral() {
        assertThat(kinds(report(40, pair("hole", "tear", 4, 20), pair("hole", "knot", 3, 20))))
                .containsExactly(AdviceKind.DEFINE, AdviceKind.DEFINE, AdviceKind.SPLIT);
    }

    @Test
    void shouldMissAClassWhereConfusionIsScattered() {
        assertThat(kinds(report(
                        40, pair("hole", "tear", 4, 20), pair("knot", "none", 3, 20), pair("hole", "knot", 3, 20))))
                .contains(AdviceKind.ADD_CLASS);
    }

    @Test
    void shouldWantMoreImages() {
        assertThat(PilotStudy.of(DEFINED, report(10)))
                .singleElement()
                .satisfies(each -> assertThat(each.sentences()).contains("So far 10 images"));
        assertThat(kinds(report(40))).isEmpty();
    }
}
