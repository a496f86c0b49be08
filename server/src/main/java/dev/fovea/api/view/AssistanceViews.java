package dev.fovea.api.view;

import dev.fovea.monitoring.CascadeMetrics;
import dev.fovea.registry.Alias;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.RegisteredModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the API and the commands show of cascades and fallbacks. */
public final class AssistanceViews {

    private AssistanceViews() {}

    /**
     * The cascade of a model.
     *
     * @param larger {@code resnet}, or {@code remote:vision}
     * @param version the small model's version that the threshold was computed for
     * @param outdated whether another version is in production now
     * @param expected from the evaluation that computed the threshold
     * @param live counts of this server
     */
    @Schema(name = "Cascade")
    public record CascadeView(
            String larger,
            double threshold,
            int version,
            boolean outdated,
            Instant declaredAt,
            Optional<ExpectedView> expected,
            Optional<LiveView> live) {}

    /** What the evaluation expects on new images. */
    @Schema(name = "CascadeExpected")
    public record ExpectedView(
            int images,
            double wanted,
            Views.Figure accuracy,
            Views.Figure share,
            Views.Figure costPerThousand,
            String unit) {}

    /**
     * Counts of this server since the cascade was declared or the server started.
     *
     * @param agreement of the two models on escalated images
     * @param failures failed escalations, by error code
     * @param asExpected whether the share agrees with the expected one
     */
    @Schema(name = "CascadeLive")
    record LiveView(
            long requests,
            long escalated,
            Optional<Views.Figure> share,
            long compared,
            Optional<Views.Figure> agreement,
            Map<String, Long> failures,
            Optional<Boolean> asExpected) {}

    /**
     * The response when a model fails.
     *
     * @param model the fallback model
     * @param label the default label, instead of a model
     * @param used uses in this server since it started, by error code
     */
    @Schema(name = "Fallback")
    public record FallbackView(Optional<String> model, Optional<String> label, Optional<Map<String, Long>> used) {}

    public static CascadeView cascade(RegisteredModel model, Cascade cascade, Optional<CascadeMetrics> live) {
        return new CascadeView(
                cascade.larger().toString(),
                cascade.threshold(),
                cascade.version(),
                model.alias(Alias.PRODUCTION)
                        .filter(version -> version.number() != cascade.version())
                        .isPresent(),
                cascade.declared(),
                cascade.expected().map(AssistanceViews::expected),
                live.map(AssistanceViews::live));
    }

    public static FallbackView fallback(Fallback fallback, Optional<Map<String, Long>> used) {
        return switch (fallback) {
            case Fallback.FallbackModel(ModelRef other) ->
                new FallbackView(Optional.of(other.toString()), Optional.empty(), used);
            case Fallback.Label(String label) -> new FallbackView(Optional.empty(), Optional.of(label), used);
        };
    }

    private static ExpectedView expected(Cascade.Expectation expected) {
        return new ExpectedView(
                expected.images(),
                expected.wanted(),
                figure(expected.accuracy()),
                figure(expected.share()),
                figure(expected.costPerThousand()),
                expected.unit());
    }

    private static LiveView live(CascadeMetrics live) {
        return new LiveView(
                live.predictions(),
                live.escalated(),
                live.share().map(AssistanceViews::figure),
                live.compared(),
                live.agreement().map(AssistanceViews::figure),
                live.failures(),
                live.asExpected());
    }

    private static Views.Figure figure(Cascade.Estimate estimate) {
        return new Views.Figure(estimate.value(), estimate.low(), estimate.high());
    }

    private static Views.Figure figure(CascadeMetrics.Share share) {
        return new Views.Figure(share.value(), share.low(), share.high());
    }
}
