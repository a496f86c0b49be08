package dev.fovea.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.ModelRef;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutedResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prediction of one image, as the API returns it. Fields that a task does not have are null or empty.
 *
 * @param model the one that was asked for
 * @param version of that model, where one of its versions looked at the image
 */
@Schema(name = "Prediction")
public record PredictionView(
        String model,
        Optional<Integer> version,
        @JsonUnwrapped Routing routing,
        @JsonUnwrapped Content content,
        @JsonUnwrapped CacheView cache,
        @JsonUnwrapped LatencyView latency,
        String requestId,
        Instant timestamp) {

    /**
     * Which model served it, and why.
     *
     * @param servedBy {@code resnet:2}, {@code remote:vision}, or {@code default} for a default label
     * @param escalated whether the image was escalated to a larger model because this one was unsure
     * @param escalationFailed why the larger model failed; then this is the small model's prediction
     * @param fallback whether a fallback served instead of the requested model
     * @param fallbackReason why that model failed
     */
    public record Routing(
            String servedBy,
            boolean escalated,
            Optional<String> escalationFailed,
            boolean fallback,
            Optional<String> fallbackReason) {}

    /**
     * The prediction itself.
     *
     * @param label the best label of a classifier
     * @param top the best labels of a classifier; those that apply of a model for several labels
     * @param objects what was found in the image, in its upright pixels
     * @param embedding the vector of an embedding model
     * @param heatMap where in the image the anomaly is, of a model for anomalies
     * @param tasks the labels of each task of a multi-task model, by the task's name
     */
    public record Content(
            String task,
            Optional<String> label,
            Optional<Double> confidence,
            List<RankedView> top,
            List<ObjectView> objects,
            List<Float> embedding,
            Optional<HeatMapView> heatMap,
            Map<String, TaskView> tasks) {}

    /**
     * What a multi-task model says for one of its tasks.
     *
     * @param top the best labels
     */
    @Schema(name = "TaskPrediction")
    public record TaskView(String label, double confidence, List<RankedView> top) {}

    /**
     * Whether the cache served it.
     *
     * @param cached whether the prediction is that of an earlier or an equal request; the stages then took no time
     * @param near of a similar hit: in how many of 64 bits the perceptual hashes of the two images differ
     */
    public record CacheView(boolean cached, Optional<Integer> near) {}

    /** Where the time went. */
    public record LatencyView(double latencyMs, TimingsView timingsMs) {}

    private static final double NANOS_PER_MS = 1e6;

    /** A label with its confidence. */
    @Schema(name = "ServedPrediction")
    public record RankedView(String label, double confidence) {}

    /** Milliseconds of each stage. */
    @Schema(name = "Timings")
    public record TimingsView(double decode, double preprocess, double queue, double infer, double postprocess) {}

    public static PredictionView of(ServedPrediction served, int top, String requestId) {
        return of(RoutedResponse.of(served, served.nanos()), top, requestId);
    }

    public static PredictionView of(RoutedResponse reply, int top, String requestId) {
        return new PredictionView(
                reply.requested(),
                reply.version(),
                new PredictionView.Routing(
                        servedBy(reply.prediction()),
                        !(reply.escalation() instanceof Escalation.NotEscalated),
                        reply.escalation() instanceof Escalation.EscalationFailed(ErrorCode code)
                                ? Optional.of(code.name())
                                : Optional.empty(),
                        reply.fallback().isPresent(),
                        reply.fallback().map(ErrorCode::name)),
                PredictionContent.of(reply.prediction(), top),
                new PredictionView.CacheView(
                        reply.prediction() instanceof ServedPrediction served && served.cached(),
                        near(reply.prediction())),
                new PredictionView.LatencyView(ms(reply.nanos()), timings(reply.prediction())),
                requestId,
                Instant.now());
    }

    private static Optional<Integer> near(RoutedPrediction given) {
        return given instanceof ServedPrediction served
                        && served.origin() instanceof CacheStatus.SimilarHit(int distance)
                ? Optional.of(distance)
                : Optional.empty();
    }

    private static String servedBy(RoutedPrediction given) {
        return switch (given) {
            case ServedPrediction served -> served.version().toString();
            case RoutedPrediction.ByRemote remote -> ModelRef.REMOTE_PREFIX + remote.name();
            case RoutedPrediction.DefaultLabel ignored -> "default";
        };
    }

    private static TimingsView timings(RoutedPrediction given) {
        Timings timings =
                given instanceof ServedPrediction served ? served.prediction().timings() : Timings.NONE;
        return new TimingsView(
                ms(timings.decode()),
                ms(timings.preprocess()),
                ms(timings.queue()),
                ms(timings.infer()),
                ms(timings.postprocess()));
    }

    private static double ms(long nanos) {
        return rounded(nanos / NANOS_PER_MS, 1e3);
    }

    /** Of a label, to six decimal places. */
    static double confidence(double value) {
        return rounded(value, 1e6);
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
