package dev.fovea.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.evaluation.Drawn;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ComparisonTest {

    private static final List<String> LABELS = List.of("a", "b");

    /** 150 right by both, 4 by the baseline, 17 by the candidate, 9 by neither; p and interval from scipy and numpy. */
    @Test
    void shouldReportSignificantGain() {
        Comparison comparison = compare(150, 4, 17, 9);
        assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.BETTER);
        assertThat(comparison.images()).isEqualTo(180);
        assertThat(comparison.difference().low()).isCloseTo(0.02228919822597425, within(1e-9));
        assertThat(comparison.test().midP()).isCloseTo(0.004343509674072266, within(1e-9));
        assertThat(comparison.sentence())
                .isEqualTo("Better: on 180 images the candidate is right on 92.8 %, the baseline on 85.6 %;"
                        + " the difference is +7.2 points (95 % interval +2.2 to +12.6, p = 0.004).");
    }

    /** 1 against 7: mid-p 0.039, where the exact test says 0.070. */
    @Test
    void shouldDecideByTheMidPValue() {
        assertThat(compare(100, 1, 7, 5).verdict()).isEqualTo(Comparison.Verdict.BETTER);
    }

    @Test
    void shouldReportSignificantLoss() {
        assertThat(compare(150, 17, 4, 9).verdict()).isEqualTo(Comparison.Verdict.WORSE);
        assertThat(compare(150, 17, 4, 9).sentence()).startsWith("Worse: ").contains("-7.2 points");
    }

    @Test
    void shouldNotReportInsignificantDifference() {
        assertThat(compare(170, 3, 6, 1).verdict()).isEqualTo(Comparison.Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(compare(170, 3, 6, 1).sentence())
                .startsWith("No difference shown: ")
                .contains("+1.7 points");
        assertThat(compare(1, 0, 0, 0).verdict()).isEqualTo(Comparison.Verdict.NO_DIFFERENCE_SHOWN);
    }

    @Test
    void shouldCompareEachClass() {
        ScoredImages baseline = Drawn.confused(LABELS, new long[][] {{8, 2}, {0, 0}});
        Comparison comparison = Comparison.of(baseline, predicting(baseline, 0));
        assertThat(comparison.classes().getFirst().support()).isEqualTo(10);
        assertThat(comparison.classes().getFirst().recall().orElseThrow().value())
                .isCloseTo(0.2, within(1e-12));
        assertThat(comparison.classes().getFirst().f1()).hasValueCloseTo(1 - 16.0 / 18, within(1e-12));
        assertThat(comparison.classes().get(1).recall()).isEmpty();
        assertThat(comparison.classes().get(1).f1()).isEmpty();
    }

    @Test
    void shouldCompareOnlyImagesThatBothScored() {
        ScoredImages baseline = images(Drawn.predicted(0, 0, 2, "x"), Drawn.predicted(0, 1, 2, "y"));
        ScoredImages candidate = images(Drawn.predicted(0, 0, 2, "y"), Drawn.predicted(1, 0, 2, "z"));
        Comparison comparison = Comparison.of(baseline, candidate);
        assertThat(comparison.images()).isEqualTo(1);
        assertThat(comparison.unpaired()).isEqualTo(2);
        assertThat(comparison.difference().value()).isEqualTo(1);
    }

    @Test
    void shouldReadAsATable() {
        ScoredImages baseline = Drawn.confused(LABELS, new long[][] {{8, 2}, {0, 0}});
        assertThat(ComparisonTable.render(Comparison.of(baseline, predicting(baseline, 0))))
                .isEqualTo("""
                No difference shown: on 10 images the candidate is right on 100.0 %, the baseline on 80.0 %; \
                the difference is +20.0 points (95 % interval -11.2 to +51.0, p = 0.250).

                class  images                  recall     F1
                a          10  +20.0 (-11.2 to +51.0)  +11.1
                b           0                       –      –
                """);
        ScoredImages other = images(Drawn.predicted(0, 0, 2, "0-0-0"));
        assertThat(ComparisonTable.render(Comparison.of(baseline, other)))
                .contains("\n9 images were scored by one model only and left out\n");
    }

    @Test
    void shouldReadAsJson() {
        JsonNode tree = new ReportJson().tree(compare(150, 4, 17, 9));
        assertThat(tree.propertyNames())
                .containsExactlyInAnyOrder(
                        "images",
                        "unpaired",
                        "baseline",
                        "candidate",
                        "difference",
                        "test",
                        "classes",
                        "verdict",
                        "sentence");
        assertThat(tree.get("verdict").asString()).isEqualTo("better");
        assertThat(tree.get("test").get("only_second").asInt()).isEqualTo(17);
        assertThat(tree.get("classes").get(0).get("recall").propertyNames())
                .containsExactlyInAnyOrder("value", "low", "high");
        assertThat(tree.get("classes").get(0).get("f1").isNumber()).isTrue();
    }

    @Test
    void shouldRejectUnpairedImages() {
        ScoredImages one = images(Drawn.predicted(0, 0, 2, "x"));
        assertCode(ErrorCode.ARGUMENT_INVALID, "by both", one, images(Drawn.predicted(0, 0, 2, "y")));
        assertCode(ErrorCode.ARGUMENT_INVALID, "label 0", one, images(Drawn.predicted(1, 0, 2, "x")));
        assertCode(
                ErrorCode.ARGUMENT_INVALID,
                "twice",
                one,
                images(Drawn.predicted(0, 0, 2, "x"), Drawn.predicted(0, 0, 2, "x")));
        assertCode(
                ErrorCode.LABELS_MISMATCH, "[a, b]", one, new ScoredImages(List.of("a", "c"), one.scored(), List.of()));
    }

    @Property(tries = 200)
    void shouldTurnAroundWhenTheModelsSwap(
            @ForAll @IntRange(max = 40) int both,
            @ForAll @IntRange(max = 40) int baseline,
            @ForAll @IntRange(max = 40) int candidate,
            @ForAll @IntRange(min = 1, max = 40) int neither) {
        Comparison there = compare(both, baseline, candidate, neither);
        Comparison back = compare(both, candidate, baseline, neither);
        assertThat(there.difference().low()).isCloseTo(-back.difference().high(), within(1e-9));
        assertThat(there.test().midP()).isEqualTo(back.test().midP());
        assertThat(List.of(there.verdict(), back.verdict()))
                .isIn(
                        List.of(Comparison.Verdict.BETTER, Comparison.Verdict.WORSE),
                        List.of(Comparison.Verdict.WORSE, Comparison.Verdict.BETTER),
                        List.of(Comparison.Verdict.NO_DIFFERENCE_SHOWN, Comparison.Verdict.NO_DIFFERENCE_SHOWN));
    }

    private static Comparison compare(int both, int onlyBaseline, int onlyCandidate, int neither) {
        List<Scored> baseline = new ArrayList<>();
        List<Scored> candidate = new ArrayList<>();
        for (int i = 0; i < both + onlyBaseline + onlyCandidate + neither; i++) {
            boolean baselineRight = i < both + onlyBaseline;
            boolean candidateRight = i < both || i >= both + onlyBaseline && i < both + onlyBaseline + onlyCandidate;
            int truth = i % 2;
            baseline.add(Drawn.predicted(truth, baselineRight ? truth : 1 - truth, 2, "p" + i));
            candidate.addFirst(Drawn.predicted(truth, candidateRight ? truth : 1 - truth, 2, "p" + i));
        }
        return Comparison.of(
                new ScoredImages(LABELS, baseline, List.of()), new ScoredImages(LABELS, candidate, List.of()));
    }

    private static ScoredImages predicting(ScoredImages images, int prediction) {
        return images(images.scored().stream()
                .map(one -> Drawn.predicted(one.truth(), prediction, 2, one.image()))
                .toArray(Scored[]::new));
    }

    private static ScoredImages images(Scored... scored) {
        return new ScoredImages(LABELS, List.of(scored), List.of());
    }

    private static void assertCode(ErrorCode code, String message, ScoredImages baseline, ScoredImages candidate) {
        assertThatThrownBy(() -> Comparison.of(baseline, candidate))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
