package dev.fovea.api.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import dev.fovea.traffic.PredictedOutput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the API shows of logged predictions. */
public final class LoggedViews {

    private static final double NANOS_PER_MS = 1e6;

    private LoggedViews() {}

    /** A part of the logged predictions, the newest first. */
    @Schema(name = "LoggedPredictions")
    public record LoggedPage(List<LoggedView> predictions) {}

    /**
     * A logged prediction.
     *
     * @param requestId of the request
     * @param time of the response
     * @param version that predicted; empty for a remote service or a default response
     * @param request who sent it, and its tags
     * @param output what was predicted
     * @param image measures of the image, by name
     * @param totalMs from the request to the response
     * @param routing why this version predicted
     */
    @Schema(name = "LoggedPrediction")
    public record LoggedView(
            String requestId,
            String time,
            Optional<Integer> version,
            CallerView request,
            OutputView output,
            Map<String, Double> image,
            double totalMs,
            RoutingView routing) {}

    /** Who sent a request, and the tags that it states. */
    @Schema(name = "LoggedRequest")
    public record CallerView(Optional<String> client, Map<String, String> tags) {}

    /**
     * What was predicted.
     *
     * @param task of the model
     * @param labels with their scores; one for each object of a detector
     * @param boxes of objects: left, top, width and height in shares of the upright image
     * @param objects number of objects
     * @param entropy of all probabilities, in nats
     */
    @Schema(name = "LoggedOutput")
    public record OutputView(
            String task,
            List<ScoreView> labels,
            List<List<Float>> boxes,
            Optional<Integer> objects,
            Optional<Double> entropy) {}

    /** A label and its score. */
    @Schema(name = "LoggedLabel")
    public record ScoreView(String label, Optional<Double> score) {}

    /**
     * Why a version predicted.
     *
     * @param requested the model that the caller named
     * @param role {@code requested}, {@code cascade} or {@code fallback}
     * @param cache {@code hit}, {@code similar_hit}, {@code miss} or {@code not_used}
     * @param servedBy what the caller got the response of, where it is another
     * @param error why a fallback responded, or why an escalation failed
     */
    @Schema(name = "LoggedRouting")
    public record RoutingView(
            String requested, String role, String cache, Optional<String> servedBy, Optional<String> error) {}

    /** The view of a row. */
    public static LoggedView of(LoggedPrediction row) {
        LoggedRouting routing = row.routing();
        return new LoggedView(
                row.request().id(),
                row.time().toString(),
                row.hasVersion() ? Optional.of(row.version().version()) : Optional.empty(),
                new CallerView(row.request().client(), row.request().tags()),
                output(row.output()),
                row.image().observed().measures().map(LoggedViews::measures).orElse(Map.of()),
                Math.round(row.times().total() / NANOS_PER_MS * 1000) / 1000.0,
                new RoutingView(
                        routing.requested(),
                        word(routing.role()),
                        word(routing.cache()),
                        routing.servedBy(),
                        routing.error().map(Enum::name)));
    }

    private static OutputView output(PredictedOutput output) {
        List<ScoreView> labels = (output instanceof PredictedOutput.TopLabels top ? top.top() : output.labels())
                .stream().map(LoggedViews::score).toList();
        return switch (output) {
            case PredictedOutput.TopLabels top -> view(output, labels, finite(top.entropy()));
            case PredictedOutput.ManyLabels many -> view(output, labels, finite(many.entropy()));
            case PredictedOutput.TaskLabels tasks -> view(output, labels, finite(tasks.entropy()));
            case PredictedOutput.FoundObjects found ->
                new OutputView(
                        output.task().toString(),
                        labels,
                        found.boxes().stream().map(LoggedViews::box).toList(),
                        Optional.of(found.count()),
                        Optional.empty());
            case PredictedOutput.Regions ignored -> view(output, labels, Optional.empty());
            case PredictedOutput.Unlabelled ignored -> view(output, labels, Optional.empty());
        };
    }

    private static OutputView view(PredictedOutput output, List<ScoreView> labels, Optional<Double> entropy) {
        return new OutputView(output.task().toString(), labels, List.of(), Optional.empty(), entropy);
    }

    private static ScoreView score(LoggedLabel label) {
        return new ScoreView(label.label(), finite(label.score()));
    }

    private static List<Float> box(LoggedBox box) {
        return List.of(box.x(), box.y(), box.width(), box.height());
    }

    private static Map<String, Double> measures(InputMeasures measured) {
        Map<String, Double> measures = new LinkedHashMap<>();
        for (InputMeasure measure : InputMeasure.values()) {
            measure.of(measured).ifPresent(value -> measures.put(measure.label(), rounded(value)));
        }
        return measures;
    }

    private static Optional<Double> finite(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(rounded(value));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
