package dev.fovea.server;

import dev.fovea.evaluation.CascadeEvaluator;
import dev.fovea.evaluation.Progress;
import dev.fovea.remote.Budget;
import dev.fovea.statistics.CascadeCosts;
import java.util.Optional;

/**
 * What two models said of the same pictures, and what their answers cost.
 *
 * @param unit of the costs: ms, a currency, or whatever the stated ones are in
 */
record CascadePlan(CascadeEvaluator.Scores scores, CascadeCosts costs, String unit) {

    private static final int CONCURRENCY = 2;

    static CascadePlan of(
            CascadeSide small,
            CascadeSide large,
            CascadePictures pictures,
            Optional<CascadeCosts> stated,
            Progress progress) {
        CascadeEvaluator.Scores scores =
                new CascadeEvaluator(small, large).score(pictures.shown(), CONCURRENCY, progress);
        if (stated.isPresent()) {
            return new CascadePlan(scores, stated.get(), "units");
        }
        Optional<Budget> price = large.price();
        return price.isPresent()
                ? new CascadePlan(
                        scores,
                        new CascadeCosts(0, price.get().pricePerCall()),
                        price.get().currency())
                : new CascadePlan(scores, new CascadeCosts(small.millisPerAnswer(), large.millisPerAnswer()), "ms");
    }
}
