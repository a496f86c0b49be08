package dev.fovea.server;

import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.Timings;
import dev.fovea.serving.Answer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** The answer to one picture as the API gives it. */
@Schema(name = "Prediction")
record PredictionView(
        String model,
        int version,
        String label,
        double confidence,
        List<RankedView> top,
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
        Prediction prediction = answer.prediction();
        Timings timings = prediction.timings();
        return new PredictionView(
                answer.version().model(),
                answer.version().version(),
                prediction.best().label(),
                rounded(prediction.best().confidence(), 1e6),
                prediction.ranked().stream()
                        .limit(top)
                        .map(ranked -> new RankedView(ranked.label(), rounded(ranked.confidence(), 1e6)))
                        .toList(),
                ms(answer.nanos()),
                new TimingsView(
                        ms(timings.decode()),
                        ms(timings.preprocess()),
                        ms(timings.queue()),
                        ms(timings.infer()),
                        ms(timings.postprocess())),
                requestId,
                Instant.now());
    }

    private static double ms(long nanos) {
        return rounded(nanos / NANOS_PER_MS, 1e3);
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
