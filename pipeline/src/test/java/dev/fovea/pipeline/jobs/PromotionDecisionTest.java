package dev.fovea.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.pipeline.jobs.PromotionDecision.ComparedWithProduction;
import dev.fovea.pipeline.request.PromotionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionDecisionTest {

    private static final List<String> LABELS = List.of("ok", "hole");
    private static final ScoredImages BLIND = predicted(80, 20, 0);
    private static final ScoredImages GOOD = predicted(80, 20, 18);
    private static final ScoredImages BETTER = predicted(80, 40, 40);
    private static final ScoredImages OF_BETTER = predicted(80, 40, 12);

    /** Images of both classes, of which all "ok" and some "hole" are recognized. */
    private static ScoredImages predicted(int ok, int hole, int found) {
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < ok + hole; i++) {
            boolean isHole = i >= ok;
            boolean says = isHole && i - ok < found;
            scored.add(new Scored(isHole ? 1 : 0, says ? new double[] {0, 2} : new double[] {2, 0}, "image " + i));
        }
        return new ScoredImages(LABELS, scored, List.of());
    }

    private static Optional<EvaluationVerdict> verdict(ScoredImages scored) {
        return Optional.of(ModelVerdict.of(ClassificationReport.of(scored)));
    }

    private static PromotionDecision first(PromotionPolicy policy, Optional<EvaluationVerdict> verdict) {
        return PromotionDecision.of(policy, Optional.empty(), verdict, Optional.empty());
    }

    @Test
    void shouldPromoteUsableFirstVersion() {
        PromotionDecision decision = first(PromotionPolicy.FIRST_IF_BETTER, verdict(GOOD));
        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reason()).startsWith("first version; usable: better than always saying \"ok\"");
    }

    @Test
    void shouldNotPromoteFirstVersionNoBetterThanMajorityClass() {
        for (PromotionPolicy policy : List.of(PromotionPolicy.FIRST_IF_BETTER, PromotionPolicy.IF_BETTER)) {
            PromotionDecision decision = first(policy, verdict(BLIND));
            assertThat(decision.promoted()).isFalse();
            assertThat(decision.reason()).startsWith("not usable: it has learned only the majority, \"ok\"");
        }
    }

    @Test
    void shouldApplyPoliciesAlwaysAndNever() {
        assertThat(first(PromotionPolicy.ALWAYS, verdict(BLIND)).promoted()).isTrue();
        assertThat(first(PromotionPolicy.NEVER, verdict(GOOD)).promoted()).isFalse();
    }

    @Test
    void shouldStateThatImportWithoutDataWasNotEvaluated() {
        PromotionDecision decision = first(PromotionPolicy.FIRST_IF_BETTER, Optional.empty());
        assertThat(decision).isEqualTo(new PromotionDecision(true, "first version, never evaluated"));
    }

    @Test
    void shouldReplaceProductionOnlyIfRequestedAndSignificantlyBetter() {
        Optional<ComparedWithProduction> better =
                Optional.of(ComparedWithProduction.of(Comparison.of(OF_BETTER, BETTER)));
        Optional<ComparedWithProduction> same = Optional.of(ComparedWithProduction.of(Comparison.of(BETTER, BETTER)));
        Optional<Integer> production = Optional.of(3);
        assertThat(PromotionDecision.of(PromotionPolicy.FIRST_IF_BETTER, production, verdict(BETTER), better)
                        .promoted())
                .isFalse();
        assertThat(PromotionDecision.of(PromotionPolicy.IF_BETTER, production, verdict(BETTER), better)
                        .promoted())
                .isTrue();
        assertThat(PromotionDecision.of(PromotionPolicy.IF_BETTER, production, verdict(BETTER), same)
                        .promoted())
                .isFalse();
        assertThat(PromotionDecision.of(PromotionPolicy.IF_BETTER, production, Optional.empty(), Optional.empty())
                        .reason())
                .isEqualTo("it was not compared with production");
    }
}
