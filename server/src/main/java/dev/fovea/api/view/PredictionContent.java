package dev.fovea.api.view;

import dev.fovea.api.view.PredictionView.Content;
import dev.fovea.api.view.PredictionView.RankedView;
import dev.fovea.api.view.PredictionView.TaskView;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.decoder.Task;
import dev.fovea.remote.protocol.RemoteObject;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.PredictionResult.TaskClassification;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a prediction says, whatever served it; what a task does not give is empty. */
final class PredictionContent {

    private static final int FIRST_TURNED = 5;

    private PredictionContent() {}

    static Content of(RoutedPrediction given, int top) {
        return switch (given) {
            case ServedPrediction served -> of(served.prediction(), given.label(), top);
            case RoutedPrediction.ByRemote remote -> of(remote, top);
            case RoutedPrediction.DefaultLabel(String label, ImageHeader ignored) ->
                new Content(
                        "classification",
                        Optional.of(label),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of());
        };
    }

    private static Content of(Prediction prediction, Optional<String> label, int top) {
        PredictionResult result = prediction.result();
        List<Ranked> labels = labels(result, top);
        return new Content(
                task(result).toString(),
                label,
                label.flatMap(best -> labels.stream().findFirst().map(Ranked::confidence))
                        .map(PredictionView::confidence),
                ranked(labels),
                result instanceof PredictionResult.ObjectResult objects ? ObjectView.of(objects) : List.of(),
                result instanceof PredictionResult.EmbeddingResult(float[] values) ? boxed(values) : List.of(),
                result instanceof PredictionResult.LabelResult one
                        ? one.heatMap().map(HeatMapView::of)
                        : Optional.empty(),
                result instanceof PredictionResult.MultiTaskResult(var tasks) ? tasks(tasks, top) : Map.of());
    }

    private static Content of(RoutedPrediction.ByRemote remote, int top) {
        List<Ranked> labels = remote.prediction().labels().stream()
                .map(label -> new Ranked(label.label(), label.confidence()))
                .toList();
        List<RemoteObject> objects = remote.prediction().objects();
        return new Content(
                labels.isEmpty() && !objects.isEmpty() ? "detection" : "classification",
                remote.label(),
                labels.stream().findFirst().map(Ranked::confidence).map(PredictionView::confidence),
                ranked(labels.stream().limit(top).toList()),
                objects.stream().map(object -> object(object, remote.image())).toList(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    private static ObjectView object(RemoteObject object, ImageHeader image) {
        boolean turned = image.orientation() >= FIRST_TURNED;
        double width = turned ? image.height() : image.width();
        double height = turned ? image.width() : image.height();
        double left = object.box().left() * width;
        double top = object.box().top() * height;
        return new ObjectView(
                Optional.of(object.label()),
                Optional.of(object.confidence()),
                new ObjectView.BoxView(
                        left,
                        top,
                        left + object.box().width() * width,
                        top + object.box().height() * height),
                Optional.empty(),
                List.of());
    }

    private static Map<String, TaskView> tasks(List<TaskClassification> tasks, int top) {
        Map<String, TaskView> views = new LinkedHashMap<>();
        for (TaskClassification task : tasks) {
            List<RankedView> ranked = ranked(task.classification().top(top));
            Ranked best = task.classification().best();
            views.put(task.task(), new TaskView(best.label(), PredictionView.confidence(best.confidence()), ranked));
        }
        return views;
    }

    private static List<RankedView> ranked(List<Ranked> labels) {
        return labels.stream()
                .map(ranked -> new RankedView(ranked.label(), PredictionView.confidence(ranked.confidence())))
                .toList();
    }

    private static Task task(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult ignored -> Task.CLASSIFICATION;
            case PredictionResult.MultiLabelResult ignored -> Task.MULTI_LABEL;
            case PredictionResult.MultiTaskResult ignored -> Task.MULTI_TASK;
            case PredictionResult.ObjectResult(Decoded decoded, List<String> ignored) ->
                switch (decoded) {
                    case Decoded.Detections ignored2 -> Task.DETECTION;
                    case Decoded.TextRegions ignored2 -> Task.TEXT_DETECTION;
                    case Decoded.ClassRegions ignored2 -> Task.SEGMENTATION;
                };
            case PredictionResult.EmbeddingResult ignored -> Task.EMBEDDING;
            case PredictionResult.TensorResult ignored -> Task.TENSORS;
        };
    }

    private static List<Ranked> labels(PredictionResult result, int top) {
        return switch (result) {
            case PredictionResult.LabelResult one -> one.classification().top(top);
            case PredictionResult.MultiLabelResult labels ->
                labels.applying().stream().limit(top).toList();
            case PredictionResult.MultiTaskResult ignored -> List.of();
            case PredictionResult.ObjectResult ignored -> List.of();
            case PredictionResult.EmbeddingResult ignored -> List.of();
            case PredictionResult.TensorResult ignored -> List.of();
        };
    }

    private static List<Float> boxed(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
