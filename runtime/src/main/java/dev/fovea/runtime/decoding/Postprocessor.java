package dev.fovea.runtime.decoding;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.session.OutputTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A network's raw outputs for one image to a typed result. Pure and thread-safe. */
public final class Postprocessor {

    private final List<String> labels;
    private final Postprocessing postprocessing;

    public Postprocessor(Manifest manifest) {
        this.labels = manifest.labels();
        this.postprocessing = manifest.postprocessing();
    }

    /**
     * The result.
     *
     * @param outputs all outputs of the network, with a first axis of 1
     * @param placement how the network's pixels lie in the image; computed only where needed
     * @throws FoveaException {@code INFERENCE_FAILED} for what is no number, {@code LABELS_MISMATCH}
     */
    public PredictionResult result(List<Tensor> outputs, Supplier<ImageTransform> placement) {
        return switch (postprocessing) {
            case Postprocessing.OneLabel(var output, var activation, double temperature, var heatMap) ->
                new PredictionResult.LabelResult(
                        Classification.of(labels, finite(outputs, output), activation, temperature),
                        heatMap.map(name -> heatMap(outputs, name)));
            case Postprocessing.MultiLabel(Optional<String> output, Activation activation, double threshold) ->
                new PredictionResult.MultiLabelResult(scores(labelled(finite(outputs, output)), activation), threshold);
            case Postprocessing.MultiTask(List<TaskHead> heads) ->
                new PredictionResult.MultiTaskResult(
                        heads.stream().map(head -> classified(outputs, head)).toList());
            case Postprocessing.Decoding(DecoderConfig decoder) ->
                new PredictionResult.ObjectResult(
                        known(OutputDecoder.decode(decoder, byName(outputs), placement.get(), labels.size())), labels);
            case Postprocessing.Embedding(Optional<String> output) ->
                new PredictionResult.EmbeddingResult(finite(outputs, output));
            case Postprocessing.Tensors() -> new PredictionResult.TensorResult(outputs);
        };
    }

    private static PredictionResult.TaskClassification classified(List<Tensor> outputs, TaskHead head) {
        return new PredictionResult.TaskClassification(
                head.task(),
                Classification.of(
                        head.labels(),
                        finite(outputs, Optional.of(head.output())),
                        Activation.SOFTMAX,
                        head.temperature()));
    }

    private static HeatMap heatMap(List<Tensor> outputs, String name) {
        OutputTensor map = OutputTensor.plane(byName(outputs), name);
        return new HeatMap(new Size(map.length(0), map.length(1)), finite(outputs, Optional.of(name)));
    }

    /** What names only classes that have a label; an index is all that some decoders say of a class. */
    private Decoded known(Decoded decoded) {
        if (decoded instanceof Decoded.Detections(List<Detection> detections)) {
            detections.stream()
                    .filter(detection -> detection.label() >= labels.size())
                    .findFirst()
                    .ifPresent(detection -> {
                        throw new FoveaException(
                                ErrorCode.LABELS_MISMATCH,
                                "The network found an object of class %d (counted from 0) but there are %d labels. Import the model again with one label per class."
                                        .formatted(detection.label(), labels.size()));
                    });
        }
        return decoded;
    }

    public static Map<String, Tensor> byName(List<Tensor> outputs) {
        Map<String, Tensor> named = new HashMap<>();
        outputs.forEach(output -> named.put(output.name(), output));
        return named;
    }

    private List<Ranked> scores(float[] values, Activation activation) {
        List<Ranked> scores = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            double score = activation == Activation.NONE ? values[i] : 1 / (1 + Math.exp(-values[i]));
            scores.add(new Ranked(labels.get(i), score));
        }
        scores.sort(Comparator.comparingDouble(Ranked::confidence).reversed());
        return scores;
    }

    private float[] labelled(float[] values) {
        if (values.length != labels.size()) {
            throw Classification.mismatch(values.length, labels.size());
        }
        return values;
    }

    private static float[] finite(List<Tensor> outputs, Optional<String> name) {
        Tensor output = outputs.stream()
                .filter(tensor -> name.isEmpty() || tensor.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "The model has no output \"%s\" any more. Register it again.".formatted(name.orElse(""))));
        float[] values = output.floats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network's output for this image is not a number (%s).".formatted(value));
            }
        }
        return values;
    }
}
