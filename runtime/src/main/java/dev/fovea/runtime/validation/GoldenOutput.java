package dev.fovea.runtime.validation;

import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.GoldenDetection;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.OutputDecoder;
import dev.fovea.runtime.decoding.Postprocessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a network gives for a golden image: samples of its outputs part by part, and for a detector the detections.
 *
 * @param samples by part, in a fixed order
 * @param tolerances by part
 * @param detections best first
 * @param placement how the network's pixels lie in the image
 */
record GoldenOutput(
        Map<String, float[]> samples,
        SortedMap<String, Double> tolerances,
        Optional<List<GoldenDetection>> detections,
        ImageTransform placement) {

    private static final int MAX_VALUES = 4096;
    /** Detections that the graph selects are compared down to this score. */
    private static final double LOW_SCORE = 0.05;
    /** Of a part of integers, such as a map of classes: pixels at the edge between two classes may change sides. */
    private static final double OTHER_CLASSES = 0.01;

    private static final double PIXELS_SHARE = 2e-3;

    /** Takes it from the outputs of one image. */
    static GoldenOutput of(Postprocessing postprocessing, List<Tensor> outputs, ImageTransform placement) {
        List<OutputPart> parts = OutputPart.of(postprocessing, outputs);
        Map<String, float[]> samples = new TreeMap<>();
        SortedMap<String, Double> tolerances = new TreeMap<>();
        for (OutputPart part : parts) {
            samples.put(part.name(), part.sample(Math.max(1, MAX_VALUES / parts.size())));
            tolerances.put(part.name(), part.tolerance());
        }
        return new GoldenOutput(samples, tolerances, detections(postprocessing, outputs, placement), placement);
    }

    private static Optional<List<GoldenDetection>> detections(
            Postprocessing postprocessing, List<Tensor> outputs, ImageTransform placement) {
        if (!(postprocessing instanceof Postprocessing.Decoding(DecoderConfig decoder))) {
            return Optional.empty();
        }
        DecoderConfig low = decoder.withScore(threshold(decoder));
        return OutputDecoder.decode(low, Postprocessor.byName(outputs), placement)
                        instanceof Decoded.Detections(List<Detection> found)
                ? Optional.of(found.stream()
                        .limit(DetectionAgreement.MOST)
                        .map(one -> new GoldenDetection(one.label(), one.confidence(), one.box()))
                        .toList())
                : Optional.empty();
    }

    private static double threshold(DecoderConfig decoder) {
        return switch (decoder) {
            case DetectionRows rows -> Math.min(rows.score(), LOW_SCORE);
            case DetectionLists lists -> Math.min(lists.score(), LOW_SCORE);
            case DecoderConfig.Yolox yolox -> yolox.selection().score();
            case DecoderConfig.YoloV5 yolo -> yolo.selection().score();
            case DecoderConfig.YoloV8 yolo -> yolo.selection().score();
            case DecoderConfig.BoxesAndScores sides -> sides.selection().score();
            case DecoderConfig.FastestDet fastest -> fastest.selection().score();
            case NanoDet nano -> nano.selection().score();
            case DecoderConfig.Detr detr -> detr.score();
            case DecoderConfig.TextMap text -> text.score();
            case DecoderConfig.SemanticMap ignored -> 0;
        };
    }

    private static OptionalDouble suppression(DecoderConfig decoder) {
        return switch (decoder) {
            case DecoderConfig.Yolox yolox ->
                OptionalDouble.of(yolox.selection().overlap());
            case DecoderConfig.YoloV5 yolo -> OptionalDouble.of(yolo.selection().overlap());
            case DecoderConfig.YoloV8 yolo -> OptionalDouble.of(yolo.selection().overlap());
            case DecoderConfig.BoxesAndScores sides ->
                OptionalDouble.of(sides.selection().overlap());
            case DecoderConfig.FastestDet fastest ->
                OptionalDouble.of(fastest.selection().overlap());
            case NanoDet nano -> OptionalDouble.of(nano.selection().overlap());
            case DetectionRows ignored -> OptionalDouble.empty();
            case DetectionLists ignored -> OptionalDouble.empty();
            case DecoderConfig.Detr ignored -> OptionalDouble.empty();
            case DecoderConfig.TextMap ignored -> OptionalDouble.empty();
            case DecoderConfig.SemanticMap ignored -> OptionalDouble.empty();
        };
    }

    /** All samples one after another. */
    List<Float> flat() {
        List<Float> flat = new ArrayList<>();
        samples.values().forEach(sample -> {
            for (float value : sample) {
                flat.add(value);
            }
        });
        return flat;
    }

    /** In what the recorded output differs by more than was allowed, in words; empty when it does not. */
    Optional<String> difference(GoldenVector recorded, Postprocessing postprocessing) {
        return partDifference(recorded).or(() -> detectionDifference(recorded, postprocessing));
    }

    private Optional<String> partDifference(GoldenVector recorded) {
        int length = samples.values().stream().mapToInt(sample -> sample.length).sum();
        if (length != recorded.output().size()
                || !samples.keySet().equals(recorded.tolerances().keySet())) {
            return Optional.of("the outputs %s give %d values where %s gave %d; off by more than can be compared"
                    .formatted(
                            samples.keySet(),
                            length,
                            recorded.tolerances().keySet(),
                            recorded.output().size()));
        }
        int at = 0;
        for (Map.Entry<String, float[]> part : samples.entrySet()) {
            List<Float> expected = recorded.output().subList(at, at + part.getValue().length);
            at += part.getValue().length;
            double allowed = recorded.tolerances().getOrDefault(part.getKey(), 0.0);
            Optional<String> off = off(part.getKey(), part.getValue(), expected, allowed);
            if (off.isPresent()) {
                return off;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> off(String part, float[] found, List<Float> expected, double allowed) {
        double largest = 0;
        int others = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs(found[i] - expected.get(i));
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            others += difference <= allowed ? 0 : 1;
        }
        boolean classes = part.endsWith("/" + OutputPart.Kind.CLASSES.name().toLowerCase(Locale.ROOT));
        if (others == 0 || (classes && others <= OTHER_CLASSES * found.length)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "the output %s is off by %.4g where %.4g is allowed", part, largest, allowed));
    }

    private Optional<String> detectionDifference(GoldenVector recorded, Postprocessing postprocessing) {
        if (!(postprocessing instanceof Postprocessing.Decoding(DecoderConfig decoder))
                || recorded.detections().isEmpty()) {
            return Optional.empty();
        }
        double pixels = PIXELS_SHARE
                * Math.max(placement.image().width(), placement.image().height());
        return new DetectionAgreement(threshold(decoder), suppression(decoder), pixels)
                .difference(recorded.detections().get(), detections.orElse(List.of()));
    }
}
