package dev.fovea.pipeline.search;

import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.bar.BarMeasure;
import java.time.Duration;
import java.util.List;

/**
 * What is searched for.
 *
 * @param bar what is good enough
 * @param backbones networks with learned weights to start from, the smallest first
 * @param budget time for everything
 * @param seed of samples and folds
 */
public record SearchSpec(Bar bar, List<Backbone> backbones, Duration budget, long seed) {
    public SearchSpec {
        backbones = List.copyOf(backbones);
    }

    /** Whether rare classes count as much as others: accuracy alone does not ask for that. */
    boolean isBalanced() {
        return bar.of(BarMeasure.MeasureKind.QUALITY).stream().anyMatch(one -> one.measure() != BarMeasure.ACCURACY);
    }
}
