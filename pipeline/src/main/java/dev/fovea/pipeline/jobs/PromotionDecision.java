package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.pipeline.request.PromotionPolicy;
import java.util.Optional;

/**
 * Whether a new version was promoted, and why.
 *
 * @param promoted whether it was promoted
 * @param reason in words, as the audit trail has it
 */
public record PromotionDecision(boolean promoted, String reason) {

    /**
     * What a comparison with production showed.
     *
     * @param verdict on the new version
     * @param sentence with the figures
     */
    public record ComparedWithProduction(Comparison.Verdict verdict, String sentence) {
        public static ComparedWithProduction of(Comparison comparison) {
            return new ComparedWithProduction(comparison.verdict(), comparison.sentence());
        }

        public static ComparedWithProduction of(RecordedComparison comparison) {
            return new ComparedWithProduction(comparison.verdict(), comparison.sentence());
        }
    }

    /**
     * Decides.
     *
     * @param production the version in production, if there is one
     * @param verdict on the new version; empty when it was never evaluated
     * @param comparison with the version in production on the same images, where there is one
     */
    public static PromotionDecision of(
            PromotionPolicy policy,
            Optional<Integer> production,
            Optional<EvaluationVerdict> verdict,
            Optional<ComparedWithProduction> comparison) {
        boolean first = production.isEmpty();
        return switch (policy) {
            case ALWAYS -> new PromotionDecision(true, "promoted without conditions");
            case NEVER -> new PromotionDecision(false, "the request says not to promote it");
            case FIRST_IF_BETTER ->
                first
                        ? first(verdict)
                        : new PromotionDecision(false, "production is version " + production.orElseThrow());
            case IF_BETTER -> first ? first(verdict) : later(verdict, comparison);
        };
    }

    private static PromotionDecision first(Optional<EvaluationVerdict> verdict) {
        return verdict.map(known -> known.clearsFloor()
                        ? new PromotionDecision(true, "first version; " + lower(known.headline()))
                        : new PromotionDecision(false, lower(known.headline())))
                .orElseGet(() -> new PromotionDecision(true, "first version, never evaluated"));
    }

    private static PromotionDecision later(
            Optional<EvaluationVerdict> verdict, Optional<ComparedWithProduction> comparison) {
        if (verdict.isEmpty() || comparison.isEmpty()) {
            return new PromotionDecision(false, "it was not compared with production");
        }
        if (!verdict.orElseThrow().clearsFloor()) {
            return new PromotionDecision(false, lower(verdict.orElseThrow().headline()));
        }
        boolean better = comparison.orElseThrow().verdict() == Comparison.Verdict.BETTER;
        return new PromotionDecision(better, lower(comparison.orElseThrow().sentence()));
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
    }
}
