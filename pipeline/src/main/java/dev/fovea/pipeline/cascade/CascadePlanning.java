package dev.fovea.pipeline.cascade;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.CascadeRequest;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.ModelVersion;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.statistics.CascadeCosts;
import dev.fovea.statistics.CascadePoint;
import dev.fovea.statistics.CascadeThreshold;
import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Computes the confidence threshold of a cascade from labelled images, and declares the cascade if requested. Both
 * models predict every image through the serving path.
 */
public final class CascadePlanning {

    private final JobTools tools;
    private final Declarations declarations;
    private final PricedRemote.RemoteSource remotes;

    /**
     * A planner with these tools.
     *
     * @param remotes opens a configured service
     */
    public CascadePlanning(JobTools tools, Declarations declarations, PricedRemote.RemoteSource remotes) {
        this.tools = tools;
        this.declarations = declarations;
        this.remotes = remotes;
    }

    /**
     * The result of a plan.
     *
     * @param applied whether the cascade was declared
     */
    public record CascadePlanResult(
            String model, ModelRef larger, CascadePlan plan, CascadeThreshold threshold, boolean applied) {

        /** Whether a threshold reaches the accuracy. */
        public boolean isReached() {
            return threshold instanceof CascadeThreshold.Reached;
        }
    }

    /**
     * Plans.
     *
     * @param note receives the costs of a remote service before it is called
     * @throws FoveaException as {@link Declarations#requireCascade}; {@code DATASET_INVALID}, {@code LABELS_MISMATCH}
     *     for images that do not fit; {@code ARGUMENT_INVALID} for a paid service without {@code spend}
     */
    public CascadePlanResult run(CascadeRequest request, JobProgress progress, Consumer<String> note) {
        ModelRef larger = ModelRef.parse(request.larger());
        ModelVersion small = declarations.requireCascade(request.model(), larger);
        CascadeLearning.Images images = CascadeLearning.images(tools, request.data(), small, larger);
        CascadePlan plan = plan(request, small, larger, images, progress, note);
        CascadeThreshold threshold = CascadeThreshold.choose(
                plan.scores().outcomes(), request.accuracy().orElseThrow());
        CascadePlanResult result = new CascadePlanResult(request.model(), larger, plan, threshold, false);
        if (!request.apply().orElse(false) || !result.isReached()) {
            return result;
        }
        declarations.cascade(
                request.model(),
                larger,
                threshold.chosen().threshold(),
                Optional.of(expectation(plan, threshold)),
                new Declarations.Author(tools.origin().who(), request.reason()));
        return new CascadePlanResult(request.model(), larger, plan, threshold, true);
    }

    private CascadePlan plan(
            CascadeRequest request,
            ModelVersion small,
            ModelRef larger,
            CascadeLearning.Images images,
            JobProgress progress,
            Consumer<String> note) {
        Optional<CascadeCosts> stated = request.costs().map(costs -> new CascadeCosts(costs.small(), costs.large()));
        try (CascadeSide first = CascadeSide.here(tools, small);
                CascadeSide second = second(larger)) {
            int count = images.images().shown().size();
            second.price()
                    .filter(price -> price.pricePerCall() > 0)
                    .map(price -> String.format(
                            Locale.ROOT,
                            "%,d images at %s %s each cost %.2f %s; retries add to that.",
                            count,
                            price.pricePerCall(),
                            price.currency(),
                            count * price.pricePerCall(),
                            price.currency()))
                    .ifPresent(cost -> {
                        requireLeave(request, cost);
                        note.accept(cost);
                    });
            return CascadePlan.of(
                    first,
                    second,
                    images,
                    stated,
                    (done, of) -> progress.counting().at("predictions", done, of));
        }
    }

    private static void requireLeave(CascadeRequest request, String cost) {
        if (!request.spend().orElse(false)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, cost + " Give --spend (\"spend\": true over the API) to go on.");
        }
    }

    private CascadeSide second(ModelRef larger) {
        return switch (larger) {
            case ModelRef.Local(String model) -> CascadeSide.here(tools, CascadeLearning.production(tools, model));
            case ModelRef.Remote(String remote) -> CascadeSide.remote(remotes.open(remote));
        };
    }

    private static Cascade.Expectation expectation(CascadePlan plan, CascadeThreshold threshold) {
        CascadePoint expected = threshold.expected();
        return new Cascade.Expectation(
                plan.scores().outcomes().size(),
                threshold.wanted(),
                estimate(expected.accuracy()),
                estimate(expected.escalated()),
                estimate(expected.costPerThousand()),
                plan.unit());
    }

    private static Cascade.Estimate estimate(Interval interval) {
        return new Cascade.Estimate(interval.value(), interval.low(), interval.high());
    }
}
