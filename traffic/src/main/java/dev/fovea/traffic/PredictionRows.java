package dev.fovea.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.remote.RemotePrediction;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the rows of a response. Pure but for the contracts, which it is given. */
final class PredictionRows {

    private static final String TEXT = "text";
    private static final int QUARTER_TURN = 5;

    private final Function<VersionId, String> contracts;

    /** @param contracts the hash of a version's preprocessing contract */
    PredictionRows(Function<VersionId, String> contracts) {
        this.contracts = contracts;
    }

    /** A row for each version that predicted, and one for a response that no version gave. */
    List<LoggedPrediction> of(RequestDetails request, Instant time, RoutedResponse response) {
        List<LoggedPrediction> rows = new ArrayList<>(2);
        String requested = response.requested();
        boolean another = response.own().isPresent() && response.own().get() != response.prediction();
        response.own().ifPresent(own -> {
            Optional<String> servedBy = another ? Optional.of(name(response.prediction())) : Optional.empty();
            Optional<ErrorCode> error = response.escalation() instanceof Escalation.EscalationFailed(ErrorCode code)
                    ? Optional.of(code)
                    : Optional.empty();
            rows.add(row(
                    request,
                    time,
                    own,
                    new LoggedRouting(requested, LoggedRouting.Role.REQUESTED, cache(own.origin()), servedBy, error)));
        });
        if (response.own().isEmpty() || another) {
            LoggedRouting.Role role = response.own().isPresent()
                    ? LoggedRouting.Role.CASCADE
                    : response.fallback().isPresent() ? LoggedRouting.Role.FALLBACK : LoggedRouting.Role.REQUESTED;
            rows.add(assisting(request, time, response, role));
        }
        return rows;
    }

    private LoggedPrediction assisting(
            RequestDetails request, Instant time, RoutedResponse response, LoggedRouting.Role role) {
        return switch (response.prediction()) {
            case ServedPrediction served ->
                row(
                        request,
                        time,
                        served,
                        new LoggedRouting(
                                response.requested(),
                                role,
                                cache(served.origin()),
                                Optional.empty(),
                                response.fallback()));
            case RoutedPrediction.ByRemote(String ignored, RemotePrediction prediction, ImageHeader header) -> {
                List<LoggedLabel> labels = prediction.best().stream()
                        .map(best -> new LoggedLabel(best.label(), (float) best.confidence()))
                        .toList();
                yield outside(labels, header, new Asked(request, time, response, role));
            }
            case RoutedPrediction.DefaultLabel(String label, ImageHeader header) ->
                outside(List.of(new LoggedLabel(label, Float.NaN)), header, new Asked(request, time, response, role));
        };
    }

    /** A response to a request. */
    private record Asked(RequestDetails request, Instant time, RoutedResponse response, LoggedRouting.Role role) {}

    private static LoggedPrediction outside(List<LoggedLabel> labels, ImageHeader header, Asked asked) {
        RoutedResponse response = asked.response();
        return new LoggedPrediction(
                asked.request(),
                asked.time(),
                new VersionId(response.requested(), LoggedPrediction.NO_VERSION),
                "",
                new PredictedOutput.TopLabels(labels, Float.NaN),
                new LoggedImage(header, ImageObservation.NONE),
                new ResponseTimes(Timings.NONE, response.nanos()),
                new LoggedRouting(
                        response.requested(),
                        asked.role(),
                        LoggedRouting.CacheResult.NOT_USED,
                        Optional.of(name(response.prediction())),
                        response.fallback()));
    }

    private LoggedPrediction row(RequestDetails request, Instant time, ServedPrediction served, LoggedRouting routing) {
        Prediction prediction = served.prediction();
        return new LoggedPrediction(
                request,
                time,
                served.version(),
                contracts.apply(served.version()),
                output(prediction.result(), prediction.image()),
                new LoggedImage(prediction.image(), prediction.observed()),
                new ResponseTimes(prediction.timings(), served.nanos()),
                routing);
    }

    private static String name(RoutedPrediction prediction) {
        return switch (prediction) {
            case ServedPrediction served -> served.version().toString();
            case RoutedPrediction.ByRemote remote -> "remote:" + remote.name();
            case RoutedPrediction.DefaultLabel ignored -> "default";
        };
    }

    private static LoggedRouting.CacheResult cache(CacheStatus status) {
        return switch (status) {
            case CacheStatus.Cached() -> LoggedRouting.CacheResult.HIT;
            case CacheStatus.SimilarHit(int ignored) -> LoggedRouting.CacheResult.SIMILAR_HIT;
            case CacheStatus.Inferred(boolean lookedUp) ->
                lookedUp ? LoggedRouting.CacheResult.MISS : LoggedRouting.CacheResult.NOT_USED;
        };
    }

    /** What is kept of a result. */
    static PredictedOutput output(PredictionResult result, ImageHeader image) {
        return switch (result) {
            case PredictionResult.LabelResult(Classification classification, var _) ->
                new PredictedOutput.TopLabels(
                        logged(classification.top(Math.min(PredictedOutput.TOP, classification.size()))),
                        (float) classification.entropy());
            case PredictionResult.MultiLabelResult labels ->
                new PredictedOutput.ManyLabels(logged(labels.applying()), (float) labels.entropy());
            case PredictionResult.MultiTaskResult tasks ->
                new PredictedOutput.TaskLabels(logged(tasks.best()), (float) tasks.entropy());
            case PredictionResult.ObjectResult(Decoded decoded, List<String> labels) -> objects(decoded, labels, image);
            case PredictionResult.EmbeddingResult ignored -> new PredictedOutput.Unlabelled(Task.EMBEDDING);
            case PredictionResult.TensorResult ignored -> new PredictedOutput.Unlabelled(Task.TENSORS);
        };
    }

    private static List<LoggedLabel> logged(List<Classification.Ranked> ranked) {
        return ranked.stream()
                .map(one -> new LoggedLabel(one.label(), (float) one.confidence()))
                .toList();
    }

    private static PredictedOutput objects(Decoded decoded, List<String> labels, ImageHeader header) {
        boolean turned = header.orientation() >= QUARTER_TURN;
        float width = turned ? header.height() : header.width();
        float height = turned ? header.width() : header.height();
        return switch (decoded) {
            case Decoded.Detections(List<Detection> found) ->
                new PredictedOutput.FoundObjects(
                        found.stream().anyMatch(one -> one.mask().isPresent())
                                ? Task.INSTANCE_SEGMENTATION
                                : Task.DETECTION,
                        found.stream()
                                .limit(PredictedOutput.MAX_BOXES)
                                .map(one -> box(labels.get(one.label()), one.confidence(), one.box(), width, height))
                                .toList(),
                        found.size());
            case Decoded.TextRegions(List<TextRegion> found) ->
                new PredictedOutput.FoundObjects(
                        Task.TEXT_DETECTION,
                        found.stream()
                                .limit(PredictedOutput.MAX_BOXES)
                                .map(one -> box(
                                        TEXT, one.confidence(), one.outline().extent(), width, height))
                                .toList(),
                        found.size());
            case Decoded.ClassRegions(List<ClassRegion> found) ->
                new PredictedOutput.Regions(found.stream()
                        .map(one -> new LoggedLabel(
                                labels.get(one.label()), one.mask().area() / (width * height)))
                        .toList());
        };
    }

    private static LoggedBox box(String label, double confidence, Box box, float width, float height) {
        return new LoggedBox(
                label,
                (float) confidence,
                box.x1() / width,
                box.y1() / height,
                (float) box.width() / width,
                (float) box.height() / height);
    }
}
