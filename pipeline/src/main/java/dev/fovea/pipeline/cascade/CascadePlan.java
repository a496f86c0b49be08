package dev.fovea.pipeline.cascade;

import dev.fovea.evaluation.classification.CascadeEvaluator;
import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.remote.guard.Budget;
import dev.fovea.statistics.CascadeCosts;
import dev.fovea.statistics.CascadeOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Predictions of two models on the same images, and their costs.
 *
 * @param images number of images used and left out
 * @param scores of the images; their costs are in the unit
 * @param unit of the costs: ms, a currency, or the unit of the stated costs
 * @param unknown versions or services with unknown training data
 */
public record CascadePlan(
        CascadeImages images, CascadeEvaluator.CascadeScores scores, String unit, List<String> unknown) {

    private static final int CONCURRENCY = 2;

    public CascadePlan {
        unknown = List.copyOf(unknown);
    }

    static CascadePlan of(
            CascadeSide small,
            CascadeSide large,
            CascadeLearning.Images learning,
            Optional<CascadeCosts> stated,
            EvaluationProgress progress) {
        CascadeImages images = learning.images();
        CascadeEvaluator.CascadeScores timed =
                new CascadeEvaluator(small, large).score(images.shown(), CONCURRENCY, progress);
        Optional<CascadeCosts> price = large.price().map(budget -> new CascadeCosts(0, budget.pricePerCall()));
        CascadeEvaluator.CascadeScores scores =
                stated.or(() -> price).map(costs -> costing(timed, costs)).orElse(timed);
        String unit = stated.isPresent()
                ? "units"
                : large.price().map(Budget::currency).orElse("ms");
        return new CascadePlan(images, scores, unit, learning.unknown());
    }

    private static CascadeEvaluator.CascadeScores costing(CascadeEvaluator.CascadeScores timed, CascadeCosts costs) {
        List<CascadeOutcome> outcomes =
                timed.outcomes().stream().map(outcome -> outcome.costing(costs)).toList();
        return new CascadeEvaluator.CascadeScores(outcomes, timed.failed());
    }
}
