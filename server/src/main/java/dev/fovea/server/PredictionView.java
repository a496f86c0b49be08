package dev.fovea.server;

import dev.fovea.runtime.Decoded;
import dev.fovea.runtime.Ranked;
import dev.fovea.runtime.Result;
import dev.fovea.runtime.Timings;
import dev.fovea.serving.Answer;
import dev.fovea.serving.Origin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to one picture as the API gives it. What a task does not give is null or empty.
 *
 * @param label the best label of a classifier
 * @param top the best labels of a classifier; those that apply of a model for several labels
 * @param objects what was found in the picture, in its upright pixels
 * @param embedding the vector of an embedding model
 * @param cached whether the answer was made for an earlier or an equal request; the stages then took no time
 * @param near in how many of 64 bits the picture's look differs from that of the one the answer was made for, where it
 *     was another one
 */
@Schema(name = "Prediction")
record PredictionView(
        String model,
        int version,
        String task,
        Optional<String> label,
        Optional<Double> confidence,
        List<RankedView> top,
        List<ObjectView> objects,
        List<Float> embedding,
        boolean cached,
        Optional<Integer> near,
        double latencyMs,
        TimingsView timingsMs,
        String requestId,
        Instant timestamp) {

    private static final double NANOS_PER_MS = 1e6;

    /** A label with its confidence. */
    @Schema(name = "Answer")
    record RankedView(String label, double confidence) {}

    /** Milliseconds of each stage. */
    @Schema(name = "Timings")
    record TimingsView(double decode, double preprocess, double queue, double infer, double postprocess) {}

    static PredictionView of(Answer answer, int top, String requestId) {
        Result result = answer.prediction().result();
        List<Ranked> labels = labels(result, top);
        Optional<Ranked> best =
                result instanceof Result.OneLabel ? labels.stream().findFirst() : Optional.empty();
        return new PredictionView(
                answer.version().model(),
                answer.version().version(),
                task(result),
                best.map(Ranked::label),
                best.map(ranked -> rounded(ranked.confidence(), 1e6)),
                labels.stream()
                        .map(ranked -> new RankedView(ranked.label(), rounded(ranked.confidence(), 1e6)))
                        .toList(),
                result instanceof Result.Objects objects ? ObjectView.of(objects) : List.of(),
                result instanceof Result.Embedding(float[] values) ? boxed(values) : List.of(),
                answer.cached(),
                near(answer.origin()),
                ms(answer.nanos()),
                timings(answer.prediction().timings()),
                requestId,
                Instant.now());
    }

    private static Optional<Integer> near(Origin origin) {
        return origin instanceof Origin.Near(int distance) ? Optional.of(distance) : Optional.empty();
    }

    private static String task(Result result) {
        return switch (result) {
            case Result.OneLabel ignored -> "classification";
            case Result.Labels ignored -> "multi-label";
            case Result.Objects(Decoded decoded, List<String> ignored) ->
                switch (decoded) {
                    case Decoded.Detections ignored2 -> "detection";
                    case Decoded.TextRegions ignored2 -> "text-detection";
                    case Decoded.ClassRegions ignored2 -> "segmentation";
                };
            case Result.Embedding ignored -> "embedding";
            case Result.Tensors ignored -> "tensors";
        };
    }

    private static List<Ranked> labels(Result result, int top) {
        return switch (result) {
            case Result.OneLabel one -> one.classification().top(top);
            case Result.Labels labels -> labels.applying().stream().limit(top).toList();
            case Result.Objects ignored -> List.of();
            case Result.Embedding ignored -> List.of();
            case Result.Tensors ignored -> List.of();
        };
    }

    private static List<Float> boxed(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private static TimingsView timings(Timings timings) {
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

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
